"""The formats for machines, each one read as its own consumer reads it: by its schema, or by its parser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import __version__
from lrlint.config import Settings
from lrlint.edits import Splicing, splices
from lrlint.finding import Finding, Location
from lrlint.report import FOR_PEOPLE, FORMATS, Reported, applicable, renderer
from lrlint.run import Job, examine
from lrlint.source import Source

DATA = Path(__file__).parent / "data"
FIXTURES = Path(__file__).parent.parent / "fixtures"
FOR_MACHINES = tuple(name for name in FORMATS if name not in FOR_PEOPLE)

PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)
for _ in range(30):
    optimizer.minimize(lambda: weight ** 2)
print("größe 😀:", rate)
print("größe 😀:", rate)
"""

NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "code", "source": rows, "metadata": {}, "outputs": [], "execution_count": None}
            for rows in (PROGRAM.splitlines(keepends=True)[:5], PROGRAM.splitlines(keepends=True)[5:])
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 2,
    }
)
"""The program, its first five rows in one cell, and the others in the next one."""


def reported(text: str = PROGRAM, path: str = "a.py") -> list[Reported]:
    return examine(path, text.encode(), Job(Settings())).reported()


def render(output_format: str, found: list[Reported], *, unsafe: bool = False) -> str:
    return renderer(output_format)(found, unsafe=unsafe)


@cache
def from_fixtures() -> list[Reported]:
    """Every mistake in the fixtures: hundreds of edits, over one and several lines."""
    files = sorted(FIXTURES.rglob("*.py"))
    return [each for file in files for each in reported(file.read_text("utf-8"), file.relative_to(FIXTURES).as_posix())]


def words(each: Reported) -> str:
    """The code that a finding stands on."""
    source = each.source
    assert source is not None
    return source.text[source.offset(each.finding.location) : source.offset(each.finding.end_location)]


def fixed(each: Reported) -> str:
    """The text with the fix of a finding applied, by itself."""
    assert each.source is not None
    assert each.finding.fix is not None
    return Splicing(splices(each.source, each.finding.fix)).apply(each.source.text)


def test_where_something_is() -> None:
    assert [each.where for each in reported(NOTEBOOK, "a.ipynb")] == [
        "a.ipynb:cell 2:4:5",
        "a.ipynb:cell 2:5:19",
        "a.ipynb:cell 2:6:19",
    ]


def test_where_something_is_in_a_program() -> None:
    assert [each.where for each in reported()] == ["a.py:9:5", "a.py:10:19", "a.py:11:19"]


@pytest.mark.parametrize("name", FOR_MACHINES)
def test_formats_are_ascii_and_end_in_a_newline(name: str) -> None:
    text = render(name, reported(path="größe.py"))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text.isascii() or name == "github"  # which has no way to write them otherwise


# JSON, and JSON by the line


def test_json_lines_are_the_objects_of_json() -> None:
    found = from_fixtures()
    text = render("json-lines", found)
    assert [json.loads(line) for line in text.splitlines()] == json.loads(render("json", found))
    assert text.count("\n") == len(found) > 20
    assert render("json-lines", []) == ""


# SARIF


@pytest.fixture(scope="module")
def sarif_schema() -> dict[str, Any]:
    """The schema as Microsoft publishes it with its SARIF tools (``@microsoft/sarif-multitool``, MIT)."""
    schema: dict[str, Any] = json.loads((DATA / "sarif-2.1.0.json").read_text("utf-8"))
    return schema


