"""Paths as the services want them that show a report beside the code: from the top of the repository on."""

from __future__ import annotations

import os
from urllib.parse import quote


def from_top(path: str, variable: str) -> str:
    """A path from the directory on that an environment variable of the service names.

    Where that is not set, or the path does not lead below it, the path stays as it is.
    """
    top = os.environ.get(variable)
    if not top:
        return path
    real, top = os.path.realpath(path), os.path.realpath(top)
    below = real.startswith(top.rstrip(os.sep) + os.sep)
    return os.path.relpath(real, top).replace(os.sep, "/") if below else path


def uri(path: str) -> str:
    """A path as a URI: relative where the path is, with ``file://`` where it is not."""
    absolute = os.path.isabs(path)
    quoted = quote(os.fsencode(path))
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if absolute else quoted
