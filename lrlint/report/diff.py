"""What the fixes would change, as one patch that ``git apply`` and ``patch -p1`` take, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import diff_bytes, unified_diff

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def patch(path: str, old: bytes, new: bytes) -> bytes:
    """The unified diff from ``old`` to ``new`` for the file at ``path``; empty where they are equal."""
    return b"".join(_marked(path, old, new))


def _marked(path: str, old: bytes, new: bytes) -> Iterator[bytes]:
    lines = diff_bytes(unified_diff, _lines(old), _lines(new), _name("a", path), _name("b", path), lineterm=b"\n")
    for line in lines:
        yield line
        if not line.endswith(b"\n"):
            yield b"\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[bytes]:
    """Lines as a patch counts them: only a line feed ends one."""
    pieces = data.split(b"\n")
    return [piece + b"\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _name(side: str, path: str) -> bytes:
    """A file's name as git writes it: quoted where it holds quotes or control characters, ended by a tab after blanks."""
    name = f"{side}/{path.removeprefix('/')}"
    if any(character in _ESCAPES or character < " " for character in name):
        name = '"' + "".join(_ESCAPES.get(c, c if c >= " " else f"\\{ord(c):03o}") for c in name) + '"'
    elif " " in name:
        name += "\t"
    return name.encode("utf-8", "surrogateescape")
