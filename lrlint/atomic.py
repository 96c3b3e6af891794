"""Writing a file: wholly or not at all.

A file is replaced by a new one that has been written beside it, so that a crash at any point leaves the old one or the
new one. What belongs to the file and not to its content goes over: mode, owner, access control lists and other extended
attributes. Two things cannot: a file with several names (hard links) would lose all but one of them, and a file of
somebody else's, in a folder that both may write, would change hands. Such a file is overwritten where it stands, after
its old content has been saved beside it; a crash then leaves that copy, and a failure puts the old content back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from io import FileIO


class FileChangedError(OSError):
    """The file is no longer what was read."""


def write_atomic(path: str | os.PathLike[str], old: bytes, new: bytes) -> bool:
    """Give a file that holds ``old`` the content ``new``; whether there was anything to do.

    Links are followed, and stay. Raises :class:`FileChangedError` if somebody else has written the file since it was
    read, and :class:`OSError` for everything else; the file is then as it was and nothing is left beside it.
    """
    if new == old:
        return False
    target = os.path.realpath(path)
    _open_unchanged(target, old).close()  # before anything is written, and if it can be written
    with contextlib.ExitStack() as cleaning:
        descriptor, spare = tempfile.mkstemp(prefix=".lrlint-", suffix=".tmp", dir=os.path.dirname(target))
        cleaning.callback(_remove, spare)
        model = os.stat(target)
        with FileIO(descriptor, "wb") as file:
            replaceable = model.st_nlink == 1 and _give(spare, model)
            _fill(file, new if replaceable else old)
            if replaceable:
                _imitate(target, spare)
            os.fsync(descriptor)
        if replaceable:
            _open_unchanged(target, old).close()  # what is written by others after this is lost, as with every tool
            os.replace(spare, target)
            cleaning.pop_all()
        else:
            _sync_folder(target)
            _overwrite(target, old, new, spare, cleaning)
        _sync_folder(target)
    return True


def _open_unchanged(path: str, old: bytes) -> FileIO:
    """The file, open for writing, if it still is what was read; a read-only file raises in the system's own words."""
    file = FileIO(path, "r+b")
    if file.readall() == old:
        return file
    file.close()
    raise FileChangedError("the file was changed by somebody else in the meantime")


def _overwrite(path: str, old: bytes, new: bytes, spare: str, cleaning: contextlib.ExitStack) -> None:
    """Write over a file; if that fails and the way back does too, the copy of its old content stays."""
    with _open_unchanged(path, old) as file:
        try:
            _fill(file, new)
            os.fsync(file.fileno())
        except BaseException:
            kept = cleaning.pop_all()
            try:
                _fill(file, old)
            except OSError as error:
                raise OSError(f"{error.strerror}; its old content is in {spare}") from None
            kept.close()
            raise


def _fill(file: FileIO, content: bytes) -> None:
    """Make this the whole content of a file."""
    file.seek(0)
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]
    file.truncate()


def _give(path: str, model: os.stat_result) -> bool:
    """Give a file of ours to the owner and group of another; whether it has them now."""
    own = os.stat(path)
    if (own.st_uid, own.st_gid) == (model.st_uid, model.st_gid):
        return True
    try:
        os.chown(path, model.st_uid, model.st_gid)
    except OSError:
        return False
    return True


def _imitate(model: str, path: str) -> None:
    """Give a file the mode and the extended attributes of another, and no others; its times are its own."""
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):  # not every file system has them
            for inherited in {*os.listxattr(path)} - {*os.listxattr(model)}:
                os.removexattr(path, inherited)
    shutil.copystat(model, path)
    os.utime(path)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def _sync_folder(path: str) -> None:
    """Make what happened to the names in a file's folder last; not every system can, and the file is whole without."""
    with contextlib.suppress(OSError):
        descriptor = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
