"""Every rule's page, held to what it says: its form, its marks, its fixes, and what TensorFlow does with its programs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import lrlint.rules
from lrlint.config import Settings
from lrlint.decays import DECAYS
from lrlint.finding import Finding, Location
from lrlint.fixes import FixResult, fix_source
from lrlint.linter import check_source
from lrlint.rules import Rule, all_rules, names
from lrlint.rules import page as page_text
from lrlint.source import Source
from oracle import Oracle
from pages import SECTIONS, Block, Claim, Mark, Page, PageError, disagreements, parse_page

FOLDER = Path(lrlint.rules.__file__).parent
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}
PAGES = {stem: parse_page(text) for stem, text in TEXTS.items()}
RULES = {rule.name.replace("-", "_"): rule for rule in all_rules()}
WIDTH = 100
SETTINGS = Settings(preview=True)
RELATIVE = 1e-4  # how far a rate may be from the one a page states

every_page = pytest.mark.parametrize("stem", PAGES)


def named(stem: str, block: Block) -> str:
    return f"{stem}-{block.section.lower().replace(' ', '-')}-{block.number}"


BLOCKS = {named(stem, block): block for stem, page in PAGES.items() for block in page.all_blocks()}
PAIRS = {
    named(stem, example): (example, repair)
    for stem, page in PAGES.items()
    for example, repair in zip(page.blocks("Example"), page.blocks("Use instead"), strict=False)
}
RUNNING = {
    named(stem, block): (stem, block) for stem, page in PAGES.items() for block in page.all_blocks() if block.runs
}


def source(text: str) -> Source:
    return Source.from_bytes("program.py", text.encode())


def check(text: str, settings: Settings = SETTINGS) -> tuple[Finding, ...]:
    result = check_source(source(text), settings)
    assert result.error is None
    return result.findings


def fix(text: str, *, unsafe: bool) -> FixResult:
    result = fix_source(source(text), SETTINGS, unsafe=unsafe)
    assert result.error is None
    assert result.refused == ()
    return result


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(PAGES) == sorted(RULES)


def test_the_names_are_known_without_the_rules() -> None:
    assert list(names().items()) == [(rule.code, rule.name) for rule in all_rules()]


@every_page
def test_the_title_is_the_registry_s(stem: str) -> None:
    page, rule = PAGES[stem], RULES[stem]
    assert (page.code, page.name) == (rule.code, rule.name)
    assert page_text(rule) == TEXTS[stem]


@every_page
def test_the_form(stem: str) -> None:
    page, text = PAGES[stem], TEXTS[stem]
    assert tuple(section.title for section in page.sections) == SECTIONS
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    for number, line in enumerate(text.splitlines(), 1):
        assert len(line) <= WIDTH, f"line {number} is too long for a terminal"
        assert line == line.rstrip(), f"line {number} ends in blanks"
    for section in page.sections:
        assert section.prose or section.title == "Use instead", f"{section.title} says nothing"
        if section.title not in {"Example", "Use instead", "Near misses"}:
            assert not section.blocks, f"programs stand in Example, Use instead and Near misses, not in {section.title}"
    assert page.blocks("Example")
    assert page.blocks("Near misses")
    assert len(page.blocks("Example")) == len(page.blocks("Use instead"))


@every_page
def test_the_marks_are_where_they_belong(stem: str) -> None:
    page = PAGES[stem]
    for block in page.blocks("Example"):
        assert page.code in {mark.code for mark in block.errors}, f"{block.place(1)} shows no {page.code}"
        assert all(mark.column for mark in block.errors), f"{block.place(1)}: an example pins its columns"
    for block in page.blocks("Use instead") + page.blocks("Near misses"):
        assert not block.errors or block.words & {"syntax-error"}, f"{block.place(1)} is right, so nothing is found"
    for block in page.all_blocks():
        assert block.claim or not block.runs, f"{block.place(1)} does not say what it does"


@pytest.mark.parametrize("name", BLOCKS)
def test_findings(name: str) -> None:
    block = BLOCKS[name]
    assert disagreements(block, check(block.source)) == []


@pytest.mark.parametrize("name", PAIRS)
def test_the_fix_of_an_example_is_its_repair(name: str) -> None:
    example, repair = PAIRS[name]
    kinds = {finding.fix.applicability if finding.fix else "none" for finding in check(example.source)}
    if example.words & {"no-fix", "syntax-error"}:
        assert kinds <= {"none", "display-only"}
        assert fix(example.source, unsafe=True).source.text == example.source
        return
    unsafe = "unsafe" in example.words
    assert kinds == {"unsafe" if unsafe else "safe"}
    if unsafe:
        assert fix(example.source, unsafe=False).source.text == example.source
    fixed = fix(example.source, unsafe=unsafe)
    assert fixed.source.text == repair.source
    assert fixed.remaining == ()
    again = fix(repair.source, unsafe=True)
    assert again.source.text == repair.source
    assert not again.applied


@pytest.mark.parametrize("name", PAIRS)
def test_the_fix_keeps_the_newlines(name: str) -> None:
    example, repair = PAIRS[name]
    if not example.words & {"no-fix", "syntax-error"}:
        fixed = fix(example.source.replace("\n", "\r\n"), unsafe="unsafe" in example.words)
        assert fixed.source.text == repair.source.replace("\n", "\r\n")


@pytest.mark.parametrize("name", BLOCKS)
def test_newlines_do_not_matter(name: str) -> None:
    block = BLOCKS[name]
    assert disagreements(block, check(block.source.replace("\n", "\r\n"))) == []


@pytest.mark.parametrize("name", BLOCKS)
def test_eager_rules_are_silent_in_graph_mode(name: str) -> None:
    eager = {rule.code for rule in RULES.values() if rule.mode == "eager"}
    found = check(BLOCKS[name].source, Settings(mode="graph"))
    assert not eager & {finding.code for finding in found}


@pytest.mark.parametrize("name", [name for name, (example, _) in PAIRS.items() if "syntax-error" not in example.words])
def test_a_noqa_on_its_line_silences_each_finding(name: str) -> None:
    example = PAIRS[name][0]
    lines = example.source.splitlines()
    for mark in example.errors:
        code, comment, others = lines[mark.row - 1].partition("  # noqa: ")  # only the first comment is read
        lines[mark.row - 1] = f"{code}  # noqa: {mark.code}" + (f", {others}" if comment else "")
    silenced = "\n".join(lines) + "\n"
    assert check(silenced) == ()
    assert fix(silenced, unsafe=True).source.to_bytes() == silenced.encode()


@pytest.mark.parametrize("name", PAIRS)
def test_a_fix_says_why_it_is_not_safe(name: str) -> None:
    for finding in check(PAIRS[name][0].source):
        assert finding.fix is None or (finding.fix.applicability == "safe") == (finding.fix.reason is None)


@every_page
def test_the_declared_fix_is_the_one_that_is_there(stem: str) -> None:
    rule: Rule = RULES[stem]
    kinds = {
        finding.fix.applicability if finding.fix else "none"
        for block in PAGES[stem].blocks("Example")
        for finding in check(block.source)
        if finding.code == rule.code
    }
    shown = {"safe": "safe", "unsafe": "unsafe", "none": "none"}.get("".join(kinds), "sometimes")
    assert rule.fix == shown


@pytest.mark.parametrize("name", RUNNING)
def test_tensorflow_does_what_the_page_says(name: str, tensorflow: Oracle) -> None:
    stem, block = RUNNING[name]
    seen = tensorflow.run(block.source)
    claim = block.claim
    if "tf115" in block.words and not tensorflow.version.startswith("1.15"):
        assert seen.error is not None, f"{block.place(1)} runs on every TensorFlow: it needs no `tf115`"
        return
    if claim.raises is None:
        assert seen.error is None
    else:
        assert seen.error is not None
        assert claim.raises in seen.error.message
        quotes = PAGES[stem].section("TensorFlow says").quotes
        assert any(quote.startswith(f"{seen.error.type}: ") for quote in quotes if claim.raises in quote)
    assert seen.rates == pytest.approx(list(claim.rates or ()), rel=RELATIVE, nan_ok=True)
    for text in claim.prints:
        assert text in seen.output + seen.log


@every_page
def test_what_tensorflow_says_was_heard(stem: str) -> None:
    page = PAGES[stem]
    section = page.section("TensorFlow says")
    heard = {block.claim.raises for block in page.all_blocks() if block.claim.raises}
    for quote in section.quotes:
        assert any(text in quote for text in heard), f"no program of the page raises {quote!r}"
    for text in heard:
        assert any(text in quote for quote in section.quotes), f"{text!r} is not quoted"
    assert section.quotes or section.prose.startswith("nothing: ")


EFFECT = re.compile(r"`(?P<call>\w+\([^`]*\))`[^`|]*:\n\n(?P<table>(?:\|.*\n?)+)")
FROZEN = ["step", "intended rate", "actual rate"]


def rate_at(call: str, step: float) -> float:
    """The rate of a decay, spelled as a call with the name ``step`` in it, at that step."""
    tree = ast.parse(call, mode="eval").body
    assert isinstance(tree, ast.Call)
    assert isinstance(tree.func, ast.Name)

    def value(node: ast.expr) -> object:
        return step if isinstance(node, ast.Name) and node.id == "step" else ast.literal_eval(node)

    keywords = {keyword.arg: value(keyword.value) for keyword in tree.keywords if keyword.arg}
    return DECAYS[tree.func.id].formula(*map(value, tree.args), **keywords)


@every_page
def test_the_effect_is_computed_right(stem: str) -> None:
    prose = PAGES[stem].section("Effect").prose
    tables = list(EFFECT.finditer(prose))
    assert len(tables) == len(re.findall(r"^\| step", prose, re.MULTILINE)), "a table stands under its decay call"
    for match in tables:
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in match["table"].splitlines()]
        assert rows[0] == FROZEN
        for step, intended, actual in rows[2:]:
            assert rate_at(match["call"], float(step)) == pytest.approx(float(intended), rel=RELATIVE, abs=1e-9)
            assert rate_at(match["call"], 0.0) == pytest.approx(float(actual), rel=RELATIVE)


TINY = """\
# some-rule (LRL999)

