"""The page of ``lrlint explain --html``: what is in it, and that nothing in a program gets out of its place in it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import check
from lrlint.cli import main
from lrlint.curves import Band, Chart, Curve, Point, chart
from lrlint.finding import Edit, Effect, Finding, Fix, Location
from lrlint.report import Reported
from lrlint.report.html import render
from lrlint.report.html.parts import LOOK, lines, markdown, prose
from lrlint.report.html.svg import HEIGHT, WIDTH, svg
from lrlint.report.html.tags import Html, join, tag, void
from lrlint.report.line import printable
from lrlint.report.told import Told
from lrlint.roles import cast_of, casts
from lrlint.source import Source

FIXTURES = Path(__file__).parent.parent / "fixtures"
VOID = {"meta", "br", "hr", "img", "input", "link"}

EVIL = "</script></style></pre><img src=x onerror=alert(1)><script>alert(1)</script>\"'&amp;\x1b[31m\x02primary\x1f"


class Outline(HTMLParser):
    """The elements of a page, checked to be closed in their order; ``text`` is what they hold, by element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        assert len(dict(attributes)) == len(attributes), (name, attributes)
        self.elements.append((name, dict(attributes)))
        if name not in VOID:
            self._open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self._open.pop() == name

    def handle_data(self, text: str) -> None:
        if self._open:
            self.text.setdefault(self._open[-1], []).append(text)

    def names(self) -> set[str]:
        return {name for name, _ in self.elements}


def told(path: str, text: str) -> list[Told]:
    known = casts(text)
    return [Told(Reported(path, each, Source(path, text)), cast_of(each, known)) for each in check(text)]


def fixture(*names: str) -> list[Told]:
    return [each for name in names for each in told(f"{name}.py", (FIXTURES / name / "wrong.py").read_text("utf-8"))]


# Tags


def test_text_is_escaped_and_html_is_not() -> None:
    assert tag("p", "a < b", Html("<b>c</b>"), ["d", Html("&amp;")]) == "<p>a &lt; b<b>c</b>d&amp;</p>"
    assert tag("a", href='"><script>', data_x=1, hidden=True, id=None, open=False, class_="k") == (
        '<a href="&quot;&gt;&lt;script&gt;" data-x="1" hidden class="k"></a>'
    )
    assert void("meta", charset="utf-8", name="x") == '<meta charset="utf-8" name="x">'
    assert join("<", Html("<")) == "&lt;<"


@given(st.text(), st.text(), st.text())
def test_no_text_is_markup(one: str, two: str, three: str) -> None:
    page = tag("p", prose(one), lines([LOOK.paint(printable(two), "primary"), printable(three)]), data_x=three)
    assert [name for name, _ in Outline(page).elements if name not in ("code", "span")] == ["p", "pre"]
    assert set(Outline(page).elements[0][1]) == {"data-x"}


def test_prose_sets_code() -> None:
    assert prose("`a < b` is not `c`") == "<code>a &lt; b</code> is not <code>c</code>"
    assert prose("a ` alone") == "a ` alone"
    assert prose("\x1b[31m") == "\u241b[31m"


def test_drawn_lines_keep_their_styles() -> None:
    drawn = [LOOK.paint("13 |", "gutter") + " <a>", LOOK.paint("^^<", "primary"), LOOK.paint("plain", "plain")]
    assert lines(drawn) == (
        '<pre class="code" tabindex="0"><span class="gutter">13 |</span> &lt;a&gt;\n'
        '<span class="primary">^^&lt;</span>\nplain\n</pre>'
    )


def test_html_in_markdown_stays_text() -> None:
    found = markdown("## A\n\n<script>x</script> `<b>` [x](javascript:alert(1))\n\n| a |\n| - |\n| b |\n", below=2)
    assert found.startswith("<h4>A</h4>\n<p>&lt;script&gt;x&lt;/script&gt; <code>&lt;b&gt;</code> [x](javascript:")
    assert "<td>b</td>" in found


# Curves


def numbers(drawing: str, name: str) -> list[float]:
    return [float(each) for each in re.findall(rf' {name}="(-?[\d.]+)"', drawing)]


