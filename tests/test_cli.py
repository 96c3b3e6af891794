"""The command: what it prints, where, and with which exit code.

Here a line that holds ``BAD`` has a safe fix, ``WORSE`` an unsafe one, ``ODD`` none, ``CRASH`` is a bug of ours, and
``ENDLESS`` one that is met while fixing, so that these tests say what the command does, whatever the rules say.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from lrlint import __version__
from lrlint.cli import cli, main
from lrlint.config import Settings
from lrlint.finding import Edit, Finding, Fix, Location, Safety
from lrlint.fixes import FixResult, Refusal
from lrlint.linter import CheckResult
from lrlint.source import Source, SourceError

KINDS: dict[str, tuple[str, str, Safety | None]] = {
    "BAD": ("LRL101", "missing-global-step", "safe"),
    "WORSE": ("LRL202", "uncalled-schedule", "unsafe"),
    "ODD": ("LRL001", "syntax-error", None),
}


def fake_findings(text: str, settings: Settings) -> list[Finding]:
    findings = []
    for row, line in enumerate(text.splitlines(), start=1):
        for match in re.finditer("|".join(KINDS), line):
            code, name, safety = KINDS[match[0]]
            start, end = Location(row, match.start() + 1), Location(row, match.end() + 1)
            fix = Fix(safety, "Say `GOOD`", (Edit(start, end, "GOOD"),)) if safety else None
            if settings.enabled(code):
                findings.append(Finding(code, name, f"`{match[0]}` is wrong", start, end, fix))
    return findings


def fake_check(path: str, data: bytes, settings: Settings) -> CheckResult:
    text = data.decode("latin-1")
    return CheckResult(tuple(fake_findings(text, settings)), "internal error" if "CRASH" in text else None)


def fake_fix(source: Source, settings: Settings, *, unsafe: bool, findings: tuple[Finding, ...]) -> FixResult:
    assert findings == tuple(fake_findings(source.text, settings))
    if "ENDLESS" in source.text:
        return FixResult(source, remaining=findings, error="internal error")
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    found = [finding for finding in fake_findings(source.text, settings) if finding.fix]
    applied = Counter(finding.code for finding in found if finding.fix and finding.fix.applicability in wanted)
    text = source.text.replace("BAD", "GOOD") if applied["LRL101"] else source.text
    text = text.replace("WORSE", "GOOD") if applied["LRL202"] else text
    refused = tuple(Refusal(finding, "it wobbles") for finding in found if "WOBBLE" in text)
    remaining = tuple(fake_findings(text, settings))
    return FixResult(replace(source, text=text), applied, remaining, refused)


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command in an empty directory; ``stdin`` is what it reads."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lrlint.scan.is_suspect", lambda *_, **__: True)
    monkeypatch.setattr("lrlint.linter.check_bytes", fake_check)
    monkeypatch.setattr("lrlint.fixes.fix_source", fake_fix)

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(arguments)
        sys.stdout.flush()
        captured = capfdbinary.readouterr()
        return Result(code, captured.out.decode(), captured.err.decode())

    return run


def write(path: str, text: str) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def lrlint(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "lrlint", *arguments], capture_output=True, text=True, check=False, **options
    )


# What is printed, and the exit code


def test_findings(run: Run) -> None:
    write("b.py", "ok\nBAD ODD\n")
    write("a/x.py", "WORSE BAD\n")
    expected = (
        "a/x.py:1:1: LRL202 `WORSE` is wrong\n"
        "a/x.py:1:7: LRL101 [*] `BAD` is wrong\n"
        "b.py:2:1: LRL101 [*] `BAD` is wrong\n"
        "b.py:2:5: LRL001 `ODD` is wrong\n"
        "4 findings in 2 files.\n"
        "[*] 2 fixable with `--fix` (1 more with `--unsafe-fixes`).\n"
    )
    assert run() == (1, expected, "")
    assert run("check") == run(".") == run("check", "b.py", "a") == run("a", "b.py") == (1, expected, "")


def test_no_findings(run: Run) -> None:
    write("a.py", "ok\n")
    assert run("a.py") == (0, "No findings in 1 file.\n", "")
    assert run("-q", "a.py") == (0, "", "")


def test_quiet_prints_findings_only(run: Run) -> None:
    write("a.py", "BAD\n")
    assert run("--quiet", "a.py") == (1, "a.py:1:1: LRL101 [*] `BAD` is wrong\n", "")


def test_no_files(run: Run) -> None:
    warning = "lrlint: warning: no Python files in the given paths\n"
    assert run() == (0, "", warning)
    assert run("-q") == (0, "", "")
    assert run("--output-format", "json") == (0, "[]\n", warning)


def test_exit_zero(run: Run) -> None:
    write("a.py", "ODD\n")
    assert run("--exit-zero", "-q") == (0, "a.py:1:1: LRL001 `ODD` is wrong\n", "")
    assert run("--exit-zero", "-q", "a.py", "b.py").code == 2


def test_select_and_ignore(run: Run) -> None:
    write("a.py", "BAD\nWORSE\nODD\n")

    def rows(*arguments: str) -> list[str]:
        return re.findall(r"^a.py:(\d)", run("-q", *arguments).out, re.MULTILINE)

    assert rows("--select", "LRL1") == ["1"]
    assert rows("--select", "LRL1, LRL001") == rows("--select", "LRL1", "--select", "LRL001") == ["1", "3"]
    assert rows("--ignore", "LRL1,LRL2") == ["3"]
    assert rows("--select=LRL2", "--extend-select=LRL0") == ["2", "3"]
    assert rows("--ignore", "LRL", "--extend-select", "LRL101") == ["1"]


def test_json(run: Run) -> None:
    write("a.py", "BAD\n")
    code, out, err = run("--output-format", "json")
    (found,) = json.loads(out)
    assert (code, err) == (1, "")
    assert (found["filename"], found["code"], found["location"]) == ("a.py", "LRL101", {"row": 1, "column": 1})
    assert run("--output-format=json", "--select=LRL2") == (0, "[]\n", "")


def test_statistics(run: Run) -> None:
    write("a.py", "BAD\nBAD\nODD\n")
    expected = "2  LRL101  [*] missing-global-step\n1  LRL001  [ ] syntax-error\n"
    assert run("--statistics", "-q") == (1, expected, "")
    assert run("--statistics").out == f"{expected}3 findings in 1 file.\n[*] 2 fixable with `--fix`.\n"
    assert json.loads(run("--statistics", "--output-format", "json").out)[0]["count"] == 2


def test_exclude(run: Run) -> None:
    write("a.py", "ok\n")
    write("gen/b.py", "ok\n")
    write("build/c.py", "ok\n")
    assert run().out == "No findings in 2 files.\n"
    assert run("--extend-exclude", "gen").out == "No findings in 1 file.\n"
    assert run("--exclude", "gen").out == "No findings in 2 files.\n"
    assert run("--exclude", "gen,build").out == "No findings in 1 file.\n"
    assert run("build/c.py").out == "No findings in 1 file.\n"
    assert run("--force-exclude", "build/c.py") == (0, "", "")


# Fixes


def test_fix(run: Run) -> None:
    file = write("a.py", "BAD\nWORSE\n")
    assert run("--fix") == (
        1,
        "a.py:2:1: LRL202 `WORSE` is wrong\n"
        "Fixed 1 finding; 1 left in 1 file.\n"
        "1 fixable with `--fix --unsafe-fixes`.\n",
        "",
    )
    assert file.read_text() == "GOOD\nWORSE\n"
    assert run("--fix", "--unsafe-fixes") == (0, "Fixed 1 finding; none left.\n", "")
    assert file.read_text() == "GOOD\nGOOD\n"
    assert run("--fix", "--unsafe-fixes") == (0, "No findings in 1 file.\n", "")


def test_exit_non_zero_on_fix(run: Run) -> None:
    write("a.py", "BAD\n")
    assert run("--exit-non-zero-on-fix", "-q", "--select", "LRL2").code == 0
    assert run("--fix", "--exit-non-zero-on-fix") == (1, "Fixed 1 finding; none left.\n", "")
    assert run("--fix", "--exit-non-zero-on-fix", "--no-cache") == (0, "No findings in 1 file.\n", "")


def test_what_is_not_selected_is_not_fixed(run: Run) -> None:
    file = write("a.py", "BAD WORSE\n")
    assert run("--fix", "--unsafe-fixes", "--select", "LRL2") == (0, "Fixed 1 finding; none left.\n", "")
    assert file.read_text() == "BAD GOOD\n"


def test_unsafe_fixes_alone_write_nothing(run: Run) -> None:
    file = write("a.py", "WORSE\n")
    expected = "a.py:1:1: LRL202 [*] `WORSE` is wrong\n1 finding in 1 file.\n[*] 1 fixable with `--fix`.\n"
    assert run("--unsafe-fixes") == (1, expected, "")
    assert file.read_text() == "WORSE\n"


def test_a_file_without_fixes_is_not_touched(run: Run) -> None:
    file = write("a.py", "WORSE\r\n")
    os.utime(file, (1, 1))
    assert run("--fix", "-q").code == 1
    assert (file.stat().st_mtime, file.read_bytes()) == (1, b"WORSE\r\n")


def test_diff(run: Run) -> None:
    one, two = write("a b.py", "x\nBAD"), write("c/d.py", "ODD\nBAD\nBAD\n")
    code, out, err = run("--diff")
    assert (code, err) == (1, "Would fix 3 findings in 2 files.\n")
    assert out == (
        "--- a/a b.py\t\n+++ b/a b.py\t\n@@ -1,2 +1,2 @@\n x\n"
        "-BAD\n\\ No newline at end of file\n+GOOD\n\\ No newline at end of file\n"
        "--- a/c/d.py\n+++ b/c/d.py\n@@ -1,3 +1,3 @@\n ODD\n-BAD\n-BAD\n+GOOD\n+GOOD\n"
    )
    assert (one.read_text(), two.read_text()) == ("x\nBAD", "ODD\nBAD\nBAD\n")
    assert run("--diff", "--fix", "-q") == (1, out, "")
    subprocess.run(["git", "apply", "-"], input=out, text=True, check=True)
    assert (one.read_text(), two.read_text()) == ("x\nGOOD", "ODD\nGOOD\nGOOD\n")
    assert run("--diff") == (0, "", "Nothing to fix.\n")


def test_diff_of_unsafe_fixes(run: Run) -> None:
    write("a.py", "WORSE\n")
    assert run("--diff") == (0, "", "Nothing to fix.\n")
    assert run("--diff", "--unsafe-fixes").out == "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-WORSE\n+GOOD\n"
    assert run("--diff", "--unsafe-fixes", "--exit-zero").code == 0


# Standard input


def test_stdin(run: Run) -> None:
    finding = "stdin:1:1: LRL101 [*] `BAD` is wrong\n"
    assert run("-", "-q", stdin=b"BAD\n") == (1, finding, "")
    assert run("-", stdin=b"BAD\n").out == f"{finding}1 finding in 1 file.\n[*] 1 fixable with `--fix`.\n"
    assert run("-", stdin=b"") == (0, "No findings in 1 file.\n", "")


def test_stdin_under_a_name(run: Run) -> None:
    expected = (1, "src/a.py:1:1: LRL101 [*] `BAD` is wrong\n", "")
    assert run("-q", "--stdin-filename", "src/a.py", "-", stdin=b"BAD") == expected
    assert run("-q", "--stdin-filename", "./src/a.py", stdin=b"BAD") == expected


def test_stdin_fixed_goes_to_stdout_and_what_is_left_beside_it(run: Run) -> None:
    assert run("--fix", "-", stdin=b"BAD\r\nODD") == (
        1,
        "GOOD\r\nODD",
        "stdin:2:1: LRL001 `ODD` is wrong\nFixed 1 finding; 1 left in 1 file.\n",
    )
    assert run("--fix", "-q", "-", stdin=b"BAD") == (0, "GOOD", "")
    assert run("--fix", "-q", "-", stdin=b"nothing to do") == (0, "nothing to do", "")


def test_stdin_diff(run: Run) -> None:
    expected = "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-BAD\n+GOOD\n"
    assert run("--diff", "-q", "--stdin-filename", "a.py", stdin=b"BAD\n") == (1, expected, "")


def test_stdin_excluded_by_its_name(run: Run) -> None:
    arguments = ("--stdin-filename", "build/a.py", "-")
    assert run("-q", *arguments, stdin=b"BAD").code == 1
    assert run("-q", "--force-exclude", *arguments, stdin=b"BAD") == (0, "", "")
    assert run("-q", "--force-exclude", "--fix", *arguments, stdin=b"BAD") == (0, "BAD", "")


# Errors: one line each, exit code 2; those of words and paths are in test_errors.py


def test_a_missing_path_does_not_cost_the_others(run: Run) -> None:
    write("a.py", "BAD\n")
    assert run("-q", "b.py", "a.py", "c") == (
        2,
        "a.py:1:1: LRL101 [*] `BAD` is wrong\n",
        "lrlint: error: b.py: no such file or directory\nlrlint: error: c: no such file or directory\n",
    )


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["chek", "a.py"], "; did you mean `check`?"),
        (["explian"], "; did you mean `explain`?"),
        (["a.py", "chek"], ""),
        (["chek.py"], ""),
        (["src"], ""),
    ],
)
def test_a_missing_path_that_is_nearly_a_command(run: Run, words: list[str], meant: str) -> None:
    write("a.py", "ok\n")
    missing = next(word for word in words if word != "a.py")
    code, _, err = run(*words)
    assert (code, err) == (2, f"lrlint: error: {missing}: no such file or directory{meant}\n")


def test_nothing_is_written_where_a_path_is_missing(run: Run) -> None:
    file = write("a.py", "BAD\n")
    assert run("--fix", "a.py", "b.py") == (2, "", "lrlint: error: b.py: no such file or directory\n")
    assert file.read_text() == "BAD\n"


def test_a_file_that_cannot_be_read_does_not_cost_the_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", "BAD\n")
    write("b.py", "BAD\n")
    write("c.py", "BAD\n")
    real_open = open

    def refuse(path: str, mode: str) -> object:
        if path == "a.py":
            raise PermissionError(13, "Permission denied", path)
        if path == "b.py":
            raise FileNotFoundError(2, "No such file or directory", path)
        return real_open(path, mode)

    monkeypatch.setattr("lrlint.run.open", refuse, raising=False)
    assert run() == (
        2,
        "c.py:1:1: LRL101 [*] `BAD` is wrong\n1 finding in 1 file.\n[*] 1 fixable with `--fix`.\n",
        "lrlint: error: a.py: permission denied\nlrlint: error: b.py: no such file or directory\n",
    )


def test_a_directory_that_cannot_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", "ok\n")

    def refuse(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("lrlint.discover.os.scandir", refuse)
    assert run("-q", "a.py", ".") == (2, "", "lrlint: error: .: permission denied\n")


def test_a_file_that_cannot_be_written_keeps_its_findings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = write("a.py", "BAD\n"), write("b.py", "BAD\n")
    from lrlint.atomic import write_atomic

    def refuse(path: str, old: bytes, new: bytes) -> None:
        if path == "a.py":
            raise OSError(30, "Read-only file system", path)
        write_atomic(path, old, new)

    monkeypatch.setattr("lrlint.atomic.write_atomic", refuse)
    assert run("--fix", "-q") == (
        2,
        "a.py:1:1: LRL101 [*] `BAD` is wrong\n",
        "lrlint: error: a.py: not fixed: read-only file system\n",
    )
    assert (one.read_text(), two.read_text()) == ("BAD\n", "GOOD\n")


@pytest.mark.parametrize("flags", [[], ["--fix"], ["--diff"]])
def test_a_bug_in_one_file_does_not_cost_the_others(run: Run, flags: list[str]) -> None:
    write("a.py", "CRASH ODD\n")
    write("b.py", "ODD\n")
    code, out, err = run("-q", *flags)
    assert (code, err) == (2, "lrlint: error: a.py: internal error\n")
    found = "a.py:1:7: LRL001 `ODD` is wrong\nb.py:1:1: LRL001 `ODD` is wrong\n"
    assert out == ("" if "--diff" in flags else found)


@pytest.mark.parametrize("bug", ["CRASH", "ENDLESS"])
def test_a_bug_is_told_and_the_file_stays_as_it_is(run: Run, bug: str) -> None:
    file = write("a.py", f"BAD {bug}\n")
    found = "a.py:1:1: LRL101 [*] `BAD` is wrong\n"
    assert run("-q", "--fix") == (2, found, "lrlint: error: a.py: internal error\n")
    assert file.read_text() == f"BAD {bug}\n"


def test_a_fix_that_does_not_hold_is_told(run: Run) -> None:
    write("a.py", "WOBBLE\nx WORSE\nBAD")
    assert run("-q", "--fix") == (
        1,
        "a.py:2:3: LRL202 `WORSE` is wrong\n",
        "lrlint: warning: a.py:2:3: the fix of LRL202 does not hold and was not applied: it wobbles\n"
        "lrlint: warning: a.py:3:1: the fix of LRL101 does not hold and was not applied: it wobbles\n",
    )


def test_a_file_whose_encoding_cannot_be_written_is_not_fixed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write("a.py", "BAD\n")

    def refuse(_: Source) -> bytes:
        raise SourceError("the file cannot be written in utf-7 without a loss")

    monkeypatch.setattr("lrlint.source.Source.to_bytes", refuse)
    assert run("-q", "--fix") == (
        2,
        "a.py:1:1: LRL101 [*] `BAD` is wrong\n",
        "lrlint: error: a.py: not fixed: the file cannot be written in utf-7 without a loss\n",
    )
    assert file.read_text() == "BAD\n"


def test_the_row_for_noqa_is_where_the_statement_ends(run: Run) -> None:
    write("a.py", "x = BAD + \\\n  1\n")
    (found,) = json.loads(run("--output-format", "json").out)
    assert (found["location"]["row"], found["noqa_row"]) == (1, 2)


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", "ok\n")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lrlint.linter.check_bytes", interrupt)
    assert run() == (2, "", "lrlint: error: interrupted\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    write(str(tmp_path / "a.py"), "ok\n")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "lrlint", str(tmp_path)], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (2, "lrlint: error: no space left on device\n")


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    read, end = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "lrlint", "rules"], stdout=end, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(end)
    assert (done.returncode, done.stderr) == (2, "")


@pytest.mark.parametrize("flags", [["--output-format", "concise"], ["--output-format", "full"], ["-v"], ["explain"]])
def test_no_name_steers_a_terminal(tmp_path: Path, flags: list[str]) -> None:
    name = "\x1b[2J\n\u202e.py"
    write(str(tmp_path / name), "import tensorflow as tf\ntf.train.exponential_decay(\n")
    done = lrlint(*flags, ".", cwd=tmp_path)
    shown = "\u241b[2J\u240a\ufffd.py:2:27: LRL001 "
    assert shown in done.stdout
    assert not any(sign in done.stdout + done.stderr for sign in "\x1b\u202e")


def test_closed_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m lrlint - <&-"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "lrlint: error: standard input is closed\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("--version", 0, ""),
        ("clean.py", 0, ""),
        ("wrong.py", 1, ""),
        ("rules", 0, ""),
        ("missing.py", 2, "lrlint: error: missing.py: no such file or directory\n"),
    ],
)
def test_closed_output(tmp_path: Path, words: str, code: int, said: str) -> None:
    write(str(tmp_path / "clean.py"), "ok = 1\n")
    write(str(tmp_path / "wrong.py"), "import tensorflow as tf\ntf.train.exponential_decay(\n")
    for closed, err in ((">&-", said), ("2>&-", "")):
        done = subprocess.run(
            ["sh", "-c", f"'{sys.executable}' -m lrlint {words} {closed}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        assert (done.returncode, done.stderr) == (code, err)


@pytest.mark.parametrize(
    ("name", "encoding", "shown"),
    [
        (b"gr\xc3\xb6.py", "utf-8", b"gr\xc3\xb6.py"),
        (b"gr\xc3\xb6.py", "latin-1", b"gr\xf6.py"),
        ("a\u2192b.py".encode(), "latin-1", rb"a\u2192b.py"),
        (b"gr\xff.py", "utf-8", rb"gr\udcff.py"),
    ],
)
def test_names_that_the_terminal_cannot_show(tmp_path: Path, name: bytes, encoding: str, shown: bytes) -> None:
    with open(os.fsencode(tmp_path) + b"/" + name, "w") as file:
        file.write("import tensorflow as tf\ntf.train.exponential_decay(\n")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "lrlint", "-q"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert done.returncode == 1
    assert done.stdout.startswith(shown + b":2:27: LRL001 ")
    assert done.stderr == b""


# Help, rules and pages


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"lrlint {__version__}\n", "")


def test_help_shows_every_flag_and_fits_a_terminal(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert out == run("-h").out
    assert max(map(len, out.splitlines())) <= 80
    assert out.startswith("Usage: lrlint [check] [OPTIONS] [PATH]...\n")
    for flag in re.findall(r"(?<=  )--?[a-z-]+", run("check", "--help").out):
        assert flag in out
    for group in ("Fixes", "Rules", "Files", "Output", "Configuration and exit code"):
        assert f"\n{group}:\n" in out
    for command in ("check", "config", "explain", "rules"):
        assert re.search(f"^  {command} ", out, re.MULTILINE)


def test_every_command_of_the_help_is_one(run: Run) -> None:
    examples = re.findall(r"^  lrlint\b(.*?)(?:  |$)", run("--help").out, re.MULTILINE)
    assert len(examples) == 13
    for words in examples:
        command, *arguments = words.split("<")[0].split() or ["check"]
        name = command if command in cli.commands else "check"
        given = arguments if name == command else [command, *arguments]
        cli.commands[name].make_context(name, given)
    assert {words.split()[0] for words in examples if words.split()} >= {*cli.commands} - {"check"}


def test_rules(run: Run) -> None:
    from lrlint.rules import all_rules

    code, out, err = run("rules")
    assert (code, err) == (0, "")
    assert out.startswith("CODE    NAME ")
    assert re.findall(r"^LRL\d{3}", out, re.MULTILINE) == [rule.code for rule in all_rules()]


def test_the_reference_in_markdown(run: Run) -> None:
    from lrlint.rules import all_rules, reading

    out = run("rules", "--output-format", "markdown").out
    assert out.startswith("# The rules of lrlint\n\n| code | name | mode | fix | summary |\n")
    outside = re.sub(r"^```.*?^```$", "", out, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^(#+) (.*)$", outside, re.MULTILINE)
    assert [text for signs, text in headings if signs == "#"] == ["The rules of lrlint"]
    pages = [text for signs, text in headings if signs == "##"]
    assert pages == [f"{rule.name} ({rule.code})" for rule in all_rules()]
    slugs = {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in pages}  # as GitHub makes them
    assert set(re.findall(r"\]\(#(.*?)\)", out)) == slugs
    for rule in all_rules():
        for program in re.findall(r"^```.*?^```$", reading(rule), re.MULTILINE | re.DOTALL):
            assert program in out


def test_the_reference_in_json(run: Run) -> None:
    from lrlint.rules import all_rules, reading

    records = json.loads(run("rules", "--output-format", "json").out)
    assert [record["explanation"] for record in records] == [reading(rule) for rule in all_rules()]
    assert {key: value for key, value in records[2].items() if key != "explanation"} == {
        "code": "LRL101",
        "name": "missing-global-step",
        "summary": "an update without `global_step`, where nothing else moves the step of the schedule",
        "mode": "both",
        "fix": "safe",
        "since": "0.1.0",
        "preview": False,
        "url": "https://github.com/lrlint/lrlint/blob/main/lrlint/rules/missing_global_step.md",
    }
    assert [record["code"] for record in records if record["preview"]] == ["LRL002"]


def test_the_reference_as_a_page(run: Run) -> None:
    from html.parser import HTMLParser

    from lrlint.rules import all_rules

    page = run("rules", "--output-format", "html").out
    open_elements: list[str] = []
    ids: list[str] = []
    addresses: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            if tag not in ("meta", "br", "hr", "img"):
                open_elements.append(tag)
            ids.extend(value for name, value in attributes if name == "id" and value)
            addresses.extend(value for name, value in attributes if name in ("href", "src") and value)

        def handle_endtag(self, tag: str) -> None:
            assert open_elements.pop() == tag

    Reader().feed(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert open_elements == []
    codes = [rule.code for rule in all_rules()]
    assert ids == codes
    assert [address for address in addresses if address.startswith("#")] == [f"#{code}" for code in codes]
    assert "<script" not in page


def test_explain(run: Run) -> None:
    from lrlint.rules import all_rules, page, reading

    for rule in all_rules():
        text = reading(rule)
        for word in (rule.code, rule.name, rule.code.lower(), rule.name.replace("-", "_").upper()):
            assert run("explain", word) == (0, text.rstrip("\n") + "\n", "")
        assert not re.search(r"<!--|# (error|todo):|^```python .", text, re.MULTILINE)
        kept = [
            line.partition("  # error:")[0] for line in page(rule).splitlines() if not line.startswith(("<!--", "```"))
        ]
        assert [line for line in text.splitlines() if not line.startswith("```")] == kept


# What is loaded


HEAVY = "import sys; print(sorted({'libcst', 'rich', 'tensorflow', 'lrlint.trace', 'lrlint.parse'} & set(sys.modules)))"


@pytest.mark.parametrize(
    "work",
    [
        "import lrlint",
        "import lrlint.flake8",
        "import lrlint.cli",
        "from lrlint.cli import main; main(['--version'])",
        "from lrlint.cli import main; main(['--help'])",
        "from lrlint.cli import main; main(['-q', 'code'])",
        "from lrlint.cli import main; main(['-q', '--fix', 'code'])",
        "from lrlint.cli import main; main(['-q', '--select', 'LRL1,LRL002', '--output-format', 'json', 'code'])",
        "from lrlint.cli import main; main(['config', '--ignore', 'LRL205'])",
        "from lrlint.cli import main; main(['rules'])",
    ],
)
def test_nothing_heavy_is_loaded_without_need(tmp_path: Path, work: str) -> None:
    write(str(tmp_path / "code" / "a.py"), "import os\nprint(os.name)\n")
    write(str(tmp_path / "code" / "broken.py"), "def f(:\n")
    done = subprocess.run(
        [sys.executable, "-c", f"{work}\n{HEAVY}"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_decay_of_another_library_loads_no_libcst(tmp_path: Path) -> None:
    program = "import torch\n\n\ndef exponential_decay(rate, epoch):\n    return rate * 0.5**epoch\n\n\n"
    write(str(tmp_path / "code" / "a.py"), program + "print(exponential_decay(0.1, 3), torch)\n")
    work = "from lrlint.cli import main; main(['-q', 'code'])"
    done = subprocess.run(
        [sys.executable, "-c", f"{work}\n{HEAVY}"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.splitlines()[-1] == "['lrlint.parse']"


def test_python_m_lrlint(tmp_path: Path) -> None:
    done = lrlint("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"lrlint {__version__}\n", "")
