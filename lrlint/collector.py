"""Python's garbage collector, kept out of what makes no garbage for it.

Trees are made by the hundred thousand nodes and freed as a whole, by counting. The collector would go through all of them
again and again meanwhile, for a tenth of the time that a file takes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """No collection during a ``with`` block."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
