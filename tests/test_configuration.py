"""Configuration files: which one holds for a path, what they may say, and what is said of those that cannot be meant."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import lrlint
from lrlint.cli import main
from lrlint.config import Settings
from lrlint.configuration import Configurations, flag_layer
from lrlint.configuration.keys import KEYS
from lrlint.configuration.toml import key_lines
from lrlint.globs import DEFAULT_EXCLUDE
from lrlint.selectors import SettingsError

PROGRAM = """\
import tensorflow as tf

step = tf.Variable(0)
print(tf.train.exponential_decay(0.1, step, 1, 0.5))
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, text: str = "") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def settings(path: str = "a.py", **flags: object) -> Settings:
    return Configurations(flag_layer({name.replace("_", "-"): value for name, value in flags.items()})).settings(path)


def enabled(path: str = "a.py", **flags: object) -> str:
    """The hundreds of the rules that are on, of five."""
    found = settings(path, **flags)
    codes = ("LRL001", "LRL101", "LRL102", "LRL201", "LRL301")
    return " ".join(code[3:] for code in codes if found.enabled(code))


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capfd.readouterr()

    return run


Run = Callable[..., tuple[int, str, str]]

# Which file holds


def test_without_a_file_the_defaults_hold() -> None:
    assert settings().exclude == DEFAULT_EXCLUDE
    assert enabled() == "001 101 102 201 301"


def test_a_directory_may_be_any_number_of_levels_down() -> None:
    write("lrlint.toml", 'select = ["LRL2"]')
    assert enabled("a/" * 1500 + "b.py") == "201"


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    write("pyproject.toml", '\ufeff[tool.lrlint]\nselect = ["LRL2"]\n')
    assert enabled() == "201"


def test_the_nearest_file_holds_alone() -> None:
    write("pyproject.toml", '[tool.lrlint]\nselect = ["LRL1"]\nmode = "eager"\n')
    write("src/lrlint.toml", 'select = ["LRL2"]\n')
    write("src/deep/pyproject.toml", '[project]\nname = "no table of ours"\n')
    assert (enabled("a.py"), settings("a.py").mode) == ("101 102", "eager")
    assert (enabled("other/a.py"), settings("other/a.py").mode) == ("101 102", "eager")
    assert (enabled("src/a.py"), settings("src/a.py").mode) == ("201", "auto")
    assert (enabled("src/deep/a.py"), settings("src/deep/a.py").mode) == ("201", "auto")


def test_of_several_files_in_a_directory_the_one_of_our_own_holds() -> None:
    write("pyproject.toml", '[tool.lrlint]\nmode = "eager"\n')
    assert settings().mode == "eager"
    write("lrlint.toml", 'mode = "graph"\n')
    assert settings().mode == "graph"
    write(".lrlint.toml", "")
    assert settings().mode == "auto"


def test_isolated_reads_nothing_and_config_reads_one_file(here: Path) -> None:
    write("lrlint.toml", "this is not TOML")
    write("sub/one.toml", 'mode = "eager"\nexclude = ["x/y"]\n')
    assert Configurations(isolated=True).settings("a.py").mode == "auto"
    only = Configurations(config="sub/one.toml").settings("sub/a.py")
    assert (only.mode, only.exclude) == ("eager", (f"{here.as_posix()}/x/y",))


def test_a_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write("lrlint.toml", 'mode = "eager"\n')
    configurations = Configurations()
    assert configurations.of("src/a/b") is configurations.of("src/a") is configurations.of(".")
    Path("lrlint.toml").unlink()
    assert configurations.settings("src/c/d.py").mode == "eager"


def test_a_broken_pyproject_that_is_not_about_us_is_none_of_our_business() -> None:
    write("pyproject.toml", "not TOML at all")
    assert settings().mode == "auto"


# What holds of it


def test_extend_goes_on_from_another_file(here: Path) -> None:
    write("base/strict.toml", 'mode = "eager"\nignore = ["LRL3"]\nexclude = ["gen/x", "third"]\n')
    write("pyproject.toml", '[tool.lrlint]\nextend = "base/strict.toml"\nmode = "graph"\nignore = ["LRL102"]\n')
    assert settings().mode == "graph"
    assert enabled() == "001 101 201"
    assert settings().exclude == (f"{here.as_posix()}/base/gen/x", "third")


