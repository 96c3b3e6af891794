"""What README.md tells people to paste: into their editors, their CI, and other tools' configuration."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from test_readme import blocks

(PROGRAM,) = blocks("python")
WORKFLOWS = [block for block in blocks("yaml") if "\njobs:\n" in block]
(GITLAB,) = (block for block in blocks("yaml") if "\n  script:\n" in block)


def module(name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", name, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


# Editors


def editors() -> dict[str, list[str]]:
    """The command with which each editor starts the server."""
    (settings,), (lua,), (elisp,) = blocks("json"), blocks("lua"), blocks("elisp")
    code = json.loads(settings)
    (table,) = re.findall(r"cmd = \{(.*?)\}", lua)
    (words,) = re.findall(r"\. \(([^()]*)\)", elisp)
    return {
        "VS Code": [code["glspc.server.command"], *code["glspc.server.commandArguments"]],
        "Neovim": re.findall(r'"(.*?)"', table),
        "Emacs": re.findall(r'"(.*?)"', words),
    }


@pytest.mark.parametrize("editor", ["VS Code", "Neovim", "Emacs"])
def test_the_server_of_an_editor_starts_and_finds(editor: str) -> None:
    command, *arguments = editors()[editor]
    assert command == "lrlint"
    assert asyncio.run(told([sys.executable, "-m", command, *arguments])) == ["LRL101", "LRL201"]


async def told(command: list[str]) -> list[str]:
    """The codes that a server tells of the program."""
    client = LanguageClient("test", "1")
    found: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def publish(params: lsp.PublishDiagnosticsParams) -> None:
        found.set_result([str(each.code) for each in params.diagnostics])

    await client.start_io(*command)
    await client.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities()))
    client.initialized(lsp.InitializedParams())
    document = lsp.TextDocumentItem("file:///train.py", "python", 1, PROGRAM)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
    codes = await asyncio.wait_for(found, 60)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return codes


def test_snippets_are_what_they_say() -> None:
    for snippet in (*blocks("lua"), *blocks("elisp")):
        assert snippet.count("(") == snippet.count(")")
        assert snippet.count("{") == snippet.count("}")


# CI


@pytest.mark.parametrize(
    ("schema", "text"), [*(("github-workflows", text) for text in WORKFLOWS), ("gitlab-ci", GITLAB)]
)
def test_ci_files_obey_the_schemas_of_their_services(tmp_path: Path, schema: str, text: str) -> None:
    (tmp_path / "ci.yml").write_text(text, "utf-8")
    done = module("check_jsonschema", "--builtin-schema", f"vendor.{schema}", "ci.yml", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def run_step(lines: list[str], directory: Path) -> subprocess.CompletedProcess[str]:
    """The step of a job that runs lrlint, which an earlier one has installed."""
    install, command = lines
    assert install == 'pip install "lrlint @ git+https://github.com/lrlint/lrlint@v0.1.0"'
    name, *arguments = command.split()
    assert name == "lrlint"
    (directory / "train.py").write_text(PROGRAM, "utf-8")
    return module(name, *arguments, cwd=directory)


def steps(workflow: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The commands of a workflow's only job, and the actions that it uses."""
    (job,) = yaml.safe_load(workflow)["jobs"].values()
    return (
        [step["run"] for step in job["steps"] if "run" in step],
        [step for step in job["steps"] if "uses" in step],
    )


def test_the_annotations_of_the_workflow(tmp_path: Path) -> None:
    commands, _ = steps(WORKFLOWS[0])
    done = run_step(commands, tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert [line.partition("::")[2].partition(",")[0] for line in done.stdout.splitlines()] == [
        "error title=LRL101 missing-global-step",
        "error title=LRL201 printed-schedule",
    ]


def test_the_workflow_uploads_the_file_that_it_writes(tmp_path: Path) -> None:
    commands, uses = steps(WORKFLOWS[1])
    done = run_step(commands, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    upload = uses[-1]
    assert upload["uses"].startswith("github/codeql-action/upload-sarif@")
    log = json.loads((tmp_path / upload["with"]["sarif_file"]).read_text())
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["LRL101", "LRL201"]


def test_gitlab_is_given_the_file_that_is_written(tmp_path: Path) -> None:
    job = yaml.safe_load(GITLAB)["lrlint"]
    done = run_step(job["script"], tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert job["artifacts"]["when"] == "always"
    report = json.loads((tmp_path / job["artifacts"]["reports"]["codequality"]).read_text())
    jsonschema.validate(report, {"type": "array", "minItems": 2})


def test_flake8_fails_where_the_plugin_is_required_and_missing(tmp_path: Path) -> None:
    (block,) = blocks("ini")
    (tmp_path / ".flake8").write_text(block.replace("= lrlint", "= lrlint, no-such-plugin"))
    done = module("flake8", cwd=tmp_path)
    assert done.returncode == 1
    assert "- missing: no-such-plugin\n" in done.stdout


# Other tools


def test_ruff_keeps_our_comments_if_it_is_told_to(tmp_path: Path) -> None:
    pytest.importorskip("ruff", reason="ruff is not installed here")
    _, block = blocks("toml")
    commented = PROGRAM.replace('print("rate:", rate)', 'print("rate:", rate)  # noqa: LRL201')
    assert commented != PROGRAM
    flags = ("--preview", "--select", "RUF100,RUF102", "--fix", "--no-cache", "train.py")
    for configuration, kept in (("", PROGRAM), (block, commented)):
        (tmp_path / "pyproject.toml").write_text(configuration)
        (tmp_path / "train.py").write_text(commented, "utf-8")
        assert module("ruff", "check", *flags, cwd=tmp_path).returncode == 0
        assert (tmp_path / "train.py").read_text("utf-8") == kept


def test_nbqa_runs_the_plugin_over_notebooks() -> None:
    pytest.importorskip("nbqa", reason="nbQA is not installed here")
    notebook = "fixtures/line_notebook/wrong.ipynb"
    done = module("nbqa", "flake8", notebook, "--select", "LRL", cwd=Path(__file__).parent.parent)
    assert re.findall(r"^(.*?): (LRL\d+) ", done.stdout, re.MULTILINE) == [
        (f"{notebook}:cell_5:3:5", "LRL101"),
        (f"{notebook}:cell_5:4:35", "LRL201"),
    ]
