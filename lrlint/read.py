"""A file to the source that it holds: a notebook where its name says so, Python everywhere else."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lrlint.source import Source

NOTEBOOK_SUFFIX = ".ipynb"

STDIN = "-"
"""The path that stands for standard input."""

STDIN_NAME = "stdin"
"""What standard input is called where it has no other name, as by flake8."""


def is_notebook(path: str) -> bool:
    """Whether the file of this name is a notebook."""
    return path.endswith(NOTEBOOK_SUFFIX)


def read(path: str, data: bytes) -> Source:
    """The source in a file's bytes; raises :class:`lrlint.source.SourceError` where there is none."""
    if is_notebook(path):
        from lrlint.notebook import Notebook

        return Notebook.from_bytes(path, data)
    from lrlint.source import Source

    return Source.from_bytes(path, data)
