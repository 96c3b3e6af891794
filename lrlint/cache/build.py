"""The build that answers: whatever decides what is found, beside the file and the settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from importlib.util import find_spec

from lrlint import __version__

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def build() -> str:
    """A name that changes with the code of lrlint, with Python and with LibCST; raises :class:`OSError` where none can be had."""
    digest = blake2b(digest_size=8)
    for part in (sys.version.encode(), _libcst(), *_own(PACKAGE, __version__)):
        digest.update(part + b"\0")
    return f"lrlint-{digest.hexdigest()}"


def _libcst() -> bytes:
    """The version of LibCST, which is not imported for it."""
    spec = find_spec("libcst")
    if spec is None or spec.origin is None:
        raise FileNotFoundError
    with open(os.path.join(os.path.dirname(spec.origin), "_version.py"), "rb") as file:
        return file.read()


def _own(package: str, version: str) -> Iterator[bytes]:
    """The code of lrlint: the digests that its installer has written down or, in a checkout, the times of all files."""
    try:
        with open(os.path.join(f"{package}-{version}.dist-info", "RECORD"), "rb") as file:
            lines = [line for line in file if line.startswith(b"lrlint/")]
    except OSError:
        lines = []
    yield from lines or _times(package)


def _times(folder: str) -> Iterator[bytes]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _times(entry.path)
            else:
                stat = entry.stat()
                yield os.fsencode(f"{entry.path} {stat.st_size} {stat.st_mtime_ns}")
