"""A file is written wholly or not at all, and what belongs to it stays: whatever fails, and wherever the process dies."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import FileIO
from pathlib import Path

import pytest

from lrlint.atomic import FileChangedError, write_atomic
from rights import is_root, nobody

OLD, NEW = b"old\r\n" * 40_000, b"new, and longer\n" * 40_000

posix = pytest.mark.skipif(os.name != "posix", reason="as POSIX has it")
root = pytest.mark.skipif(not is_root(), reason="only root gives files away")


@pytest.fixture
def file(open_folder: Path) -> Path:
    path = open_folder / "a.py"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def linked(file: Path) -> Path:
    """The same file, which has another name in another folder: it is written over where it stands."""
    other = file.parent / "other"
    other.mkdir()
    os.link(file, other / "b.py")
    return file


def alone(path: Path) -> bool:
    return not list(path.parent.glob(".lrlint-*"))


class TestContent:
    def test_is_replaced(self, file: Path) -> None:
        assert write_atomic(file, OLD, NEW)
        assert file.read_bytes() == NEW
        assert alone(file)

    @pytest.mark.parametrize("new", [b"", b"x", NEW])
    def test_is_replaced_under_all_names(self, linked: Path, new: bytes) -> None:
        assert write_atomic(linked, OLD, new)
        assert linked.read_bytes() == new
        assert linked.samefile(linked.parent / "other" / "b.py")
        assert alone(linked)

    def test_that_is_the_same_is_not_touched(self, file: Path) -> None:
        os.utime(file, ns=(1, 1))
        before = file.stat()
        assert not write_atomic(str(file), OLD, OLD)
        assert file.stat() == before

    @pytest.mark.parametrize("name", ["file", "linked"])
    def test_of_somebody_else_stays(self, name: str, request: pytest.FixtureRequest) -> None:
        file: Path = request.getfixturevalue(name)
        with pytest.raises(FileChangedError, match="changed by somebody else"):
            write_atomic(file, b"older\n", NEW)
        assert file.read_bytes() == OLD
        assert alone(file)

    @pytest.mark.parametrize("name", ["file", "linked"])
    @pytest.mark.parametrize("call", ["mkstemp", "fsync"])
    def test_that_somebody_else_writes_in_the_meantime_stays(
        self, name: str, call: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file: Path = request.getfixturevalue(name)
        module = tempfile if call == "mkstemp" else os
        real = getattr(module, call)

        def meanwhile(*arguments: object, **options: object) -> object:
            file.write_bytes(b"mine")
            return real(*arguments, **options)

        monkeypatch.setattr(module, call, meanwhile)
        with pytest.raises(FileChangedError):
            write_atomic(file, OLD, NEW)
        assert file.read_bytes() == b"mine"
        assert alone(file)

    def test_of_a_file_that_vanished_does_not_come_back(self, file: Path) -> None:
        file.unlink()
        with pytest.raises(FileNotFoundError):
            write_atomic(file, OLD, NEW)
        assert os.listdir(file.parent) == []

    def test_of_a_file_that_vanishes_does_not_come_back(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = shutil.copystat
        monkeypatch.setattr(shutil, "copystat", lambda *arguments: (real(*arguments), file.unlink()))
        with pytest.raises(FileNotFoundError):
            write_atomic(file, OLD, NEW)
        assert os.listdir(file.parent) == []


@posix
class TestWhatBelongsToAFile:
    @pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o4711, 0o666])
    def test_mode(self, file: Path, mode: int) -> None:
        file.chmod(mode)
        write_atomic(file, OLD, NEW)
        assert stat.S_IMODE(file.stat().st_mode) == mode

    @root
    def test_owner(self, file: Path) -> None:
        os.chown(file, 12345, 23456)
        write_atomic(file, OLD, NEW)
        assert (file.stat().st_uid, file.stat().st_gid) == (12345, 23456)

    @root
    def test_owner_who_is_somebody_else(self, file: Path) -> None:
        """Root's file in a folder that all may write: a replacement would be nobody's."""
        file.parent.chmod(0o777)
        file.chmod(0o666)
        with nobody():
            write_atomic(file, OLD, NEW)
        assert file.read_bytes() == NEW
        assert (file.stat().st_uid, stat.S_IMODE(file.stat().st_mode)) == (0, 0o666)
        assert alone(file)

    def test_time_of_change_is_now(self, file: Path) -> None:
        os.utime(file, ns=(1, 1))
        write_atomic(file, OLD, NEW)
        assert file.stat().st_mtime_ns > 1

    def test_links_stay_links(self, file: Path) -> None:
        links = file.parent / "links"
        links.mkdir()
        link, link_to_link = links / "b.py", links / "c.py"
        link.symlink_to("../a.py")
        link_to_link.symlink_to("b.py")
        write_atomic(link_to_link, OLD, NEW)
        assert file.read_bytes() == NEW
        assert (os.readlink(link), os.readlink(link_to_link)) == ("../a.py", "b.py")
        assert sorted(os.listdir(links)) == ["b.py", "c.py"]

    def test_extended_attributes(self, file: Path) -> None:
        attributes = {"user.origin": b"a\0b", "user.empty": b""}
        for name, value in attributes.items():
            set_attribute(file, name, value)
        write_atomic(file, OLD, NEW)
        assert file.read_bytes() == NEW
        assert {name: os.getxattr(file, name) for name in os.listxattr(file)} == attributes

    def test_access_control_lists(self, file: Path) -> None:
        """Its own list stays, and one that the folder gives to what is new in it does not come."""
        own, inherited = access_list(12345, 0o4), access_list(12345, 0o7)
        set_attribute(file.parent, "system.posix_acl_default", inherited)
        write_atomic(file, OLD, NEW)
        assert os.listxattr(file) == []
        assert stat.S_IMODE(file.stat().st_mode) == 0o644
        set_attribute(file, "system.posix_acl_access", own)
        mode = file.stat().st_mode
        write_atomic(file, NEW, OLD)
        assert os.getxattr(file, "system.posix_acl_access") == own
        assert file.stat().st_mode == mode


def set_attribute(path: Path, name: str, value: bytes) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("this system has no extended attributes")
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"this file system has no {name}: {error.strerror}")


def access_list(user: int, rights: int) -> bytes:
    """A list as Linux keeps it: version 2, then tag, rights and id of owner, a user, the group, the mask, others."""
    everyone = 0xFFFFFFFF
    entries = [(1, 6, everyone), (2, rights, user), (4, 4, everyone), (0x10, rights, everyone), (0x20, 4, everyone)]
    packed = b"".join(
        tag.to_bytes(2, "little") + bits.to_bytes(2, "little") + who.to_bytes(4, "little") for tag, bits, who in entries
    )
    return (2).to_bytes(4, "little") + packed


@posix
class TestRefusals:
    def test_a_read_only_file(self, file: Path) -> None:
        file.chmod(0o444)
        with nobody(file.parent, file), pytest.raises(PermissionError):
            write_atomic(file, OLD, NEW)
        assert file.read_bytes() == OLD
        assert alone(file)

    def test_a_read_only_folder(self, file: Path) -> None:
        file.parent.chmod(0o555)
        try:
            with nobody(file.parent, file), pytest.raises(PermissionError):
                write_atomic(file, OLD, NEW)
            assert file.read_bytes() == OLD
            assert alone(file)
        finally:
            file.parent.chmod(0o755)

    @pytest.mark.parametrize("name", ["file", "linked"])
    def test_a_limit_on_the_size_of_files(self, name: str, request: pytest.FixtureRequest) -> None:
        file: Path = request.getfixturevalue(name)
        resource = pytest.importorskip("resource")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ((len(OLD) + len(NEW)) // 2, limits[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                write_atomic(file, OLD, NEW)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, handler)
        assert file.read_bytes() == OLD
        assert alone(file)

    @pytest.mark.parametrize("has_two_names", [False, True])
    def test_a_full_disk(self, small_disk: Path, has_two_names: bool) -> None:
        file = small_disk / "a.py"
        file.write_bytes(OLD)
        (small_disk / "more").write_bytes(b"x" * (1_000_000 - len(OLD) - len(NEW) // 2))
        if has_two_names:
            os.link(file, small_disk / "b.py")
        with pytest.raises(OSError, match="No space left"):
            write_atomic(file, OLD, NEW)
        assert file.read_bytes() == OLD
        assert alone(file)

    def test_the_way_back_may_fail_too(self, linked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Then the copy of the old content is all there is of it, and is named."""
        real, overwritten = FileIO.write, linked.stat().st_ino

        class Failing(FileIO):
            def write(self, data: object) -> int:
                if os.fstat(self.fileno()).st_ino == overwritten:
                    raise OSError(errno.EIO, "Input/output error")
                return real(self, data)  # type: ignore[arg-type]

        monkeypatch.setattr("lrlint.atomic.FileIO", Failing)
        with pytest.raises(OSError, match="Input/output error; its old content is in ") as caught:
            write_atomic(linked, OLD, NEW)
        assert Path(str(caught.value).rpartition(" ")[2]).read_bytes() == OLD


