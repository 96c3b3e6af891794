"""README.md, word by word: its shell blocks are run, its programs too, and its rule table is the registry's.

What lrlint and flake8 print in it, the rule table and the picture are written by ``python tests/test_readme.py``.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from lrlint.configuration import Configurations
from lrlint.configuration.keys import KEYS
from lrlint.report import rule_table
from lrlint.rules import all_rules

if TYPE_CHECKING:
    from oracle import Oracle

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / ".readme" / "rate.svg"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RULES = re.compile(r"(?<=-->\n)(.*?)(?=<!-- end of rules -->)", re.DOTALL)


def blocks(language: str) -> list[str]:
    return [body for name, body in _BLOCK.findall(README.read_text("utf-8")) if name == language]


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, with what is shown under each."""
    return [(command, output) for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]


def run(command: str, directory: Path) -> str:
    """What a terminal would show of a command, which is this checkout's, whatever is on the path."""
    module, *arguments = shlex.split(command)
    assert module in ("lrlint", "flake8"), f"not a command that README.md may show: {command}"
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={
            **os.environ,
            "COLUMNS": "80",
            "LRLINT_NO_CACHE": "1",
            "NO_COLOR": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        },
    )
    assert "Traceback" not in done.stdout, done.stdout
    return done.stdout


def prepare(directory: Path) -> Path:
    """A directory as README.md's reader has it: the program under the two names that the text gives it."""
    (program,) = blocks("python")
    for name in ("train.py", "wrong.py"):
        (directory / name).write_text(program, "utf-8")
    shutil.copytree(ROOT / "fixtures", directory / "fixtures")
    return directory


def transcript(directory: Path) -> Iterator[tuple[str, str, str | None]]:
    """Each command, what README.md shows and what it prints; ``None`` for a program, which is for the caller to run."""
    for block in blocks("console"):
        for command, shown in commands(block):
            yield command, shown, None if command.startswith("python ") else run(command, directory)


def test_the_commands_print_what_is_shown(tmp_path: Path) -> None:
    for command, shown, output in transcript(prepare(tmp_path)):
        if output is None:
            continue
        if command.endswith("--help"):
            assert output.split() == shown.split()  # click wraps it, and may wrap it otherwise tomorrow
        else:
            assert output == shown, command


def test_the_programs_print_what_is_shown(tmp_path: Path, tf115: Oracle) -> None:
    programs = 0
    for command, shown, output in transcript(prepare(tmp_path)):
        if output is None:
            pattern = re.escape(shown).replace(r"\.\.\.", ".*?")
            seen = tf115.run(tmp_path / command.removeprefix("python "))
            assert seen.error is None
            assert re.fullmatch(pattern, seen.output), seen.output
            programs += 1
    assert programs == 2


def test_the_two_commands_come_first() -> None:
    first, second, *others = blocks("sh")
    assert others == []
    assert first == "python -m venv .venv && .venv/bin/pip install . && .venv/bin/lrlint fixtures/\n"
    assert second == 'python -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/pytest\n'
    assert README.read_text("utf-8").index("```sh") < 300


def test_linting_the_fixtures_exits_as_it_says() -> None:
    done = subprocess.run([sys.executable, "-m", "lrlint", "fixtures/"], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_rule_table_is_the_registry() -> None:
    (table,) = _RULES.findall(README.read_text("utf-8"))
    assert table == f"\n{rule_table.markdown(all_rules())}\n", "run `python tests/test_readme.py`"


def test_the_files_it_leads_to_exist() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README.read_text("utf-8"))
    assert targets != []
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_the_pre_commit_configuration_names_hooks_that_exist() -> None:
    block = next(block for block in blocks("yaml") if block.startswith("repos:"))
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = yaml.safe_load(block)["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == {hook["id"] for hook in hooks}


def test_the_flake8_configuration_is_taken(tmp_path: Path) -> None:
    (block,) = blocks("ini")
    (tmp_path / ".flake8").write_text(block)
    program = "import tensorflow as tf\nstep = tf.Variable(0)\nprint(tf.train.exponential_decay(0.1, step, 1, 0.5))\n"
    (tmp_path / "a.py").write_text(program)
    assert run("flake8 --isolated --select LRL a.py", tmp_path) == ""
    assert "LRL201" in run("flake8 a.py", tmp_path)


def test_the_configuration_is_taken_and_names_every_key(tmp_path: Path) -> None:
    block, _ = blocks("toml")
    (tmp_path / "pyproject.toml").write_text(block, "utf-8")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "lrlint.toml").write_text('ignore = ["LRL304"]\n', "utf-8")
    configuration = Configurations().of(str(tmp_path))
    assert {key.name for key in KEYS if configuration.said(key.name)} == {key.name for key in KEYS} - {"extend"}
    assert re.findall(r"^([a-z-]+) =", block, re.MULTILINE) == [
        key.name for key in KEYS if key.name != "per-file-ignores"
    ]
    assert not configuration.settings.enabled("LRL205")


def draw(directory: Path) -> bytes:
    """The picture of the program, drawn by the command that the text names."""
    (command,) = re.findall(r"`(lrlint explain --plot .*?)`", README.read_text("utf-8"))
    run(command, directory)
    return (directory / "rate.svg").read_bytes()


def test_the_picture_is_of_the_program(tmp_path: Path) -> None:
    drawn, shown = draw(prepare(tmp_path)), PICTURE.read_bytes()
    (version,) = re.findall(rb"Matplotlib v[\d.]+", shown)
    if version not in drawn:
        pytest.skip(f"the picture is {version.decode()}'s, and another one draws it otherwise")
    assert drawn == shown, "run `python tests/test_readme.py`"


def rewrite(text: str) -> str:
    """README.md with what is printed today, and the rules there are today."""
    with tempfile.TemporaryDirectory() as directory:
        printed = {(command, shown): output for command, shown, output in transcript(prepare(Path(directory)))}

    def block(match: re.Match[str]) -> str:
        if match[1] != "console":
            return match[0]
        body = "".join(
            f"$ {command}\n{shown if printed[command, shown] is None else printed[command, shown]}"
            for command, shown in commands(match[2])
        )
        return f"```console\n{body}```"

    return _RULES.sub(lambda _: f"\n{rule_table.markdown(all_rules())}\n", _BLOCK.sub(block, text))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        PICTURE.write_bytes(draw(prepare(Path(home))))
    README.write_text(rewrite(README.read_text("utf-8")), "utf-8")
