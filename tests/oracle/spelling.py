"""How a generated program imports and spells TensorFlow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from oracle.dice import Dice
from oracle.interpreters import Version


@dataclass(frozen=True)
class Names:
    """How a program spells TensorFlow: the lines that import it, and where its names are found."""

    form: str
    lines: tuple[str, ...]
    tf: str
    v1: str
    train: str
    enable: str = "enable_eager_execution"
    imported: frozenset[str] = frozenset()

    def __call__(self, name: str) -> str:
        """A name that TensorFlow 1 and 2 share: ``Variable``."""
        return f"{self.tf}.{name}"

    def old(self, name: str) -> str:
        """A name of TensorFlow 1."""
        return f"{self.v1}.{name}"

    def trained(self, name: str) -> str:
        """A name of ``tf.train``."""
        return name if name in self.imported else f"{self.train}.{name}"

    @property
    def eager(self) -> str:
        """The call that turns eager mode on."""
        return self.old(self.enable) + "()"


_TF = "import tensorflow as tf"
_FALLBACK = ("try:", "    import tensorflow.compat.v1 as tf", "except ImportError:", "    import tensorflow as tf")

_BOTH = [
    Names("compat", (_TF,), "tf", "tf.compat.v1", "tf.compat.v1.train"),
    Names("alias", (_TF, "", "v1 = tf.compat.v1"), "tf", "v1", "v1.train"),
    Names("v1", ("import tensorflow.compat.v1 as tf",), "tf", "tf", "tf.train"),
    Names("from compat", ("from tensorflow.compat import v1 as tf",), "tf", "tf", "tf.train"),
    Names("train module", (_TF, "import tensorflow.compat.v1.train as train"), "tf", "tf.compat.v1", "train"),
    Names("train alias", (_TF, "", "train = tf.compat.v1.train"), "tf", "tf.compat.v1", "train"),
    Names("fallback", _FALLBACK, "tf", "tf", "tf.train"),
    Names("bare v1", ("import tensorflow.compat.v1",), *["tensorflow.compat.v1"] * 2, "tensorflow.compat.v1.train"),
    Names("from train", (_TF,), "tf", "tf.compat.v1", "tf.compat.v1.train"),
]
"""The forms that both TensorFlows know; the last one imports some names of ``tf.train`` by themselves."""

_OLD = [
    Names("plain", (_TF,), "tf", "tf", "tf.train"),
    Names("plain", (_TF,), "tf", "tf", "tf.train"),
    Names("bare", ("import tensorflow",), "tensorflow", "tensorflow", "tensorflow.train"),
    Names("old train alias", (_TF, "", "train = tf.train"), "tf", "tf", "train"),
    Names("from tensorflow", (_TF, "from tensorflow import train"), "tf", "tf", "train"),
]


def names(dice: Dice, version: Version, wanted: Sequence[str]) -> Names:
    """An import form; ``wanted`` are the names of ``tf.train`` that it may import by themselves."""
    chosen = dice.pick(_BOTH + (_OLD * 2 if version == "1.15" else []))
    lines, imported = chosen.lines, frozenset[str]()
    if chosen.form == "from train":
        imported = frozenset([name for name in wanted if dice.chance(0.8)] or wanted[:1])
        lines = (*lines, f"from tensorflow.compat.v1.train import {', '.join(sorted(imported))}")
    enable = dice.pick(["enable_eager_execution"] * 6 + ["enable_v2_behavior"])
    return Names(chosen.form, lines, chosen.tf, chosen.v1, chosen.train, enable, imported)
