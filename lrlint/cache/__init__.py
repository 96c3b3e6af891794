"""What was found in files, kept for the next run: by their content, what was asked for, and the build that answers.

An entry is a file of its own, named after its key and replaced as a whole, so that any number of processes may share a
directory. Whatever is wrong with it, or with the directory, counts as nothing kept: nobody is told, and nothing stops.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from lrlint.account import Account
from lrlint.cache.build import build
from lrlint.cache.folder import DAY, default_directory, prepare, prune
from lrlint.linter import CheckResult
from lrlint.read import is_notebook

if TYPE_CHECKING:
    from lrlint.config import Settings

__all__ = ["Cache"]

_CHECKSUM = 16  # bytes


@dataclass(frozen=True)
class Cache:
    """The results kept in a directory, by default the user's own for this program."""

    directory: str | None = None

    def find(self, path: str, data: bytes, settings: Settings) -> CheckResult | None:
        """What :func:`lrlint.linter.check_bytes` said of these bytes; ``None`` where that is not known."""
        if self._folder is None:
            return None
        key = _key(path, data, settings)
        try:
            entry = _read(os.path.join(self._folder, key.hex()))
            body = entry[_CHECKSUM:]
            if entry[:_CHECKSUM] != _checksum(key, body):
                return None
            from lrlint.cache.plain import loads

            kept = loads(body)
        except (OSError, ValueError, RecursionError):
            return None
        return CheckResult(kept.findings, account=Account(kept.skipped, kept.mode, kept.evidence, cached=True))

    def keep(self, path: str, data: bytes, settings: Settings, result: CheckResult) -> None:
        """Keep a result for the next run, unless a bug was met on the way to it."""
        if self._folder is None or result.error:
            return
        from lrlint.cache.plain import Kept, dumps

        account = result.account
        key = _key(path, data, settings)
        with suppress(OSError, ValueError):
            body = dumps(Kept(result.findings, account.skipped, account.mode, account.evidence))
            self._write(self._folder, key.hex(), _checksum(key, body) + body)

    def prune(self) -> None:
        """Remove what nobody has asked for in a long time; a look at a clock, but for once a day."""
        if "_folder" in self.__dict__ and self._folder is not None:
            with suppress(OSError, ValueError):
                prune(self._folder)

    @cached_property
    def _folder(self) -> str | None:
        """Where the entries of this build are; ``None`` where none can be."""
        try:
            directory = self.directory or default_directory()
            return directory and os.path.join(directory, build())
        except (OSError, ValueError):
            return None

    @staticmethod
    def _write(folder: str, name: str, entry: bytes) -> None:
        spare = os.path.join(folder, f"{name}.{os.urandom(8).hex()}")
        try:
            file = open(spare, "xb")  # noqa: SIM115  # closed below
        except FileNotFoundError:
            prepare(folder)
            file = open(spare, "xb")  # noqa: SIM115
        try:
            with file:
                file.write(entry)
            os.replace(spare, os.path.join(folder, name))
        except BaseException:
            with suppress(OSError):
                os.unlink(spare)
            raise


def _read(path: str) -> bytes:
    """What is in a file, which counts as used again."""
    with open(path, "rb", buffering=0) as file:
        now = time.time()
        if os.fstat(file.fileno()).st_mtime < now - DAY:
            with suppress(OSError):
                os.utime(path)
        return file.readall()


def _key(path: str, data: bytes, settings: Settings) -> bytes:
    """What a result depends on, as a digest. Of the path that is only whether it is one of a notebook."""
    return blake2b(data, key=_asked(settings, notebook=is_notebook(path)), digest_size=16).digest()


@lru_cache(maxsize=256)
def _asked(settings: Settings, *, notebook: bool) -> bytes:
    """What is asked of a file: the settings, without those that say which files are meant."""
    settings = replace(settings, exclude=(), extend_exclude=(), per_file_ignores=())
    return blake2b(repr((settings, notebook)).encode("utf-8", "backslashreplace"), digest_size=32).digest()


def _checksum(key: bytes, body: bytes) -> bytes:
    """What an entry begins with: it tells one that is whole, and in its place, from all others."""
    return blake2b(body, key=key, digest_size=_CHECKSUM).digest()