def systematically(event: str, call: object) -> bool:
    """Whether a profiler's event is about a call of the system."""
    owner = getattr(call, "__self__", None)
    return event in ("c_call", "c_return") and (isinstance(owner, FileIO) or owner is sys.modules.get(os.name))


class Stop:
    """A profiler that does something at one of the events before and behind each call of the system, from 0 on."""

    def __init__(self, number: int, act: Callable[[], object], events: tuple[str, ...]) -> None:
        self.number, self.act, self.events = number, act, events
        self.seen = 0
        self.call = ""

    def __call__(self, frame: object, event: str, call: object) -> None:
        if event in self.events and systematically(event, call):
            self.seen += 1
            if self.seen > self.number:
                sys.setprofile(None)
                self.call = call.__name__  # type: ignore[attr-defined]
                self.act()


def write(file: Path, stop: Stop) -> bool:
    """Write the file; whether it came to a stop."""
    before = sys.getprofile()
    sys.setprofile(stop)
    try:
        write_atomic(file, OLD, NEW)
    finally:
        sys.setprofile(before)
    return stop.seen > stop.number


def saved(file: Path) -> bytes | None:
    """What a copy beside the file holds."""
    copies = list(file.parent.glob(".lrlint-*"))
    return copies[0].read_bytes() if copies else None