def sarif(found: list[Reported]) -> dict[str, Any]:
    """The only run of the log."""
    log = json.loads(render("sarif", found))
    (run,) = log["runs"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    return run  # type: ignore[no-any-return]


def region_of(source: Source, region: dict[str, int]) -> tuple[int, int]:
    """The offsets of a region, as a reader of SARIF takes them: rows and columns from 1, the end not in it."""
    return (
        source.offset(Location(region["startLine"], region["startColumn"])),
        source.offset(Location(region["endLine"], region["endColumn"])),
    )


@pytest.mark.parametrize("find", [list, reported, from_fixtures])
def test_sarif_obeys_the_schema(sarif_schema: dict[str, Any], find: Callable[[], list[Reported]]) -> None:
    log = json.loads(render("sarif", find()))
    jsonschema.validate(log, sarif_schema, format_checker=jsonschema.FormatChecker())


def test_sarif_of_a_notebook_obeys_the_schema(sarif_schema: dict[str, Any]) -> None:
    jsonschema.validate(json.loads(render("sarif", reported(NOTEBOOK, "a.ipynb"))), sarif_schema)


def test_a_sarif_result() -> None:
    run = sarif(reported())
    result = run["results"][0]
    assert run["tool"]["driver"]["version"] == __version__
    assert result["ruleId"] == "LRL101"
    assert result["level"] == "error"
    assert result["message"]["text"] == reported()[0].finding.message
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a.py", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 9, "startColumn": 5, "endLine": 9, "endColumn": 44},
            }
        }
    ]
    assert [(place["id"], place["message"]["text"]) for place in result["relatedLocations"]] == [
        (1, "the step is made here"),
        (2, "the schedule is made here"),
        (3, "the optimizer is made here"),
    ]
    assert result["fixes"] == [
        {
            "description": {"text": "Add `global_step=step`"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "a.py", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 9, "startColumn": 43, "endLine": 9, "endColumn": 43},
                            "insertedContent": {"text": ", global_step=step"},
                        }
                    ],
                }
            ],
            "properties": {"applicability": "safe", "reason": None},
        }
    ]
    properties = result["properties"]
    assert (properties["mode"], properties["evidence"]) == ("eager", "`enable_eager_execution()` is called")
    assert properties["effect"] == json.loads(render("json", reported()))[0]["effect"]
    assert (properties["effect"]["decay"], properties["effect"]["way"]) == ("exponential_decay", "frozen")
    assert result["message"]["text"].endswith(properties["effect"]["text"])


def test_sarif_rules_are_those_that_were_met_with_their_pages() -> None:
    run = sarif(from_fixtures())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    for rule in rules:
        assert rule["help"]["markdown"].startswith(f"# {rule['name']} ({rule['id']})\n")
        assert rule["fullDescription"]["text"].startswith(("Finds ", "Reports "))
        assert "\n" not in rule["fullDescription"]["text"]
        assert "## " not in rule["help"]["text"]
        assert rule["helpUri"].endswith(f"/lrlint/rules/{rule['name'].replace('-', '_')}.md")
    assert sarif([])["tool"]["driver"]["rules"] == []


def test_sarif_regions_and_fixes_mean_what_lrlint_means() -> None:
    found = from_fixtures()
    fixes = 0
    for each, result in zip(found, sarif(found)["results"], strict=True):
        source = each.source
        assert source is not None
        (location,) = result["locations"]
        start, end = region_of(source, location["physicalLocation"]["region"])
        assert source.text[start:end] == words(each)
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            assert change["artifactLocation"]["uri"] == each.path
            text = source.text
            pieces = [
                (*region_of(source, piece["deletedRegion"]), piece["insertedContent"]["text"])
                for piece in change["replacements"]
            ]
            for start, end, content in sorted(pieces, reverse=True):
                text = text[:start] + content + text[end:]
            assert text == fixed(each)
            fixes += 1
    assert fixes > 20


def test_sarif_fingerprints_survive_what_moves_a_finding() -> None:
    def prints(text: str, path: str = "a.py") -> list[str]:
        return [result["partialFingerprints"]["lrlint/v1"] for result in sarif(reported(text, path))["results"]]

    before = prints(PROGRAM)
    assert len(set(before)) == 3  # two of them stand on lines that are alike
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in before)
    assert prints("# a licence\n\n\n" + PROGRAM) == before
    assert prints(PROGRAM.replace("range(30)", "range(31)").replace("    optimizer", "        optimizer")) == before
    assert prints(PROGRAM.replace("\n", "\r\n")) == before
    assert not set(prints(PROGRAM, "b.py")) & set(before)
    assert prints(PROGRAM.replace("weight ** 2", "weight ** 3"))[1:] == before[1:]
    assert prints(PROGRAM.replace("weight ** 2", "weight ** 3"))[0] != before[0]


def test_a_sarif_fingerprint_does_not_hang_on_the_wording() -> None:
    (first, *_) = reported()
    other = first._replace(finding=replace(first.finding, message="the rate stays at 0.1 for ever"))
    assert [sarif([each])["results"][0]["partialFingerprints"] for each in (first, other)] == [
        {"lrlint/v1": sarif([first])["results"][0]["partialFingerprints"]["lrlint/v1"]}
    ] * 2


