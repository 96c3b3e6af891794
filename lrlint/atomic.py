"""Replacing a file: wholly or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile


class FileChangedError(OSError):
    """The file is no longer what was read."""


def write_atomic(path: str | os.PathLike[str], old: bytes, new: bytes) -> bool:
    """Replace a file that holds ``old`` by one that holds ``new``; whether there was anything to do.

    The new content is written to a file beside it, synced, and moved over it, so that a crash at any point leaves the
    one or the other. Links are followed, and stay; mode bits stay, and the owner where the system allows it. Raises
    :class:`FileChangedError` if somebody else has written the file since it was read, and :class:`OSError` for
    everything else; the file is then as it was and nothing is left beside it.
    """
    if new == old:
        return False
    target = os.path.realpath(path)
    if not os.access(target, os.W_OK):  # or a replacement would get past the mode bits of a read-only file
        open(target, "r+b").close()  # raises in the system's own words
    folder = os.path.dirname(target)
    descriptor, temporary = tempfile.mkstemp(prefix=".lrlint-", suffix=".tmp", dir=folder)
    try:
        with open(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            _imitate(os.stat(target), temporary)
            os.fsync(file.fileno())
        _require(target, old)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)
    return True


def _require(path: str, old: bytes) -> None:
    """As late as can be: what is written by others after this is lost, as with every tool."""
    with open(path, "rb") as file:
        if file.read() != old:
            raise FileChangedError("the file was changed by somebody else in the meantime")


def _imitate(model: os.stat_result, path: str) -> None:
    """Give a file the owner and the mode of another; the owner first, since a change of it clears mode bits."""
    if hasattr(os, "chown"):
        own = os.stat(path)
        if (own.st_uid, own.st_gid) != (model.st_uid, model.st_gid):
            with contextlib.suppress(OSError):
                os.chown(path, model.st_uid, model.st_gid)
    os.chmod(path, stat.S_IMODE(model.st_mode))


def _sync_folder(folder: str) -> None:
    """Make the replacement itself last; not every system can, and the file is whole without."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