@posix
class TestFaults:
    @pytest.mark.parametrize("name", ["file", "linked"])
    def test_a_process_killed_between_any_two_calls_leaves_the_old_file_or_the_new_one(
        self, name: str, request: pytest.FixtureRequest
    ) -> None:
        file: Path = request.getfixturevalue(name)
        seen = set()
        for number in range(1000):
            child = os.fork()
            if child == 0:
                try:
                    write(file, Stop(number, lambda: os.kill(os.getpid(), signal.SIGKILL), ("c_call", "c_return")))
                finally:
                    os._exit(0)
            _, status = os.waitpid(child, 0)
            content, copy = file.read_bytes(), saved(file)
            assert content in (OLD, NEW) or (name == "linked" and copy == OLD)
            assert (status == 0) == (content == NEW and copy is None and not os.WIFSIGNALED(status))
            seen.add((content == NEW, copy is not None))
            if status == 0:
                break
            for left in file.parent.glob(".lrlint-*"):
                left.unlink()
            file.write_bytes(OLD)
        assert status == 0
        assert number > 40
        assert {(False, False), (False, True), (True, False)} <= seen

    @pytest.mark.parametrize("name", ["file", "linked"])
    @pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
    def test_a_failure_at_any_call_leaves_the_old_file_or_the_new_one_alone(
        self, name: str, error: BaseException, request: pytest.FixtureRequest
    ) -> None:
        file: Path = request.getfixturevalue(name)

        def fail() -> None:
            raise error

        failures = 0
        for number in range(1000):
            file.write_bytes(OLD)
            stop = Stop(number, fail, ("c_call",))
            try:
                if not write(file, stop):
                    break
            except (OSError, KeyboardInterrupt):
                failures += 1
                # A file that cannot be closed has been synced; Ctrl-C may come when all is done.
                done = stop.call in ("close", "__exit__") or isinstance(error, KeyboardInterrupt)
                assert file.read_bytes() == OLD or done
            assert file.read_bytes() in (OLD, NEW)
            assert alone(file) or stop.call == "unlink"
            for left in file.parent.glob(".lrlint-*"):
                left.unlink()
        assert file.read_bytes() == NEW
        assert failures > 15

    @pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
    @pytest.mark.parametrize("name", ["file", "linked"])
    def test_a_process_killed_in_the_kernel(self, name: str, request: pytest.FixtureRequest) -> None:
        """The same, as the system sees it: killed at the entry of each call, in turn."""
        file: Path = request.getfixturevalue(name)
        program = (
            "import os, sys, lrlint.atomic as it\n"
            "OLD, NEW = (open(name, 'rb').read() for name in sys.argv[2:])\n"
            "os.write(2, b'begin'); it.write_atomic(sys.argv[1], OLD, NEW); os.write(2, b'end')\n"
        )
        others = file.parent / "contents"
        others.mkdir()
        (others / "old").write_bytes(OLD)
        (others / "new").write_bytes(NEW)
        log = others / "log"

        def calls(*options: str) -> list[str]:
            """The process's calls, one a line."""
            file.write_bytes(OLD)
            words = ["strace", "-f", "-qq", "-o", str(log), *options, sys.executable, "-c", program]
            words += [str(file), str(others / "old"), str(others / "new")]
            subprocess.run(words, check=False, capture_output=True)
            return log.read_text(errors="replace").splitlines() if log.exists() else []

        lines = calls()
        marks = [row for row, line in enumerate(lines) if '"begin"' in line or '"end"' in line]
        if len(marks) != 2:
            pytest.skip("strace cannot trace here")
        assert file.read_bytes() == NEW
        names = [line.split()[1].partition("(")[0] for line in lines]
        seen = []
        for row in range(marks[0] + 1, marks[1]):
            number = names[: row + 1].count(names[row])
            calls("-e", f"trace={names[row]}", "-e", f"inject={names[row]}:signal=KILL:when={number}")
            content, copy = file.read_bytes(), saved(file)
            assert content in (OLD, NEW) or (name == "linked" and copy == OLD), lines[row]
            seen.append(content)
            for left in file.parent.glob(".lrlint-*"):
                left.unlink()
        assert seen[0] == OLD
        assert seen[-1] == NEW