def test_a_select_puts_away_what_was_said_before() -> None:
    write("base.toml", 'ignore = ["LRL101"]\nextend-select = ["LRL2"]\n')
    write("lrlint.toml", 'extend = "base.toml"\nselect = ["LRL1"]\n')
    assert enabled() == "101 102"
    assert enabled(ignore=("LRL102",)) == "101"
    assert enabled(extend_select=("LRL2",)) == "101 102 201"
    assert enabled(select=("LRL3",)) == "301"


@pytest.mark.parametrize(
    ("table", "flags", "expected"),
    [
        ('ignore = ["LRL101"]', {"extend_select": ("LRL101",)}, "001 101 102 201 301"),
        ('ignore = ["LRL101"]', {"select": ("LRL1",)}, "101 102"),
        ('select = ["LRL101", "LRL2"]', {"ignore": ("LRL1",)}, "201"),
        ('select = ["LRL101"]', {"ignore": ("LRL2",)}, "101"),
        ('select = ["LRL101"]', {"extend_select": ("LRL2",)}, "101 201"),
        ("select = []", {}, ""),
        ('ignore = ["ALL"]', {}, ""),
        ('ignore = ["LRL"]\nextend-select = ["LRL103", "LRL101"]', {}, "101"),
    ],
)
def test_flags_win(table: str, flags: dict[str, object], expected: str) -> None:
    write("lrlint.toml", table)
    assert enabled(**flags) == expected


def test_flags_win_over_all_other_keys() -> None:
    write(
        "lrlint.toml",
        'mode = "eager"\nexclude = ["a"]\nextend-exclude = ["b"]\nfixable = ["LRL1"]\nunfixable = ["LRL2"]\n',
    )
    found = settings(mode="graph", exclude=("c",), extend_exclude=("d",), fixable=("LRL3",), unfixable=("LRL1",))
    assert (found.mode, found.exclude, found.extend_exclude) == ("graph", ("c",), ("b", "d"))
    assert (found.fixable, found.unfixable) == (("LRL3",), ("LRL1",))


def test_per_file_ignores() -> None:
    write(
        "lrlint.toml",
        '[per-file-ignores]\n"tests/*" = ["LRL2"]\n"conftest.py" = ["LRL"]\n"!src/**.py" = ["LRL001", "LRL3"]\n',
    )
    assert enabled("src/a.py") == "001 101 102 201 301"
    assert enabled("src/tests/a.py") == "001 101 102 201 301"
    assert enabled("tests/deep/a.py") == "101 102"
    assert enabled("src/deep/conftest.py") == ""
    assert enabled("src/deep/conftest.py", select=("LRL1",)) == ""
    assert enabled("tests/a.py", per_file_ignores=(("tests/*", ("LRL1",)),)) == "001 201 301"


def test_globs_count_from_the_directory_of_their_file() -> None:
    write("src/lrlint.toml", 'extend-exclude = ["gen/*.py", "old"]\n[per-file-ignores]\n"gen/*" = ["LRL1"]\n')
    assert enabled("src/gen/a.py") == "001 201 301"
    excluded = Configurations().excluded("src")
    assert excluded.path("src/gen/a.py")
    assert excluded.path("src/x/old/a.py")
    assert not excluded.path("src/x/gen/a.py")


def test_a_directory_may_hold_what_globs_are_made_of() -> None:
    write("a[1]*/lrlint.toml", '[per-file-ignores]\n"gen/*" = ["LRL1"]\n')
    assert enabled("a[1]*/gen/a.py") == "001 201 301"


def test_the_command_takes_it_all(run: Run) -> None:
    write("pyproject.toml", '[tool.lrlint]\noutput-format = "json"\nextend-exclude = ["gen"]\nmode = "eager"\n')
    write("a.py", PROGRAM)
    write("gen/a.py", PROGRAM)
    code, out, err = run()
    assert (code, err) == (1, "")
    assert [(found["filename"], found["code"]) for found in json.loads(out)] == [("a.py", "LRL201")]
    assert run("--mode", "graph") == (0, "[]\n", "")
    assert run("--output-format", "concise", "--per-file-ignores", "a.py:LRL2") == (0, "No findings in 1 file.\n", "")
    assert run("--isolated", "--output-format", "concise") == (0, "No findings in 2 files.\n", "")
    write("none.toml", 'ignore = ["LRL2"]\n')
    assert run("--config", "none.toml", "--mode", "eager") == (0, "No findings in 2 files.\n", "")


