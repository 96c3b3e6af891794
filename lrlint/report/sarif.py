"""SARIF 2.1.0, which code scanning services and editors read: findings, fixes, and the rules they come from.

Columns count code points. A region of a notebook is in its cell, which a logical location names; its fixes are left
out, because a replacement there would be one in the notebook's JSON.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from lrlint import __version__
from lrlint.effect import as_json
from lrlint.finding import Fix, Location
from lrlint.report import Reported
from lrlint.report.fingerprint import fingerprints
from lrlint.report.links import HOME, page
from lrlint.report.look import PLAIN, Look
from lrlint.report.paths import uri
from lrlint.rules import Rule, all_rules, reading, section

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_Object = dict[str, object]

_TOP = "%SRCROOT%"
"""What relative paths begin at, by the name that code scanning gives it."""


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """The log, indented by two, with a last newline; its rules are those that were met."""
    shown = list(reported)
    met = {each.finding.code for each in shown}
    rules = [rule for rule in all_rules() if rule.code in met]
    places = {rule.code: index for index, rule in enumerate(rules)}
    run: _Object = {
        "tool": {
            "driver": {
                "name": "lrlint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": HOME,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_TOP: {"description": {"text": "The directory in which lrlint was run."}}},
        "results": [
            _result(each, places[each.finding.code], fingerprint)
            for each, fingerprint in zip(shown, fingerprints(shown), strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: Rule) -> _Object:
    what, why = section(rule, "What it does"), section(rule, "Why is this bad?")
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(what.split())},
        "help": {"text": f"{what}\n\n{why}", "markdown": reading(rule)},
        "helpUri": page(rule.name),
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["correctness", "learning-rate", "tensorflow"],
            "precision": "very-high",
            "problem.severity": "error",
            "mode": rule.mode,
            "fix": rule.fix,
            "since": rule.since,
        },
    }


def _result(reported: Reported, rule: int, fingerprint: str) -> _Object:
    finding = reported.finding
    result: _Object = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": finding.message},
        "locations": [_location(reported, finding.location, finding.end_location)],
        "partialFingerprints": {"lrlint/v1": fingerprint},
        "properties": {
            "mode": finding.mode,
            "evidence": finding.evidence,
            "effect": finding.effect and as_json(finding.effect),
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": place.message}} | _location(reported, place.location, place.end_location)
            for number, place in enumerate(finding.related, start=1)
        ]
    if finding.fix and reported.places[0].cell is None:
        result["fixes"] = [_fix(reported, finding.fix)]
    return result


def _location(reported: Reported, start: Location, end: Location) -> _Object:
    cell = reported.place(start).cell
    physical: _Object = {"artifactLocation": _artifact(reported), "region": _region(reported, start, end)}
    if cell is None:
        return {"physicalLocation": physical}
    named = {"name": f"cell {cell}", "fullyQualifiedName": f"{reported.path}:cell {cell}"}
    return {"physicalLocation": physical, "logicalLocations": [named]}


def _artifact(reported: Reported) -> _Object:
    base: _Object = {} if os.path.isabs(reported.path) else {"uriBaseId": _TOP}
    return {"uri": uri(reported.path)} | base


def _region(reported: Reported, start: Location, end: Location) -> _Object:
    first, last = reported.place(start), reported.place(end)
    return {
        "startLine": first.row,
        "startColumn": first.column,
        "endLine": last.row,
        "endColumn": last.column,
    }


def _fix(reported: Reported, fix: Fix) -> _Object:
    replacements = [
        {
            "deletedRegion": _region(reported, edit.location, edit.end_location),
            "insertedContent": {"text": edit.content},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": fix.message},
        "artifactChanges": [{"artifactLocation": _artifact(reported), "replacements": replacements}],
        "properties": {"applicability": fix.applicability, "reason": fix.reason},
    }