def test_sarif_of_a_notebook_names_the_cell_and_fixes_nothing() -> None:
    result = sarif(reported(NOTEBOOK, "dir/a.ipynb"))["results"][0]
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"name": "cell 2", "fullyQualifiedName": "dir/a.ipynb:cell 2"}]
    assert location["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 44}
    assert result["relatedLocations"][0]["logicalLocations"][0]["name"] == "cell 1"
    assert "fixes" not in result


@pytest.mark.parametrize(
    ("path", "uri", "base"),
    [
        ("src/a b.py", "src/a%20b.py", "%SRCROOT%"),
        ("größe#1.py", "gr%C3%B6%C3%9Fe%231.py", "%SRCROOT%"),
        ("a:b.py", "a%3Ab.py", "%SRCROOT%"),
        ("100%.py", "100%25.py", "%SRCROOT%"),
        ("gr\udcff.py", "gr%FF.py", "%SRCROOT%"),
        ("../a.py", "../a.py", "%SRCROOT%"),
        ("/tmp/a b.py", "file:///tmp/a%20b.py", None),
    ],
)
def test_sarif_paths_are_uris(sarif_schema: dict[str, Any], path: str, uri: str, base: str | None) -> None:
    found = [each._replace(path=path) for each in reported()]
    location = sarif(found)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (location["uri"], location.get("uriBaseId")) == (uri, base)
    assert unquote(uri, errors="surrogateescape").removeprefix("file://") == path
    jsonschema.validate(json.loads(render("sarif", found)), sarif_schema)


# GitHub


def annotations(text: str) -> list[tuple[dict[str, str], str]]:
    """The commands as the runner of GitHub Actions reads them."""
    found = []
    for line in text.removesuffix("\n").split("\n") if text else ():
        match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
        assert match is not None
        assert match[1] == "error"
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        found.append(({name: _unescaped(value) for name, value in properties.items()}, _unescaped(match[3])))
    return found


def _unescaped(text: str) -> str:
    for sign in "\r\n:,%":  # the percent sign last
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_github() -> None:
    (first, *_) = render("github", reported()).splitlines()
    assert first == (
        "::error title=LRL101 missing-global-step,file=a.py,line=9,endLine=9,col=5,endColumn=44::"
        f"a.py:9:5: LRL101 {reported()[0].finding.message}"
    )
    assert render("github", []) == ""


@given(st.text(min_size=1), st.text())
def test_github_says_everything_there_is(path: str, message: str) -> None:
    finding = Finding("LRL101", "missing-global-step", message, Location(3, 5), Location(4, 2))
    text = render("github", [Reported(path, finding)])
    assert re.findall(r"[\r\n]", text) == ["\n"]
    ((properties, data),) = annotations(text)
    assert properties["file"] == path
    assert data == f"{path}:3:5: LRL101 {message}"


def test_github_knows_columns_of_one_line_only() -> None:
    finding = Finding("LRL101", "missing-global-step", "wrong", Location(3, 5), Location(4, 2))
    ((properties, _),) = annotations(render("github", [Reported("a.py", finding)]))
    assert properties == {"title": "LRL101 missing-global-step", "file": "a.py", "line": "3", "endLine": "4"}


def test_github_annotates_a_notebook_as_a_whole() -> None:
    properties, data = annotations(render("github", reported(NOTEBOOK, "a.ipynb")))[0]
    assert properties == {"title": "LRL101 missing-global-step", "file": "a.ipynb"}
    assert data.startswith("a.ipynb:cell 2:4:5: LRL101 ")


@pytest.mark.parametrize(("output_format", "variable"), [("github", "GITHUB_WORKSPACE"), ("gitlab", "CI_PROJECT_DIR")])
def test_paths_begin_at_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output_format: str, variable: str
) -> None:
    below = tmp_path / "training" / "code"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)

    def path() -> str:
        text = render(output_format, reported(path="models/a.py"))
        return annotations(text)[0][0]["file"] if output_format == "github" else json.loads(text)[0]["location"]["path"]

    assert path() == "models/a.py"
    monkeypatch.setenv(variable, str(tmp_path))
    assert path() == "training/code/models/a.py"
    monkeypatch.setenv(variable, str(tmp_path / "elsewhere"))
    assert path() == "models/a.py"


