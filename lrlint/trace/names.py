"""From dotted paths to canonical names: ``tensorflow.compat.v1.train.x`` and ``tensorflow.train.x`` are ``tf.train.x``."""

from __future__ import annotations

from functools import cache

from lrlint.tf_api import INNOCENT_ROOTS, PREFIXES, SAFE_ROOTS


@cache
def canonical(path: str) -> str:
    """The canonical name of what a dotted path stands for; a path outside TensorFlow stays as it is."""
    components = path.split(".")
    for prefix, root in PREFIXES:
        wanted = prefix.split(".")
        if len(components) >= len(wanted) and all(
            want in ("*", have) for want, have in zip(wanted, components, strict=False)
        ):
            return _settled(".".join([root, *components[len(wanted) :]]))
    return path


@cache
def attribute(name: str, attr: str) -> str:
    """The canonical name of an attribute of something that has a canonical name."""
    return _settled(f"{name}.{attr}")


def _settled(name: str) -> str:
    for detour in ("tf.compat.v1", "tf.compat.v2", "tf.python"):
        while name == detour or name.startswith(detour + "."):
            name = "tf" + name[len(detour) :]
    if name.startswith(("tf.training.", "tf.train.learning_rate_decay.")):
        name = "tf.train." + name.rpartition(".")[2]
    return name


def is_innocent(name: str) -> bool:
    """Whether a call of what has this canonical name neither keeps nor hands on what it is given."""
    return name.partition(".")[0] in INNOCENT_ROOTS


def is_harmless(name: str) -> bool:
    """Whether what has this canonical name moves no step and updates no weights of its own accord."""
    return name.partition(".")[0] in SAFE_ROOTS
