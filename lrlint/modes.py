"""How TensorFlow may be taken to run the code."""

from __future__ import annotations

from typing import Literal, get_args

Mode = Literal["auto", "eager", "graph"]
MODES: tuple[Mode, ...] = get_args(Mode)
