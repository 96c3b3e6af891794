"""JUnit's XML, which most CI services show as tests: a suite a file, and in it a failed test for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lrlint.report import Reported
from lrlint.report.links import page
from lrlint.report.look import PLAIN, Look

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """The document, in ASCII, so that it says the same in every encoding; one passed test where nothing was found."""
    shown = list(reported)
    suites = Element("testsuites", {"name": "lrlint", **_counts(shown)})
    for path, found in groupby(shown, key=lambda each: each.path):
        suites.append(_suite(path, list(found)))
    if not shown:
        suite = SubElement(suites, "testsuite", name="lrlint", tests="1", failures="0", errors="0", skipped="0")
        SubElement(suite, "testcase", name="no findings", classname="lrlint", time="0")
        suites.set("tests", "1")
    indent(suites)
    document: bytes = tostring(suites, "us-ascii", xml_declaration=True)
    return document.decode("ascii") + "\n"


def _suite(path: str, found: list[Reported]) -> Element:
    suite = Element("testsuite", {"name": _text(path), **_counts(found)})
    for each in found:
        finding = each.finding
        case = SubElement(
            suite,
            "testcase",
            name=_text(f"{finding.code} {finding.name} at {each.places[0]}"),
            classname=_text(path),
            file=_text(path),
            line=str(each.places[0].row),
            time="0",
        )
        failure = SubElement(case, "failure", type=finding.code, message=_text(finding.message))
        failure.text = _text(f"{each.where}: {finding.code} {finding.message}\n{page(finding.name)}")
    return suite


def _counts(found: list[Reported]) -> dict[str, str]:
    return {"tests": str(len(found)), "failures": str(len(found)), "errors": "0", "skipped": "0"}


def _text(text: str) -> str:
    """The text without the characters that XML cannot say."""
    return _NOT_XML.sub("\ufffd", text)