def test_standard_input_is_configured_by_its_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    write("src/lrlint.toml", 'mode = "eager"\n')
    for arguments, code in ((("-",), 0), (("--stdin-filename", "src/a.py"), 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PROGRAM.encode())))
        assert run("-q", *arguments)[0] == code


# Errors: one line each, exit code 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('selct = ["LRL1"]', "2: unknown key `selct`; did you mean `select`?"),
        ("per_file_ignores = {}", "2: unknown key `per_file_ignores`; did you mean `per-file-ignores`?"),
        ("[tool.lrlint.lint]\nselect = []", "2: unknown key `lint`"),
        ('mode = "eager"\n\n"nonsense" = 1', "4: unknown key `nonsense`"),
        ('mode = "lazy"', "2: unknown mode `lazy`; known are `auto`, `eager` and `graph`"),
        ("mode = 1", "2: `mode` must be a string, not an integer"),
        ('select = "LRL1"', "2: `select` must be a list of strings, not a string"),
        ("select = [1]", "2: `select` must be a list of strings, and an integer is among them"),
        ("exclude = true", "2: `exclude` must be a list of strings, not a boolean"),
        ("exclude = [1.5]", "2: `exclude` must be a list of strings, and a float is among them"),
        ("exclude = 1979-05-27", "2: `exclude` must be a list of strings, not a date or time"),
        ('select = ["LRL1", "LRL999"]', "2: unknown code `LRL999` in `select`"),
        ('select = [\n  "LRL1",\n  "lrl2",\n]', "2: unknown code `lrl2` in `select`; did you mean `LRL2`?"),
        ('ignore = ["list-step"]', "2: unknown code `list-step` in `ignore`; did you mean `LRL103`?"),
        ('extend-select = [""]', "2: empty code in `extend-select`"),
        ('unfixable = ["E501"]', "2: unknown code `E501` in `unfixable`"),
        ('extend-safe-fixes = ["E501"]', "2: unknown code `E501` in `extend-safe-fixes`"),
        ("per-file-ignores = []", "2: `per-file-ignores` must be a table of globs and codes, not a list"),
        (
            'per-file-ignores = {"a.py" = "LRL1"}',
            '2: `per-file-ignores."a.py"` must be a list of strings, not a string',
        ),
        (
            '[tool.lrlint.per-file-ignores]\n"a.py" = ["LRL999"]',
            '3: unknown code `LRL999` in `per-file-ignores."a.py"`',
        ),
        ("preview = 1", "2: `preview` must be true or false, not an integer"),
        ('output-format = "xml"', "2: unknown output format `xml`; known are "),
        ("jobs = true", "2: `jobs` must be a whole number, not a boolean"),
        ("jobs = 0", "2: `jobs` must be at least 1, not 0"),
        ("extend = []", "2: `extend` must be a string, not a list"),
        ('extend = "base.toml"', "2: `extend`: base.toml: no such file or directory"),
        ('extend = "."', "2: `extend`: .: it is a directory"),
        ('extend = "pyproject.toml"', "2: `extend` leads back to pyproject.toml"),
        ('select = ["LRL9"]\nselct = []', "2: unknown code `LRL9` in `select`"),
        ("select = [", "2:1: not TOML: invalid value"),
        ("select = LRL1", "2:10: not TOML: invalid value"),
        ('mode = "a"\nmode = "b"', "3:11: not TOML: cannot overwrite a value"),
    ],
)
def test_errors_are_one_line(run: Run, text: str, words: str) -> None:
    write("a.py", PROGRAM)
    write("pyproject.toml", f"[tool.lrlint]\n{text}\n")
    code, out, err = run("a.py")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    if words.endswith(" "):
        assert err.startswith(f"lrlint: error: pyproject.toml:{words}")
    else:
        assert err == f"lrlint: error: pyproject.toml:{words}\n"
    assert run("config") == (2, "", err)
    assert run("--isolated", "-q", "a.py") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--config", "missing.toml"], "missing.toml: no such file or directory"),
        (["--config", "."], ".: is a directory"),
        (["--config", "nul\0"], "nul␀: not a path"),
        (["--config", "pyproject.toml"], "pyproject.toml: has no `[tool.lrlint]`"),
        (["--config", "bad.toml"], "bad.toml:1: unknown key `lint`"),
        (["--config", "latin.toml"], "latin.toml:2: not UTF-8, as TOML has to be"),
        (["--config", "tool/pyproject.toml"], "tool/pyproject.toml:1: `tool.lrlint` must be a table"),
        (["--config", "one.toml"], "two.toml:1: `extend` leads back to one.toml"),
        (["--config", "three.toml"], "three.toml:1: `extend`: pyproject.toml has no `[tool.lrlint]`"),
        (["--config", "one.toml", "--isolated"], "`--config` and `--isolated` contradict each other"),
        (
            ["--per-file-ignores", "a.py"],
            "`--per-file-ignores` takes a glob and a code, such as `tests/*:LRL2`, not `a.py`",
        ),
        (
            ["--per-file-ignores", "a.py:LRL999"],
            'unknown code `LRL999` in `per-file-ignores."a.py"`',
        ),
        (["config", "missing"], "missing: no such file or directory"),
        (["config", "a", "b"], "got unexpected extra argument (b)"),
        (["config", "--output-format", "toml"], "unknown output format `toml`; known are `text` and `json`"),
    ],
)
def test_errors_of_flags_are_one_line(run: Run, arguments: list[str], words: str) -> None:
    write("pyproject.toml", "[tool.other]\n# lrlint\n")
    write("bad.toml", "[lint]\n")
    Path("latin.toml").write_bytes("# \n# größer\n".encode("latin-1"))
    write("tool/pyproject.toml", "tool.lrlint = 1\n")
    write("one.toml", 'extend = "two.toml"\n')
    write("two.toml", 'extend = "one.toml"\n')
    write("three.toml", 'extend = "pyproject.toml"\n')
    assert run(*arguments) == (2, "", f"lrlint: error: {words}\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the system lets root read everything")
