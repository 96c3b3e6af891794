"""What earlier runs have found: it prints as if it were found anew, and whatever is wrong with it costs nobody a line."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrlint import linter
from lrlint.cache import Cache, clean
from lrlint.cache.build import _own, build
from lrlint.cache.folder import DAY, TAG
from lrlint.cache.plain import Kept, dumps, loads
from lrlint.cli import main
from lrlint.config import Settings
from lrlint.linter import CheckResult, check_bytes
from lrlint.report import FORMATS
from lrlint.run import Job, examine_file
from rights import nobody

ROOT = Path(__file__).parent.parent
FIXTURES = sorted(
    str(path.relative_to(ROOT)) for path in (ROOT / "fixtures").rglob("*.*") if path.suffix in (".py", ".ipynb")
)
PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
step = tf.Variable(0)
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
print(rate)
"""
SILENT = PROGRAM.replace("(rate)", "(rate())")
DATA = PROGRAM.encode()


class Result(NamedTuple):
    code: int
    out: str
    err: str


def lrlint(*arguments: str) -> Result:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return Result(code, *texts)


@pytest.fixture(autouse=True)
def here(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory to work in, and the cache, which the other tests do without, in one beside it."""
    monkeypatch.delenv("LRLINT_NO_CACHE")
    monkeypatch.setenv("LRLINT_CACHE_DIR", str(open_folder / "kept"))
    (open_folder / "work").mkdir()
    monkeypatch.chdir(open_folder / "work")
    return open_folder


@pytest.fixture
def kept(here: Path) -> Path:
    return here / "kept"


def entries(kept: Path) -> list[Path]:
    return sorted(path for path in kept.glob("*/*") if path.is_file())


def never(*_: object, **__: object) -> Any:
    raise AssertionError("a file was checked")


def stored(directory: Path, data: bytes = DATA, settings: Settings = Settings(), path: str = "a.py") -> CheckResult:  # noqa: B008
    result = check_bytes(path, data, settings)
    Cache(str(directory)).keep(path, data, settings, result)
    return result


# The same with it as without it


def test_all_is_known_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    expected = [examine_file(path, Job(Settings(preview=True))) for path in FIXTURES]
    job = Job(Settings(preview=True), cache=Cache(str(kept)))
    assert [examine_file(path, job) for path in FIXTURES] == expected
    monkeypatch.setattr(linter, "check_bytes", never)
    again = [examine_file(path, Job(Settings(preview=True), cache=Cache(str(kept)))) for path in FIXTURES]
    assert again == expected
    assert repr([outcome.findings for outcome in again]) == repr([outcome.findings for outcome in expected])
    assert sum(len(outcome.findings) for outcome in again) > 60
    for one, other in zip(again, expected, strict=True):
        assert (one.account.skipped, one.account.mode, one.account.evidence) == (
            other.account.skipped,
            other.account.mode,
            other.account.evidence,
        )


FLAGS = st.sampled_from(
    [
        *(("--output-format", name) for name in FORMATS),
        ("--output-format", "full", "--color", "always"),
        ("--statistics",),
        ("--diff",),
        ("--diff", "--unsafe-fixes"),
        ("--diff", "--add-noqa"),
        ("--select", "LRL2", "--preview"),
        ("--unfixable", "LRL1"),
        ("--mode", "graph"),
    ]
)


@given(st.lists(st.sampled_from(FIXTURES), min_size=1, max_size=3), FLAGS)
def test_it_prints_the_same(tmp_path_factory: pytest.TempPathFactory, paths: list[str], flags: tuple[str, ...]) -> None:
    directory = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        expected = lrlint("--no-cache", *flags, *paths)
        words = ("--cache-dir", str(directory), *flags, *paths)
        assert [lrlint(*words), lrlint(*words)] == [expected, expected]
        if "--diff" not in flags:
            patch.setattr(linter, "check_bytes", never)
            assert lrlint(*words) == expected


def test_fixing_is_the_same(kept: Path) -> None:
    Path("silent.py").write_text(SILENT)
    outs = []
    for _ in range(3):
        Path("a.py").write_text(PROGRAM)
        outs.append(lrlint("--fix", "."))
        assert Path("a.py").read_text() == SILENT
    assert outs == [(0, "Fixed 1 finding; none left.\n", "")] * 3
    assert len(entries(kept)) == 2


@pytest.mark.parametrize(
    ("text", "code", "flags"),
    [
        (PROGRAM, 1, ("--fix", "--unfixable", "ALL")),
        (PROGRAM, 0, ("--diff", "--unfixable", "ALL")),
        (SILENT, 0, ("--fix",)),
        (SILENT, 0, ("--add-noqa",)),
    ],
)
def test_where_there_is_nothing_to_change_no_file_is_checked(
    monkeypatch: pytest.MonkeyPatch, text: str, code: int, flags: tuple[str, ...]
) -> None:
    Path("a.py").write_text(text)
    expected = lrlint(*flags, ".")
    assert expected.code == code
    monkeypatch.setattr(linter, "check_bytes", never)
    monkeypatch.setattr("lrlint.suppress.check_source", never)
    monkeypatch.setattr("lrlint.fixes.check_source", never)
    assert lrlint(*flags, ".") == expected


def test_v_says_where_it_is_from() -> None:
    Path("a.py").write_text(PROGRAM)
    Path("b.py").write_text("x = 1  # exponential_decay\n")
    lrlint("-v")
    assert lrlint("-v").err == (
        "a.py: eager: `enable_eager_execution()` is called (from the cache)\n"
        "b.py: skipped: it names decays in comments and strings only\n"
    )


def test_neither_parser_is_loaded(here: Path) -> None:
    Path("a.py").write_text(PROGRAM)
    Path("b.py").write_text("x = 1  # exponential_decay\n")
    program = (
        "import sys; from lrlint.cli import main; code = main(['-q', '.']); sys.stdout.flush();"
        "loaded = {'libcst', 'lrlint.parse', 'lrlint.trace'} & set(sys.modules); sys.exit(f'{code} {sorted(loaded)}')"
    )
    ends = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False) for _ in range(2)
    ]
    assert [end.stderr for end in ends] == ["1 ['lrlint.parse', 'lrlint.trace']\n", "1 []\n"]
    assert ends[0].stdout == ends[1].stdout != ""


def test_processes_keep_and_find_for_each_other(kept: Path) -> None:
    for name in ("a.py", "b.py", "c.py"):
        Path(name).write_text(PROGRAM + f"# {name}\n" + "# nothing of interest\n" * 9000)
    first = lrlint("--jobs", "2")
    assert len(entries(kept)) == 3
    assert first.out.count("LRL201") == 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lrlint.pool._examine_beside", never)
        assert lrlint("--jobs", "2") == first


def test_where_all_is_known_to_be_clean_hardly_anything_is_loaded(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LRLINT_CACHE_DIR")
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(here / "home"))
    program = (
        "import sys; from lrlint.start import main; code = main(sys.argv[1:]); sys.stdout.flush();"
        "loaded = {'click', 'libcst', 'lrlint.parse'} & set(sys.modules); sys.exit(f'{code} {sorted(loaded)}')"
    )

    def ended(*arguments: str) -> tuple[str, str]:
        done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
        return done.stdout, done.stderr

    Path("a.py").write_text(SILENT)
    Path("b.py").write_text("x = 1\n")
    checked, everything = "0 ['lrlint.parse']\n", "0 ['click', 'lrlint.parse']\n"
    assert ended() == ("No findings in 2 files.\n", checked)
    assert ended() == ended("check") == ("No findings in 2 files.\n", "0 []\n")
    assert ended("--no-cache") == ("No findings in 2 files.\n", everything)
    assert ended("a.py", "missing.py")[1].endswith("missing.py: no such file or directory\n2 ['click']\n")
    monkeypatch.setenv("LRLINT_NO_CACHE", "1")
    assert ended() == ("No findings in 2 files.\n", checked)
    monkeypatch.setenv("LRLINT_NO_CACHE", "0")
    assert ended() == ("No findings in 2 files.\n", "0 ['click']\n")
    monkeypatch.delenv("LRLINT_NO_CACHE")
    Path("c.py").write_text(PROGRAM)
    out, err = ended()
    assert (out.count("LRL201"), err) == (1, "1 ['click', 'lrlint.parse']\n")
    assert ended() == (out, "1 ['click']\n")
    Path("lrlint.toml").write_text('ignore = ["LRL201"]\n')
    assert ended() == ("No findings in 3 files.\n", everything)


# What it depends on


@given(st.data())
def test_a_changed_byte_is_another_file(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    directory = tmp_path_factory.mktemp("kept")
    stored(directory)
    start = data.draw(st.integers(0, len(DATA)))
    end = data.draw(st.integers(start, len(DATA)))
    changed = DATA[:start] + data.draw(st.binary(max_size=5)) + DATA[end:]
    found = Cache(str(directory)).find("a.py", changed, Settings())
    assert (found is not None) == (changed == DATA)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(select=("LRL2",)),
        Settings(ignore=("LRL201",)),
        Settings(extend_select=("LRL002",)),
        Settings(mode="graph"),
        Settings(fixable=("LRL1",)),
        Settings(unfixable=("LRL201",)),
        Settings(extend_safe_fixes=("LRL2",)),
        Settings(extend_unsafe_fixes=("LRL2",)),
        Settings(preview=True),
        Settings(per_file_ignores=(("*.py", ("LRL201",)),)).at("/a.py"),
    ],
)
def test_a_changed_setting_asks_anew(kept: Path, settings: Settings) -> None:
    stored(kept)
    assert Cache(str(kept)).find("a.py", DATA, Settings()) is not None
    assert Cache(str(kept)).find("a.py", DATA, settings) is None


def test_the_settings_that_choose_files_do_not_count(kept: Path) -> None:
    stored(kept)
    others = {"exclude": ("x",), "extend_exclude": ("x",), "per_file_ignores": (("x", ("LRL2",)),)}
    assert Cache(str(kept)).find("a.py", DATA, Settings(**others)) is not None  # type: ignore[arg-type]
    tried = {*others, "goes_on_from", "select", "ignore", "extend_select", "mode", "fixable", "unfixable"}
    tried |= {"extend_safe_fixes", "extend_unsafe_fixes", "preview"}
    assert tried == {field.name for field in fields(Settings)}, "a new setting: does the result depend on it?"


def test_the_name_does_not_count_but_for_notebooks(kept: Path) -> None:
    result = stored(kept)
    assert Cache(str(kept)).find("other/b.pyi", DATA, Settings()) == result
    assert Cache(str(kept)).find("a.ipynb", DATA, Settings()) is None


def test_another_python_asks_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(kept)
    monkeypatch.setattr(sys, "version", "4.0")
    assert Cache(str(kept)).find("a.py", DATA, Settings()) is None


def test_another_libcst_asks_anew(kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = build()
    package = here / "site" / "libcst"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    monkeypatch.delitem(sys.modules, "libcst")
    monkeypatch.syspath_prepend(str(package.parent))
    with pytest.raises(OSError, match=r"_version\.py"):
        build()
    assert Cache(str(kept)).find("a.py", DATA, Settings()) is None
    (package / "_version.py").write_text('version = "99"\n')
    assert build() not in (name, "")


def test_other_code_of_our_own_asks_anew(here: Path) -> None:
    package = here / "site" / "lrlint"
    (package / "trace").mkdir(parents=True)
    (package / "__pycache__").mkdir()
    code = package / "trace" / "core.py"
    code.write_text("x = 1\n")
    before = list(_own(str(package), "1.0"))
    (package / "__pycache__" / "core.pyc").write_text("")
    assert list(_own(str(package), "1.0")) == before
    os.utime(code, ns=(0, 5))
    touched = list(_own(str(package), "1.0"))
    (package / "new.py").write_text("")
    assert before != touched != list(_own(str(package), "1.0"))
    record = here / "site" / "lrlint-1.0.dist-info" / "RECORD"
    record.parent.mkdir()
    record.write_text("../bin/lrlint,sha256=AAAA,1\nlrlint/trace/core.py,sha256=BBBB,6\n")
    assert list(_own(str(package), "1.0")) == [b"lrlint/trace/core.py,sha256=BBBB,6\n"]
    assert list(_own(str(package), "1.1")) != [b"lrlint/trace/core.py,sha256=BBBB,6\n"]


# What is wrong with it


DAMAGE = st.one_of(
    st.binary(max_size=400).map(lambda noise: lambda _: noise),
    st.integers(0, 80).map(lambda length: lambda entry: entry[: len(entry) * length // 100]),
    st.tuples(st.integers(0, 10**6), st.integers(1, 255)).map(
        lambda flip: (
            lambda entry: bytes(
                byte ^ flip[1] if index == flip[0] % len(entry) else byte for index, byte in enumerate(entry)
            )
        )
    ),
    st.binary(min_size=1, max_size=9).map(lambda more: lambda entry: entry + more),
)


@given(DAMAGE)
def test_a_damaged_entry_is_none(tmp_path_factory: pytest.TempPathFactory, damage: Any) -> None:
    directory = tmp_path_factory.mktemp("kept")
    result = stored(directory)
    (entry,) = entries(directory)
    entry.write_bytes(damage(entry.read_bytes()))
    assert Cache(str(directory)).find("a.py", DATA, Settings()) is None
    stored(directory)
    assert Cache(str(directory)).find("a.py", DATA, Settings()) == result


def test_a_damaged_entry_is_replaced(kept: Path) -> None:
    Path("a.py").write_text(PROGRAM)
    expected = lrlint(".")
    (entry,) = entries(kept)
    content = entry.read_bytes()
    entry.write_bytes(b"")
    assert lrlint(".") == expected
    assert entry.read_bytes() == content


def test_an_entry_under_another_name_is_none(kept: Path) -> None:
    stored(kept)
    (one,) = entries(kept)
    stored(kept, DATA + b"\n")
    (other,) = set(entries(kept)) - {one}
    shutil.copy(one, other)
    assert Cache(str(kept)).find("a.py", DATA + b"\n", Settings()) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["safe", "double", "eager"]),
    lambda inner: st.lists(inner, max_size=18) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=40,
)


@given(JSON)
@example([[], None, None, None])
@example([[["LRL101", "n", "m", [1, 1], [1, True], None, [], None, None, None]], None, None, None])
def test_what_was_not_written_is_not_read(document: object) -> None:
    """Whoever writes an entry by hand gets findings, or nothing, but never a crash further on."""
    body = json.dumps(document).encode()
    try:
        kept = loads(body)
    except ValueError:
        return
    assert json.loads(dumps(kept)) == document


def test_what_cannot_be_written_is_not_kept(kept: Path) -> None:
    odd = Kept((), None, None, object())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not JSON serializable"):
        dumps(odd)
    Cache(str(kept)).keep("a.py", DATA, Settings(), CheckResult(error="internal error"))
    assert entries(kept) == []


@pytest.mark.parametrize("obstacle", ["a file", "below a file", "closed", "no home", "no space"])
def test_a_directory_that_cannot_be_used(here: Path, obstacle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.py").write_text(PROGRAM)
    expected = lrlint("--no-cache", ".")
    place = here / "obstacle"
    if obstacle == "closed":
        place.mkdir(mode=0o555)
    elif obstacle != "no home":
        place.write_text("")
    monkeypatch.setenv("LRLINT_CACHE_DIR", str(place / "below" if obstacle == "below a file" else place))
    if obstacle == "no home":
        monkeypatch.delenv("LRLINT_CACHE_DIR")
        monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: "~/.cache/lrlint")
    if obstacle == "no space":
        monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with nobody(here / "work"):
        assert [lrlint("."), lrlint(".")] == [expected, expected]
    assert sorted(path.name for path in Path().iterdir()) == ["a.py"]
    if obstacle == "closed":
        assert list(place.iterdir()) == []


def test_a_read_only_directory_is_read(kept: Path) -> None:
    Path("a.py").write_text(PROGRAM)
    expected = lrlint(".")
    content = {path: path.read_bytes() for path in entries(kept)}
    os.utime(entries(kept)[0], (0, 0))
    for path in (*kept.rglob("*"), kept):
        path.chmod(0o555 if path.is_dir() else 0o444)
    Path("b.py").write_text(PROGRAM + "\n")
    with nobody():
        assert lrlint("a.py") == expected
        assert lrlint("b.py").out == expected.out.replace("a.py", "b.py")
    assert {path: path.read_bytes() for path in entries(kept)} == content
    for path in (kept, *kept.glob("*/")):
        path.chmod(0o755)


# Shared


def test_several_processes_at_once(kept: Path) -> None:
    for number in range(4):
        Path(f"{number}.py").write_text(PROGRAM + f"# {number}\n")
    command = [sys.executable, "-m", "lrlint", "--jobs", "1", "."]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    printed = [process.communicate(timeout=120) for process in running]
    assert printed[0] == printed[1] == printed[2]
    assert printed[0][0].count(b"LRL201") == 4
    assert [len(path.name) for path in entries(kept)] == [32] * 4


def test_writers_and_readers_of_one_entry(kept: Path) -> None:
    result = stored(kept)
    seen: list[CheckResult | None] = []

    def work() -> None:
        for _ in range(200):
            cache = Cache(str(kept))
            cache.keep("a.py", DATA, Settings(), result)
            seen.append(cache.find("a.py", DATA, Settings()))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [result] * 600
    assert len(entries(kept)) == 1


# Where it is, and when it is not


def test_it_can_be_told_from_what_matters(kept: Path) -> None:
    stored(kept)
    assert (kept / TAG).read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (kept / ".gitignore").read_text() == "*\n"


def test_where_it_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.py").write_text(PROGRAM)
    Path("below").mkdir()
    Path("below/a.py").write_text(PROGRAM)
    Path("lrlint.toml").write_text('cache-dir = "in_file"\n')
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(here / "default"))

    def made(*arguments: str) -> list[str]:
        before = set(here.rglob(TAG))
        lrlint(*arguments)
        made = [path.parent for path in here.rglob(TAG) if path not in before]
        for path in made:
            shutil.rmtree(path)
        return [path.relative_to(here).as_posix() for path in made]

    assert made("--cache-dir", "in_flag", ".") == ["work/in_flag"]
    assert made(".") == ["kept"]
    monkeypatch.setenv("LRLINT_CACHE_DIR", "in_variable")
    assert made(".") == ["work/in_variable"]
    monkeypatch.delenv("LRLINT_CACHE_DIR")
    assert made(".") == ["work/in_file"]
    monkeypatch.chdir("below")
    assert made(".") == ["work/in_file"]
    assert made("--isolated", ".") == ["default"]


def test_config_says_where_it_is(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> tuple[list[str], object]:
        lines = [line for line in lrlint("config").out.splitlines() if "cache-dir" in line]
        return lines, json.loads(lrlint("config", "--output-format", "json").out)["settings"]["cache-dir"]

    Path("lrlint.toml").write_text('cache-dir = "./below"\n')
    where = {"value": str(kept), "from": [{"variable": "LRLINT_CACHE_DIR"}]}
    assert told() == ([f'cache-dir = "{kept}"  # LRLINT_CACHE_DIR'], where)
    monkeypatch.delenv("LRLINT_CACHE_DIR")
    where = {"value": "below", "from": [{"file": "lrlint.toml", "line": 1}]}
    assert told() == (['cache-dir = "below"  # lrlint.toml:1'], where)


@pytest.mark.parametrize("value", ["", " ", 3, "a\0b"])
def test_a_place_that_is_none(value: object) -> None:
    Path("lrlint.toml").write_text(f"cache-dir = {json.dumps(value)}\n")
    code, out, err = lrlint(".")
    assert (code, out) == (2, "")
    assert err.startswith("lrlint: error: lrlint.toml:1: `cache-dir` must be a ")


@pytest.mark.parametrize("words", [["--no-cache", "."], ["."]])
def test_no_cache_neither_reads_nor_writes(kept: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.py").write_text(PROGRAM)
    if "--no-cache" not in words:
        monkeypatch.setenv("LRLINT_NO_CACHE", "true")
    expected = lrlint(*words)
    assert expected.out.count("LRL201") == 1
    assert not kept.exists()
    Cache(str(kept)).keep("a.py", DATA, Settings(), CheckResult())
    monkeypatch.setattr(Cache, "find", never)
    monkeypatch.setattr(Cache, "keep", never)
    assert lrlint(*words) == expected


def test_a_variable_that_says_neither_yes_nor_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LRLINT_NO_CACHE", "perhaps")
    code, out, err = lrlint(".")
    assert (code, out) == (2, "")
    assert err.startswith("lrlint: error: `LRLINT_NO_CACHE`: 'perhaps' is not a valid boolean")


def test_standard_input_and_programs_keep_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lrlint as api

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DATA)))
    assert lrlint("-").out.count("LRL201") == 1
    assert len(api.check(PROGRAM)) == 1
    assert api.fix(PROGRAM).source.text == SILENT
    Path("a.py").write_text(PROGRAM)
    assert lrlint("explain", "a.py").code == 0
    assert not kept.exists()


def test_a_tree_without_decays_keeps_nothing(kept: Path) -> None:
    Path("a.py").write_text("x = 1\n")
    assert lrlint(".").code == 0
    assert not kept.exists()


# Removed


def test_clean(kept: Path) -> None:
    assert lrlint("clean") == (0, f"Nothing to remove in {kept}.\n", "")
    for number in range(3):
        Path(f"{number}.py").write_text(PROGRAM + "\n" * number)
    lrlint(".")
    size = sum(path.stat().st_size for path in entries(kept))
    (entries(kept)[0].parent / f"{'0' * 32}.{'0' * 16}").write_text("")  # somebody was interrupted
    assert lrlint("clean") == (0, f"Removed 3 results ({-(-size // 1000)} kB) from {kept}.\n", "")
    assert not kept.exists()
    assert lrlint("clean") == (0, f"Nothing to remove in {kept}.\n", "")


def test_clean_removes_what_is_ours_and_nothing_else(kept: Path) -> None:
    home = Path("home")
    (home / "lrlint").mkdir(parents=True)
    for name in ("thesis.tex", f"lrlint/{'0' * 32}", TAG, ".gitignore"):
        (home / name).write_text("of somebody else")
    assert lrlint("clean", "--cache-dir", "home") == (0, "Nothing to remove in home.\n", "")
    stored(kept)
    (kept / "notes.txt").write_text("mine")
    (entries(kept)[0].parent / "notes.txt").write_text("mine")
    os.symlink(home.resolve() / "lrlint", kept / "lrlint-fedcba9876543210")
    assert lrlint("clean").out.startswith("Removed 1 result ")
    assert sorted(path.name for path in kept.rglob("*")) == sorted(
        [build(), "lrlint-fedcba9876543210", "notes.txt", "notes.txt"]
    )
    assert sum(path.is_file() for path in home.rglob("*")) == 4


@pytest.mark.parametrize(("seen", "removed"), [("folders", 0), ("entries", 0), ("marks", 1)])
def test_two_that_clean_at_once(kept: Path, monkeypatch: pytest.MonkeyPatch, seen: str, removed: int) -> None:
    look = getattr(clean, seen)

    def slowly(directory: str) -> Any:
        found = look(directory)
        shutil.rmtree(kept, ignore_errors=True)
        return found

    stored(kept)
    monkeypatch.setattr(clean, seen, slowly)
    code, out, err = lrlint("clean")
    assert (code, err) == (0, "")
    assert out.startswith("Removed 1 result " if removed else "Nothing to remove ")


def test_clean_says_what_stands_in_its_way(kept: Path) -> None:
    stored(kept)
    (entry,) = entries(kept)
    for path in (kept, entry.parent):
        path.chmod(0o555)
    with nobody():
        assert lrlint("clean") == (2, "", f"lrlint: error: {entry}: permission denied\n")
    for path in (kept, entry.parent):
        path.chmod(0o755)


def test_what_nobody_asks_for_is_removed(kept: Path) -> None:
    Path("a.py").write_text(PROGRAM)
    now = time.time()
    lrlint(".")
    (used,) = entries(kept)
    ages = {
        used.parent / ("0" * 32): 31,
        used.parent / ("1" * 32): 29,
        kept / "lrlint-0123456789abcdef" / ("0" * 32): 8,
        kept / "lrlint-fedcba9876543210" / ("0" * 32): 6,
        kept / "lrlint-fedcba9876543210" / "notes.txt": 99,
        kept / "mine" / ("0" * 32): 99,
        used: 40,
    }
    for path, days in ages.items():
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, (now - days * DAY, now - days * DAY))
    lrlint(".")
    assert all(path.exists() for path in ages)  # there was a look today
    assert used.stat().st_mtime > now - DAY  # what is found counts as used
    os.utime(kept / TAG, (now - 2 * DAY, now - 2 * DAY))
    lrlint(".")
    assert [days for path, days in ages.items() if not path.exists()] == [31, 8]
    assert not (kept / "lrlint-0123456789abcdef").exists()
    assert (kept / TAG).stat().st_mtime > now - DAY


def test_a_clock_that_was_wrong(kept: Path) -> None:
    Path("a.py").write_text(PROGRAM)
    lrlint(".")
    old = entries(kept)[0].parent / ("0" * 32)
    old.touch()
    now = time.time()
    os.utime(old, (now - 31 * DAY, now - 31 * DAY))
    os.utime(kept / TAG, (now + 400 * DAY, now + 400 * DAY))
    lrlint(".")
    assert not old.exists()
    assert (kept / TAG).stat().st_mtime < now + DAY
