"""lrlint: finds learning-rate schedules that do not do what they look like, and repairs them.

The names below are the public API. They are loaded when they are first asked for, so that ``import lrlint`` costs
nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is the dearest import of the start; type checkers know this name

__version__ = "0.1.0"

__all__ = [
    "Edit",
    "Finding",
    "Fix",
    "FixResult",
    "InternalError",
    "Location",
    "Settings",
    "__version__",
    "check",
    "fix",
]

if TYPE_CHECKING:
    from typing import Any

    from lrlint.api import InternalError, check, fix
    from lrlint.config import Settings
    from lrlint.finding import Edit, Finding, Fix, Location
    from lrlint.fixes import FixResult

_HOMES = {
    "Edit": "lrlint.finding",
    "Finding": "lrlint.finding",
    "Fix": "lrlint.finding",
    "FixResult": "lrlint.fixes",
    "InternalError": "lrlint.api",
    "Location": "lrlint.finding",
    "Settings": "lrlint.config",
    "check": "lrlint.api",
    "fix": "lrlint.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
