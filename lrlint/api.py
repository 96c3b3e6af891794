"""The functions of the public API; :mod:`lrlint` loads them when they are first asked for."""

from __future__ import annotations

from lrlint.config import Settings
from lrlint.finding import Finding
from lrlint.fixes import FixResult, fix_source
from lrlint.linter import check_bytes, check_source
from lrlint.read import is_notebook, read
from lrlint.source import Source

UNKNOWN = "<unknown>"


class InternalError(RuntimeError):
    """A bug of lrlint's own; the text is one line and asks for a report."""


def check(code: str | bytes, *, path: str = UNKNOWN, settings: Settings | None = None) -> list[Finding]:
    """The findings of a program, in the order of the text; of a notebook's JSON where ``path`` ends in ``.ipynb``.

    Code that cannot be read is a finding (``LRL001``), not an exception. Raises :class:`lrlint.config.SettingsError`
    for settings that mean nothing and :class:`InternalError` for a bug.
    """
    settings = (settings or Settings()).validate().at(path)
    if isinstance(code, bytes) or is_notebook(path):
        result = check_bytes(path, _bytes(code), settings)
    else:
        result = check_source(Source(path, code), settings)
    if result.error:
        raise InternalError(result.error)
    return list(result.findings)


def fix(code: str | bytes, *, unsafe: bool = False, path: str = UNKNOWN, settings: Settings | None = None) -> FixResult:
    """Repair a program: ``.source.text`` or ``.source.to_bytes()`` is what it becomes.

    Raises as :func:`check` does, and :class:`lrlint.source.SourceError` for bytes that cannot be decoded.
    """
    settings = (settings or Settings()).validate().at(path)
    source = read(path, _bytes(code)) if isinstance(code, bytes) or is_notebook(path) else Source(path, code)
    result = fix_source(source, settings, unsafe=unsafe)
    if result.error:
        raise InternalError(result.error)
    return result


def _bytes(code: str | bytes) -> bytes:
    return code if isinstance(code, bytes) else code.encode("utf-8", "surrogatepass")
