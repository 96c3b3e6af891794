"""The page of ``lrlint explain --html`` in a real browser: nothing complains, nothing leaves it, and it can be filtered.

Playwright comes with the extra ``browser``. The browser is the Chromium of the system or of ``playwright install``, or what
``LRLINT_CHROMIUM`` names; where there is none the tests are skipped, or fail with ``LRLINT_REQUIRE_BROWSER=1``.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from lrlint.cli import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FIXTURES = Path(__file__).parent.parent / "fixtures"
STORIES = ("frozen_adam", "list_counter", "printed_partial", "step_stands_still", "two_slips")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

EVIL = "# </script><img src=https://example.com/x onerror=console.error(1)></pre><script>alert(1)</script>"


def missing(what: str) -> NoReturn:
    if os.environ.get("LRLINT_REQUIRE_BROWSER") == "1":
        pytest.fail(f"LRLINT_REQUIRE_BROWSER=1, but {what}", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        missing("playwright is not installed")
    path = os.environ.get("LRLINT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            # A container has no sandbox to give, and the page is our own.
            opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            missing(f"Chromium does not start: {str(error).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page about five stories, one of which has a line that is out to break it."""
    directory = tmp_path_factory.mktemp("stories")
    for story in STORIES:
        text = (FIXTURES / story / "wrong.py").read_text("utf-8")
        (directory / f"{story}.py").write_text(re.sub(r"# error: .*", EVIL, text), "utf-8")
    here = Path.cwd()
    os.chdir(directory)
    try:
        assert main(["explain", "--isolated", "--html", "report.html"]) == 0
    finally:
        os.chdir(here)
    return directory / "report.html"


class Watched:
    """A page with all that was said on its console and asked of the network."""

    def __init__(self, browser: Browser, report: Path, **options: Any) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = browser.new_page(**options)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.url = report.as_uri()
        self.page.goto(self.url)

    def shown(self) -> list[str]:
        places = self.page.locator("article:visible .place")
        return [text.partition(":")[0] for text in places.all_inner_texts()]

    def check(self) -> None:
        """Nothing was said, and nothing but the page itself was asked for."""
        assert self.said == []
        assert {url.partition("#")[0] for url in self.asked} == {self.url}


@pytest.fixture
def watched(browser: Browser, report: Path) -> Iterator[Watched]:
    each = Watched(browser, report)
    yield each
    each.check()
    each.page.close()


def test_all_findings_are_shown_at_first(watched: Watched) -> None:
    assert watched.shown() == [
        "frozen_adam.py", "list_counter.py", "printed_partial.py", "step_stands_still.py", "two_slips.py", "two_slips.py",
    ]  # fmt: skip
    assert watched.page.locator("#shown").inner_text() == "6 of 6 shown"


def test_findings_are_filtered_by_rule_and_by_file(watched: Watched) -> None:
    page = watched.page
    page.get_by_label("Rule").select_option("LRL301")
    assert watched.shown() == ["frozen_adam.py", "two_slips.py"]
    page.get_by_label("File").select_option("two_slips.py")
    assert watched.shown() == ["two_slips.py"]
    assert page.locator("#shown").inner_text() == "1 of 6 shown"
    page.get_by_label("Rule").select_option("")
    assert watched.shown() == ["two_slips.py", "two_slips.py"]
    page.get_by_label("Rule").select_option("LRL101")
    assert watched.shown() == []
    assert page.locator("#shown").inner_text() == "0 of 6 shown"


def test_the_filters_work_with_the_keyboard(watched: Watched) -> None:
    page = watched.page
    page.get_by_label("Rule").focus()
    page.keyboard.press("ArrowDown")
    assert watched.shown() == ["step_stands_still.py"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"


def test_a_code_leads_to_the_page_of_its_rule(watched: Watched) -> None:
    page = watched.page
    assert not page.locator("details#LRL103 p").first.is_visible()
    page.locator("article[data-rule=LRL103] h2 a").click()
    page.locator("details#LRL103[open]").wait_for()  # the page hears of the click a moment later
    assert page.locator("details#LRL103 p").first.is_visible()
    bar = page.locator("form").bounding_box()
    summary = page.locator("details#LRL103 summary").bounding_box()
    assert bar is not None
    assert summary is not None
    assert bar["y"] + bar["height"] <= summary["y"] < page.evaluate("innerHeight")


def test_nothing_in_a_program_becomes_part_of_the_page(watched: Watched) -> None:
    assert watched.page.locator("img").count() == 0
    assert watched.page.locator("script").count() == 1
    assert "<img src=https://example.com/x" in watched.page.locator("article pre").first.inner_text()


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_light_and_dark(browser: Browser, report: Path, scheme: str, dark: bool) -> None:
    watched = Watched(browser, report, color_scheme=scheme)
    paper, ink, *curves = watched.page.evaluate("""() => {
        const luminance = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).reduce((sum, part) => sum + part) / 765;
        const curve = (name) => getComputedStyle(document.querySelector(`.curve.${name}`)).stroke;
        const body = getComputedStyle(document.body);
        return [body.backgroundColor, body.color, curve("intended"), curve("actual")].map(luminance);
    }""")
    assert (paper < 0.2, ink > 0.8) == (dark, dark)
    assert all(abs(paper - curve) > 0.2 for curve in curves)
    watched.check()


@pytest.mark.parametrize("width", [360, 800, 1600])
def test_nothing_sticks_out(browser: Browser, report: Path, width: int) -> None:
    watched = Watched(browser, report, viewport={"width": width, "height": 900})
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    outside = watched.page.evaluate("""() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
        const frame = chart.getBoundingClientRect();
        return [...chart.querySelectorAll("text")]
            .map((text) => [text.textContent, text.getBoundingClientRect()])
            .filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
            .map(([text]) => text);
    })""")
    assert outside == []
    watched.check()


def test_no_texts_of_a_chart_overlap(watched: Watched) -> None:
    overlaps = watched.page.evaluate("""() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
        const texts = [...chart.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
        return texts.flatMap(([one, a], index) => texts.slice(index + 1)
            .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
            .map(([other]) => `${one} / ${other}`));
    })""")
    assert overlaps == []


def test_on_paper(watched: Watched) -> None:
    watched.page.emulate_media(media="print", color_scheme="dark")
    assert watched.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert not watched.page.locator("form").is_visible()
    assert watched.page.locator("article").first.is_visible()
    assert watched.page.pdf(format="A4").startswith(b"%PDF-")


def test_without_a_script_all_is_there_but_the_filters(browser: Browser, report: Path) -> None:
    watched = Watched(browser, report, java_script_enabled=False)
    assert len(watched.shown()) == 6
    assert not watched.page.locator("form").is_visible()
    watched.check()
