"""Can this file hold a finding at all? Answered from its bytes, with nothing imported in the common case."""

from __future__ import annotations

DECAY_NAMES = frozenset(
    {
        "cosine_decay",
        "cosine_decay_restarts",
        "exponential_decay",
        "inverse_time_decay",
        "linear_cosine_decay",
        "natural_exp_decay",
        "noisy_linear_cosine_decay",
        "piecewise_constant",
        "piecewise_constant_decay",
        "polynomial_decay",
    }
)
"""The functions under ``tf.train`` that make a schedule."""

KERAS_SCHEDULES = frozenset(
    {
        "CosineDecay",
        "CosineDecayRestarts",
        "ExponentialDecay",
        "InverseTimeDecay",
        "LinearCosineDecay",
        "NoisyLinearCosineDecay",
        "PiecewiseConstantDecay",
        "PolynomialDecay",
    }
)
"""The schedules of Keras, which some give to the optimizers of ``tf.train``."""

LIBRARIES = ("tensorflow", "keras", "tf_slim")
"""The libraries whose decays these are: code that mentions none of them has a decay of its own."""

NEEDLES = (
    "cosine_decay",
    "exponential_decay",
    "inverse_time_decay",
    "natural_exp_decay",
    "piecewise_constant",
    "polynomial_decay",
    "CosineDecay",
    "ExponentialDecay",
    "InverseTimeDecay",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
)
"""Every file that names a decay or a schedule contains one of these."""

LONGER = ("_decay", "_restarts", "Restarts")
"""What names go on with behind a needle. Where anything else of a word follows, it is the name of something else."""

OPTIMIZER = "Optimizer"
"""How the optimizers of ``tf.train`` are called: without one, a schedule of Keras is in nobody's way."""

HALVES = (
    "train.cosi",
    "train.cosn",
    "train.exponen",
    "train.inverse_",
    "train.linear_",
    "train.natural_",
    "train.noisy_",
    "train.piec",
    "train.polyno",
    "ial_decay",
    "ime_decay",
    "ne_decay",
    "xp_decay",
    "wise_constant",
)
"""Every file that misspells a decay, right behind ``train.``, contains one of these: a slip leaves one half as it is."""

CONSTANT, ENDING, BEGINNING = b"wise_constant", b"ecay", b"train."
"""Every needle and every half is the first of these, ends with the second or begins with the third: three searches."""

_BEGINNINGS = tuple(half.encode("ascii") for half in HALVES if half.startswith("train."))
_ENDINGS = tuple(half.encode("ascii") for half in HALVES if half.endswith("ecay"))
_DECAYS = tuple(needle.encode("ascii") for needle in NEEDLES if needle.endswith("_decay"))
_SCHEDULES = tuple(needle.encode("ascii") for needle in NEEDLES if needle.endswith("Decay"))
_CONSTANTS = tuple(needle.encode("ascii") for needle in NEEDLES if needle.endswith("_constant"))
_BYTE_NEEDLES = tuple(needle.encode("ascii") for needle in NEEDLES)
_BYTE_LONGER = tuple(more.encode("ascii") for more in LONGER)
_BYTE_OPTIMIZER = OPTIMIZER.encode("ascii")

_NEAR = 100
"""So many bytes before its end, more than there are in a name, ``train.`` stands before a decay that is misspelt."""

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
"""How a UTF-16 or UTF-32 file begins. Python cannot read it, but a decay in it deserves to be told so."""

_TRANSPARENT = (
    "utf-8",
    "utf8",
    "ascii",
    "us-ascii",
    "latin",
    "l1",
    "iso-8859",
    "iso8859",
    "cp125",
    "windows-125",
    "koi8",
)
"""How the names of encodings begin in which an ASCII character is always, and only, its own byte."""


def may_hold_finding(data: bytes) -> bool:
    """Whether a file of these bytes can hold a finding; never ``False`` for one that does.

    Names are looked for as they are written: one put together from escapes or from compatibility characters (which
    Python folds into ASCII) is not seen here.
    """
    if data.startswith(_WIDE_BOMS):
        return mentions_decay(data)
    return _holds_name(data) or _hides_ascii(data)


def may_hold_finding_text(text: str) -> bool:
    """The same question for text that was decoded already."""
    return _holds_name(text.encode("utf-8", "surrogatepass"))


def _holds_name(data: bytes, *, misspelt: bool = True) -> bool:
    """Whether a needle stands in bytes, where a name may end, or a half of one that is ``misspelt``."""
    at = data.find(ENDING)
    while at >= 0:
        end = at + len(ENDING)
        if data.endswith(_DECAYS, 0, end) and _may_end(data, end):
            return True
        if data.endswith(_SCHEDULES, 0, end) and _may_end(data, end) and _BYTE_OPTIMIZER in data:
            return True
        if misspelt and data.endswith(_ENDINGS, 0, end) and data.find(b"train", max(at - _NEAR, 0), at) >= 0:
            return True
        at = data.find(ENDING, end)
    at = data.find(BEGINNING) if misspelt else -1
    while at >= 0:
        if data.startswith(_BEGINNINGS, at):
            return True
        at = data.find(BEGINNING, at + len(BEGINNING))
    at = data.find(CONSTANT)
    while at >= 0:
        end = at + len(CONSTANT)
        if _may_end(data, end) and (misspelt or data.endswith(_CONSTANTS, 0, end)):
            return True
        at = data.find(CONSTANT, end)
    return False


def _may_end(data: bytes, end: int) -> bool:
    """Whether a name may end here, or go on as a longer one that is looked for as well."""
    behind = data[end : end + 1]
    return not (behind.isalnum() or behind == b"_") or data.startswith(_BYTE_LONGER, end)


def escapes_letters(data: bytes) -> bool:
    r"""Whether a JSON document writes a letter or an underscore as ``\u0065``, and so can hide a name.

    Those who write JSON escape what is not ASCII, controls and at most some punctuation, so this is rarely so.
    """
    if b"\\u00" not in data:
        return False
    import re

    return re.search(rb"\\u00(?:[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])", data) is not None


def mentions_ours(data: bytes) -> bool:
    """Whether a comment may stand there that names a code of ours, and so may suppress nothing."""
    return b"LRL" in data and b"noqa" in data.lower()


def mentions_ours_text(text: str) -> bool:
    """The same question for text that was decoded already."""
    return "LRL" in text and "noqa" in text.lower()


def _hides_ascii(data: bytes) -> bool:
    """Whether the file declares an encoding, such as UTF-7, that can write a name in other bytes than ASCII's."""
    second_line = data.find(b"\n", data.find(b"\n") + 1)
    if data.find(b"coding", 0, second_line) < 0:  # where there is no second line: all but a last byte, which is no name
        return False
    from lrlint.cookie import declared_encoding

    declared = declared_encoding(data)
    return declared is not None and not declared[0].lower().replace("_", "-").startswith(_TRANSPARENT)


def mentions_decay(data: bytes) -> bool:
    """Whether a decay's name stands in bytes that cannot be read as text: as it is, or a byte of two or four a character."""
    plain = data.replace(b"\0", b"")
    return any(needle in plain for needle in _BYTE_NEEDLES)


def mentions_decay_text(text: str) -> bool:
    """Whether the name of a decay or of a schedule stands in a text as it should be, be it in a comment."""
    return _holds_name(text.encode("utf-8", "surrogatepass"), misspelt=False)