# GitLab

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["check_name", "description", "fingerprint", "location", "severity"],
        "properties": {
            "check_name": {"type": "string"},
            "description": {"type": "string"},
            "fingerprint": {"type": "string", "minLength": 32},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "additionalProperties": False,
                "required": ["path", "positions"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?![./])"},
                    "positions": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["begin", "end"],
                        "properties": {"begin": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}},
                    },
                },
            },
        },
    },
    "$defs": {
        "position": {
            "type": "object",
            "additionalProperties": False,
            "required": ["line", "column"],
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
        }
    },
}
"""What GitLab's documentation asks of a report by a tool of one's own."""


@pytest.mark.parametrize("find", [list, reported, from_fixtures])
def test_gitlab(find: Callable[[], list[Reported]]) -> None:
    found = find()
    issues = json.loads(render("gitlab", found))
    jsonschema.validate(issues, GITLAB)
    assert len({issue["fingerprint"] for issue in issues}) == len(found)  # GitLab drops what is there twice
    for each, issue in zip(found, issues, strict=True):
        assert (issue["check_name"], issue["location"]["path"]) == (each.finding.code, each.path)
        assert issue["description"] == f"{each.finding.code} {each.finding.message}"
        begin, end = issue["location"]["positions"]["begin"], issue["location"]["positions"]["end"]
        assert (begin["line"], begin["column"]) == each.finding.location
        assert (end["line"], end["column"]) == each.finding.end_location


def test_gitlab_says_the_cell_of_a_notebook() -> None:
    (first, *_) = json.loads(render("gitlab", reported(NOTEBOOK, "a.ipynb")))
    assert first["description"].startswith("cell 2: LRL101 ")
    assert first["location"]["positions"]["begin"] == {"line": 4, "column": 5}


# JUnit


def test_junit(tmp_path: Path) -> None:
    found = from_fixtures()
    (tmp_path / "report.xml").write_text(render("junit", found), "ascii")
    document = junitparser.JUnitXml.fromfile(str(tmp_path / "report.xml"))
    assert (document.tests, document.failures, document.errors) == (len(found), len(found), 0)
    assert [suite.name for suite in document] == sorted({each.path for each in found})
    cases = [case for suite in document for case in suite]
    for each, case in zip(found, cases, strict=True):
        (failure,) = case.result
        assert isinstance(failure, junitparser.Failure)
        assert (case.classname, failure.type, failure.message) == (each.path, each.finding.code, each.finding.message)
        row, column = each.finding.location
        assert case.name == f"{each.finding.code} {each.finding.name} at {row}:{column}"
        assert failure.text.startswith(f"{each.where}: {each.finding.code} {each.finding.message}\nhttps://")


def test_junit_without_findings_is_a_test_that_passed() -> None:
    document = junitparser.JUnitXml.fromstring(render("junit", []).encode())
    (suite,) = document
    (case,) = suite
    assert (document.tests, document.failures, case.name, case.is_passed) == (1, 0, "no findings", True)


@given(st.text(min_size=1), st.text(st.characters(), max_size=20))
def test_junit_is_xml_whatever_there_is_to_say(path: str, message: str) -> None:
    finding = Finding("LRL101", "missing-global-step", message, Location(3, 5), Location(4, 2))
    (suite,) = junitparser.JUnitXml.fromstring(render("junit", [Reported(path, finding)]).encode())
    assert len(suite.name) == len(path)


def test_junit_of_a_notebook() -> None:
    (suite,) = junitparser.JUnitXml.fromstring(render("junit", reported(NOTEBOOK, "a.ipynb")).encode())
    case = next(iter(suite))
    assert case.name == "LRL101 missing-global-step at cell 2:4:5"
    assert case.result[0].text.startswith("a.ipynb:cell 2:4:5: LRL101 ")


# Reviewdog