def test_a_file_that_cannot_be_read(run: Run) -> None:
    write("lrlint.toml")
    Path("lrlint.toml").chmod(0)
    assert run() == (2, "", "lrlint: error: lrlint.toml: permission denied\n")


def test_a_file_that_may_not_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("lrlint.toml")

    def refuse(path: str, mode: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("lrlint.configuration.tables.open", refuse, raising=False)
    assert run() == (2, "", "lrlint: error: lrlint.toml: permission denied\n")


def test_a_wrong_file_below_is_told_before_anything_is_printed_or_written(run: Run) -> None:
    write("lrlint.toml", 'mode = "eager"\n')
    write("a.py", PROGRAM)
    write("src/lrlint.toml", "mode = 1\n")
    write("src/a.py", PROGRAM)
    assert run("--fix") == (2, "", "lrlint: error: src/lrlint.toml:1: `mode` must be a string, not an integer\n")
    assert Path("a.py").read_text() == PROGRAM


# Lines


def test_the_lines_of_keys() -> None:
    text = (
        '# a comment\na = 1\n\n[tool]\nb.c = """\n[d]\ne = 1\n"""\n[tool."x.y"] # more\nf = [\n  "]", # ]\n'
        '  [1],\n]\n"g" = {h = 1}\n[[z]]\ni = 1\n[[z]]\ni = 2\n'
    )
    assert key_lines(text) == {
        ("a",): 2,
        ("tool",): 4,
        ("tool", "b"): 5,
        ("tool", "b", "c"): 5,
        ("tool", "x.y"): 9,
        ("tool", "x.y", "f"): 10,
        ("tool", "x.y", "g"): 14,
        ("tool", "x.y", "g", "h"): 14,
        ("z",): 15,
        ("z", "i"): 16,
    }


# lrlint config


def test_config_prints_what_holds_and_where_it_was_said(run: Run, here: Path) -> None:
    write("base.toml", '# ours\nignore = ["LRL205"]\nexclude = ["third", "gen/x"]\n')
    write(
        "pyproject.toml",
        '[tool.lrlint]\nextend = "base.toml"\nmode = "eager"\n\n[tool.lrlint.per-file-ignores]\n"src/*.py" = ["LRL1"]\n',
    )
    write("src/a.py")
    code, out, err = run("config", "src/a.py", "--ignore", "LRL2,LRL3")
    assert (code, err) == (0, "")
    *lines, silent = out.splitlines()
    assert lines == [
        "# src/a.py: pyproject.toml",
        'select = ["ALL"]  # default',
        'ignore = ["LRL205", "LRL2", "LRL3"]  # base.toml:2, --ignore',
        "extend-select = []  # default",
        'per-file-ignores = {"src/*.py" = ["LRL1"]}  # pyproject.toml:5',
        "preview = false  # default",
        'mode = "eager"  # pyproject.toml:3',
        'fixable = ["ALL"]  # default',
        "unfixable = []  # default",
        "extend-safe-fixes = []  # default",
        "extend-unsafe-fixes = []  # default",
        'exclude = ["third", "gen/x"]  # base.toml:3',
        "extend-exclude = []  # default",
        "respect-gitignore = true  # default",
        "# output-format is not set",
        "# jobs is not set",
        "# cache-dir is not set",
    ]
    assert silent.startswith("# not reported: LRL002, LRL101, LRL102, ")
    assert "LRL001" not in silent
    assert "not reported: LRL002, LRL205\n" in run("config")[1]


def test_config_prints_toml_that_means_the_same(run: Run) -> None:
    _, out, _ = run("config", "--isolated", "--extend-exclude", 'a "b", ü,\\d')
    write("again.toml", out)
    again = Configurations(config="again.toml").settings("a.py")
    assert again == settings(extend_exclude=('a "b"', "ü", "\\d"))


def test_config_says_why_a_file_is_not_read(run: Run) -> None:
    write("lrlint.toml", 'extend-exclude = ["gen"]\n')
    write(".gitignore", "*_pb2.py\n")
    for path in ("gen/a.py", "src/a_pb2.py", "src/a.py"):
        write(path)
    excluded = "# left out by `exclude`, and read only where it is named\n"
    ignored = "# left out, because git ignores it, and read only where it is named\n"
    assert run("config", "gen/a.py")[1].startswith(f"# gen/a.py: lrlint.toml\n{excluded}select")
    assert run("config", "src/a_pb2.py")[1].startswith(f"# src/a_pb2.py: lrlint.toml\n{ignored}select")
    for arguments in (("src/a.py",), ("src",), ("--no-respect-gitignore", "src/a_pb2.py")):
        assert "left out" not in run("config", *arguments)[1]
    _, out, _ = run("config", "--output-format", "json", "gen/a.py")
    assert json.loads(out)["left_out"] == "left out by `exclude`"


def test_config_says_what_holds_for_the_run(run: Run) -> None:
    write("lrlint.toml", "jobs = 2\n")
    write("src/lrlint.toml", 'jobs = 3\noutput-format = "json"\nmode = "eager"\n')
    _, out, _ = run("config", "src")
    assert 'mode = "eager"  # src/lrlint.toml:3\n' in out
    assert "# output-format is not set\njobs = 2  # lrlint.toml:1\n" in out


def test_config_as_json(run: Run) -> None:
    write("lrlint.toml", 'mode = "eager"\nignore = ["LRL205"]\n[per-file-ignores]\n"a/b" = ["LRL1"]\n')
    code, out, err = run("config", "--output-format", "json", "--ignore", "LRL2")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert (document["path"], document["file"]) == (".", "lrlint.toml")
    assert document["settings"]["mode"] == {"value": "eager", "from": [{"file": "lrlint.toml", "line": 1}]}
    assert document["settings"]["ignore"] == {
        "value": ["LRL205", "LRL2"],
        "from": [{"file": "lrlint.toml", "line": 2}, {"flag": "--ignore"}],
    }
    assert document["settings"]["per-file-ignores"]["value"] == {"a/b": ["LRL1"]}
    assert document["settings"]["jobs"] == {"value": None, "from": []}
    assert list(document["settings"]) == [key.name for key in KEYS if key.name != "extend"]
    assert document["rules"]["LRL101"] is True
    assert document["rules"]["LRL201"] is False


def test_a_setting_of_the_api_that_means_nothing() -> None:
    with pytest.raises(SettingsError, match=r"^unknown code `E501` in `per-file-ignores`$"):
        Settings(per_file_ignores=(("a.py", ("E501",)),)).validate()


def test_the_api_knows_what_is_ignored_in_a_file() -> None:
    settings = Settings(mode="eager", per_file_ignores=(("old/*.py", ("LRL201",)),))
    assert [found.code for found in lrlint.check(PROGRAM, settings=settings)] == ["LRL201"]
    assert lrlint.check(PROGRAM, path="old/a.py", settings=settings) == []
    assert lrlint.fix(PROGRAM, path="old/a.py", settings=settings).source.text == PROGRAM