@pytest.mark.parametrize(
    "drawn",
    [
        chart([("intended", lambda step: 0.1 * 0.5 ** (step / 10)), ("actual", lambda _: 0.1)], 0, 100),
        chart([("intended", lambda step: 10.0 ** -(step // 10)), ("actual", lambda _: None)], 99_998, 1_000_000),
        chart([("rate", lambda _: 0.1)], 0, 1),
        chart([("rate", lambda _: 0.0)], 5, 5),
        chart([("rate", lambda step: -1.0 * step)], 0, 10**9),
        Chart((Curve("rate", (Point(0, 1.0),)),), 0, 1, band=(Band(0, -1.0, 3.0), Band(1, 0.0, 2.0))),
        Chart((Curve("intended", (Point(0, 1.0),)), Curve("actual", (), raises=True)), 0, 1),
    ],
)
def test_nothing_is_drawn_outside_of_the_picture(drawn: Chart) -> None:
    drawing = svg(drawn, "a < b")
    assert drawing.startswith(f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" class="chart"><title>a &lt; b</title>')
    for horizontal in ("x", "x1", "x2", "cx"):
        assert all(0 <= each <= WIDTH for each in numbers(drawing, horizontal))
    for vertical in ("y", "y1", "y2", "cy"):
        assert all(0 <= each <= HEIGHT for each in numbers(drawing, vertical))
    for points in re.findall(r'points="([^"]+)"', drawing):
        for place in points.split():
            x, y = map(float, place.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
    assert "nan" not in drawing
    assert all(curve.label in drawing for curve in drawn.curves)


def test_a_single_point_is_a_dot() -> None:
    drawn = Chart((Curve("actual", (Point(0, 1.0),), raises=True),), 0, 10)
    assert re.search(r'<g class="curve actual"><circle cx="76" cy="[\d.]+" r="4"></circle></g>', svg(drawn, ""))


# Pages


def test_a_page() -> None:
    page = render(fixture("step_stands_still", "list_counter", "two_slips"), files=5)
    outline = Outline(page)
    assert page.startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
    assert outline.text["title"][0] == "lrlint: 4 findings"
    assert "".join(outline.text["p"]).startswith("4 findings in 3 files. 4 fixable with .")
    articles = [attributes for name, attributes in outline.elements if name == "article"]
    assert [(each["data-rule"], each["data-file"]) for each in articles] == [
        ("LRL101", "step_stands_still.py"),
        ("LRL103", "list_counter.py"),
        ("LRL301", "two_slips.py"),
        ("LRL201", "two_slips.py"),
    ]
    rules = [attributes["id"] for name, attributes in outline.elements if name == "details"]
    assert rules == ["LRL101", "LRL103", "LRL201", "LRL301"]
    for _, attributes in outline.elements:
        target = attributes.get("href")
        assert target is None or target.removeprefix("#") in rules or target.startswith("https://")
    identities = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    labels = [attributes["for"] for name, attributes in outline.elements if name == "label"]
    assert labels == ["rule", "file"]


def test_a_page_loads_nothing() -> None:
    outline = Outline(render(fixture("step_stands_still"), files=1))
    assert not outline.names() & {"link", "img", "iframe", "object", "base"}
    for name, attributes in outline.elements:
        assert not any(key in ("style", "src") or key.startswith("on") for key in attributes), name
    assert "url(" not in "".join(outline.text["style"])
    assert "@import" not in "".join(outline.text["style"])


def test_only_what_the_page_brings_may_run() -> None:
    outline = Outline(render(fixture("step_stands_still"), files=1))
    (policy,) = (each["content"] for name, each in outline.elements if each.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        (body,) = outline.text[element]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_nothing_in_a_program_breaks_out() -> None:
    place = Location(1, 1)
    effect = Effect(EVIL, ((EVIL, EVIL),), "raises", (0,), (0.1,), (None,), EVIL, (EVIL,), EVIL)
    finding = Finding(
        "LRL101", EVIL, EVIL, place, Location(1, 9), Fix("unsafe", EVIL, (Edit(place, place, EVIL),), EVIL),
        mode="eager", evidence=EVIL, effect=effect,
    )  # fmt: skip
    path = f"{EVIL}.py"
    page = render([Told(Reported(path, finding, Source(path, f"{EVIL}\n{EVIL}\n")))], files=1, errors=[EVIL])
    clean = render([], files=1)
    outline = Outline(page)
    assert [name for name, _ in outline.elements].count("script") == 1
    assert "img" not in outline.names()
    assert outline.text["script"] == Outline(clean).text["script"]
    assert not any(key.startswith("on") for _, attributes in outline.elements for key in attributes)
    assert "\x1b" not in page
    assert "\x02" not in page


def test_the_evil_program_of_a_user() -> None:
    evil = '# "</script><img src=x onerror=alert(1)>" </pre><script>alert(1)</script>'
    text = (FIXTURES / "step_stands_still" / "wrong.py").read_text("utf-8").replace("# error: [LRL101]", evil)
    page = render(told("</title><img src=x>.py", text), files=1)
    assert "img" not in Outline(page).names()
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_page_without_findings() -> None:
    outline = Outline(render([], files=3, errors=["a.py: permission denied"]))
    assert outline.text["p"] == ["No findings in 3 files.", "error: a.py: permission denied"]
    assert not outline.names() & {"article", "form", "table", "details"}


def test_the_same_findings_are_the_same_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    pages = []
    for name in ("one.html", "two.html"):
        assert main(["explain", "--isolated", "--html", str(tmp_path / name), "step_stands_still", "right"]) == 0
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert b"step_stands_still/wrong.py:13:5" in pages[0]


def test_without_a_path_it_is_about_this_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text((FIXTURES / "list_counter" / "wrong.py").read_text("utf-8"), "utf-8")
    assert main(["explain", "--html", "report.html"]) == 0
    assert capsys.readouterr().out == "Wrote report.html.\n"
    assert 'data-file="a.py"' in Path("report.html").read_text("utf-8")


def test_a_file_is_told_of_once_and_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(b"caf\xe9 <b>.py")
    try:
        Path(name).write_text((FIXTURES / "list_counter" / "wrong.py").read_text("utf-8"), "utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    assert main(["explain", "--html", "report.html", ".", name, "nix.py"]) == 2
    assert capsys.readouterr().err == "lrlint: error: nix.py: no such file or directory\n"
    outline = Outline(Path("report.html").read_text("utf-8"))
    articles = [attributes["data-file"] for name, attributes in outline.elements if name == "article"]
    assert articles == ["caf? <b>.py"]
    assert "".join(outline.text["p"]).startswith("1 finding in 1 file.")
    assert main(["explain", name, "--plot", "rate.png"]) == 0