RDJSON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source", "severity", "diagnostics"],
    "properties": {
        "source": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["message", "location"],
                "properties": {
                    "message": {"type": "string"},
                    "location": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["path"],
                        "properties": {"path": {"type": "string"}, "range": {"$ref": "#/$defs/range"}},
                    },
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["range", "text"],
                            "properties": {"range": {"$ref": "#/$defs/range"}, "text": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
    "$defs": {
        "range": {
            "type": "object",
            "additionalProperties": False,
            "required": ["start", "end"],
            "properties": {"start": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}},
        },
        "position": {
            "type": "object",
            "additionalProperties": False,
            "required": ["line", "column"],
            "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
        },
    },
}
"""The messages of reviewdog's protocol as far as lrlint fills them; reviewdog refuses fields that are not its own."""


def in_bytes(text: str, position: dict[str, int]) -> int:
    """The offset of a position, in bytes of UTF-8, as reviewdog counts."""
    lines = re.findall(rb"[^\r\n]*(?:\r\n?|\n|\Z)", text.encode())
    return sum(map(len, lines[: position["line"] - 1])) + position["column"] - 1


@pytest.mark.parametrize("find", [list, reported, from_fixtures])
@pytest.mark.parametrize("unsafe", [False, True])
def test_rdjson(find: Callable[[], list[Reported]], unsafe: bool) -> None:
    found = find()
    result = json.loads(render("rdjson", found, unsafe=unsafe))
    jsonschema.validate(result, RDJSON)
    for each, diagnostic in zip(found, result["diagnostics"], strict=True):
        assert each.source is not None
        assert (diagnostic["message"], diagnostic["location"]["path"]) == (each.finding.message, each.path)
        place, data = diagnostic["location"]["range"], each.source.text.encode()
        assert data[
            in_bytes(each.source.text, place["start"]) : in_bytes(each.source.text, place["end"])
        ].decode() == words(each)
        suggestions = diagnostic.get("suggestions", [])
        assert len(suggestions) == applicable(each.finding.fix, unsafe=unsafe)
        for suggestion in suggestions:
            start, end = (in_bytes(each.source.text, suggestion["range"][edge]) for edge in ("start", "end"))
            assert (data[:start] + suggestion["text"].encode() + data[end:]).decode() == fixed(each)


def test_rdjson_of_a_notebook() -> None:
    result = json.loads(render("rdjson", reported(NOTEBOOK, "a.ipynb")))
    jsonschema.validate(result, RDJSON)
    first = result["diagnostics"][0]
    assert first["location"] == {"path": "a.ipynb"}
    assert first["message"].startswith("cell 2:4:5: `minimize` gets no `global_step`")
    assert "suggestions" not in first


# Where it goes


def lrlint(directory: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "lrlint", *arguments], cwd=directory, capture_output=True, check=False)


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_file_holds_what_would_be_printed(tmp_path: Path, output_format: str) -> None:
    (tmp_path / "a.py").write_text(PROGRAM, "utf-8")
    printed = lrlint(tmp_path, "--output-format", output_format, "a.py")
    written = lrlint(tmp_path, "--output-format", output_format, "-o", "reports/lrlint.out", "a.py")
    assert (printed.returncode, printed.stderr) == (1, b"")
    assert (written.returncode, written.stdout, written.stderr) == (1, b"", b"")
    assert (tmp_path / "reports" / "lrlint.out").read_bytes() == printed.stdout


def test_a_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("ok = 1\n")
    (tmp_path / "out").write_text("something\n")
    assert lrlint(tmp_path, "--output-file=out").returncode == 0
    assert (tmp_path / "out").read_text() == "No findings in 1 file.\n"


def test_a_patch_and_what_is_left_of_standard_input_go_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PROGRAM, "utf-8")
    patch = lrlint(tmp_path, "-q", "--diff", "a.py").stdout
    assert lrlint(tmp_path, "-q", "--diff", "-o", "patch", "a.py").stdout == b""
    assert (tmp_path / "patch").read_bytes() == patch != b""


def test_a_file_that_cannot_be_written_is_told_before_anything_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PROGRAM, "utf-8")
    done = lrlint(tmp_path, "--fix", "-o", "a.py/out", "a.py")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"lrlint: error: `--output-file`: a.py/out: not a directory\n"
    done = lrlint(tmp_path, "--fix", "-o", ".", "a.py")
    assert done.stderr == b"lrlint: error: `--output-file`: .: is a directory\n"
    assert (tmp_path / "a.py").read_text("utf-8") == PROGRAM