## What it does

Nothing much.

## Example

Before it.

<!-- rates: 0.1, 0.05 -->
<!-- prints: one -->
<!-- prints: two, -->
```python unsafe tf115
first()
    second()  # error: 5 [LRL999]

third()  # comment  # error: [LRL998, LRL999]
fourth()  # todo: [LRL999]
```

After it.

<!-- no-run: takes a day -->
```python no-run
fifth()
```

```text
quoted
```
"""


def test_a_page_is_read() -> None:
    page = parse_page(TINY)
    assert (page.code, page.name) == ("LRL999", "some-rule")
    assert [(section.title, section.line) for section in page.sections] == [("What it does", 3), ("Example", 7)]
    assert page.section("What it does").prose == "Nothing much."
    assert page.section("Example").prose.split() == ["Before", "it.", "After", "it."]
    assert page.section("Example").quotes == ("quoted",)
    first, second = page.blocks("Example")
    assert first == Block(
        section="Example",
        number=1,
        line=15,
        source="first()\n    second()\n\nthird()  # comment\nfourth()\n",
        errors=(Mark(2, "LRL999", 5), Mark(4, "LRL998"), Mark(4, "LRL999")),
        todo=(Mark(5, "LRL999"),),
        words=frozenset({"unsafe", "tf115"}),
        claim=Claim(rates=(0.1, 0.05), prints=("one", "two,")),
    )
    assert TINY.splitlines()[first.line - 1] == "first()"
    assert first.place(2) == "line 16 (Example 1)"
    assert first.runs
    assert (second.number, second.no_run, second.runs) == (2, "takes a day", False)
    assert list(page.all_blocks()) == [first, second]
    assert page.blocks("Effect") == ()
    with pytest.raises(KeyError):
        page.section("Effect")


def finding(code: str, row: int, column: int) -> Finding:
    return Finding(code, "some-rule", "it is so", Location(row, column), Location(row, column + 1))


RIGHT = [finding("LRL999", 2, 5), finding("LRL998", 4, 7), finding("LRL999", 4, 1)]


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        (RIGHT, []),
        (RIGHT[1:], ["line 16 (Example 1): LRL999 was not found"]),
        ([*RIGHT, finding("LRL101", 1, 1)], ["line 15 (Example 1): LRL101 was found"]),
        ([*RIGHT, finding("LRL998", 4, 9)], ["line 18 (Example 1): LRL998 was found"]),
        (
            [*RIGHT, finding("LRL999", 5, 1)],
            ["line 19 (Example 1): LRL999 was found, the known miss has been mended: mark it as an error"],
        ),
        (
            [finding("LRL999", 2, 6), *RIGHT[1:]],
            ["line 16 (Example 1): LRL999 is at column 6, not 5"],
        ),
    ],
)
def test_findings_are_compared_with_the_marks(findings: list[Finding], words: list[str]) -> None:
    assert disagreements(parse_page(TINY).blocks("Example")[0], findings) == words


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# some-rule (LRL999)", "# Some rule", 1),
        ("# some-rule (LRL999)\n", "# some-rule (LRL999)\nHello.\n", 2),
        ("rates: 0.1, 0.05", "rates: fast", 14),
        ("<!-- rates: 0.1, 0.05 -->", "<!-- pace: 0.1 -->", 11),
        ("<!-- prints: one -->", "<!-- rates: 0.1 -->", 12),
        ("<!-- prints: two, -->", "<!-- prints: two, -->\n", 14),
        ("```python unsafe tf115", "```python risky", 14),
        ("```python no-run", "```python", 25),
        ("<!-- no-run: takes a day -->\n", "", 24),
        ("# error: 5 [LRL999]", "# error: LRL999", 16),
        ("# error: 5 [LRL999]", "# error: 5 [E501]", 16),
        ("# todo: [LRL999]", "# TODO: [LRL999]", 19),
        ("quoted\n```\n", "quoted\n", 29),
        ("```text", "<!-- prints: it -->\n```text", 30),
        ("quoted\n```\n", "quoted\n```\n<!-- prints: it -->\n", 32),
    ],
)
def test_a_page_that_cannot_be_read(old: str, new: str, line: int) -> None:
    text = TINY.replace(old, new, 1)
    assert text != TINY
    with pytest.raises(PageError) as caught:
        parse_page(text)
    assert caught.value.line == line


def test_an_empty_page_cannot_be_read() -> None:
    with pytest.raises(PageError):
        parse_page("")


def test_pages_are_complete_values() -> None:
    assert isinstance(parse_page(TINY), Page)
    assert parse_page(TINY) == parse_page(TINY)
    assert hash(parse_page(TINY)) == hash(parse_page(TINY))
