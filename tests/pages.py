"""Reads a rule's page into a value: its sections, its programs, and what each program is expected to do.

A page is Markdown with fixed sections. Every fenced block that says ``python`` is a whole program; the rest is prose.
What is expected stands where it belongs:

* on the line that is reported, as a comment at its end: ``# error: 5 [LRL101]`` (1-based column, then the codes) or
  ``# error: [LRL101, LRL201]`` where the column is left open; ``# todo: [LRL101]`` marks a known miss;
* in the fence's words: ``syntax-error`` (not a Python 3 program), ``no-fix`` (its repair is written by hand), ``unsafe``
  (its fix is unsafe), ``no-run`` (not executed; needs a reason), ``tf115`` (needs TensorFlow 1.15);
* in invisible comments on the lines above the fence: ``<!-- rates: 0.1, 0.05 -->`` (the rate of every update),
  ``<!-- raises: text of the error -->``, ``<!-- prints: text of the output -->``, ``<!-- no-run: reason -->``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from lrlint.finding import Finding

SECTIONS = (
    "What it does",
    "Why is this bad?",
    "Example",
    "Use instead",
    "Near misses",
    "Effect",
    "Fix safety",
    "TensorFlow says",
)
WORDS = frozenset({"syntax-error", "no-fix", "unsafe", "no-run", "tf115"})

_TITLE = re.compile(r"# (?P<name>[a-z][a-z0-9-]*) \((?P<code>LRL\d{3})\)")
_FENCE = re.compile(r"```(?P<info>.*)")
_COMMENT = re.compile(r"<!-- (?P<key>[a-z-]+): (?P<value>.+) -->")
_MARK = re.compile(r"\s*# (?P<kind>error|todo):(?: (?P<column>\d+))? \[(?P<codes>[^]]*)\]$")
_LIKE_A_MARK = re.compile(r"#\s*(?:error|todo)\b", re.IGNORECASE)
_CODE = re.compile(r"LRL\d{3}")


class PageError(Exception):
    """A page that cannot be read, with the 1-based line on which it goes wrong."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One code expected on one line of a program; ``column`` is 1-based, or ``None`` where it is left open."""

    row: int
    code: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a program does when TensorFlow runs it. ``rates`` are learning rates, one for each update."""

    rates: tuple[float, ...] | None = None
    raises: str | None = None
    prints: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.rates is not None or self.raises is not None or bool(self.prints)


@dataclass(frozen=True, slots=True)
class Block:
    """One program of a page.

    ``line`` is the page's line on which the program begins, ``source`` is the program without its marks, ``number``
    counts the section's programs from 1. ``todo`` are findings that are known to be missed.
    """

    section: str
    number: int
    line: int
    source: str
    errors: tuple[Mark, ...] = ()
    todo: tuple[Mark, ...] = ()
    words: frozenset[str] = frozenset()
    claim: Claim = Claim()
    no_run: str | None = None

    @property
    def runs(self) -> bool:
        """Whether the program can be executed."""
        return not self.words & {"syntax-error", "no-run"}

    def place(self, row: int) -> str:
        """A row of the program as a line of the page."""
        return f"line {self.line + row - 1} ({self.section} {self.number})"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its 1-based line, the prose under it, the lines it quotes in other fences, and its programs."""

    title: str
    line: int
    prose: str
    quotes: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page."""

    code: str
    name: str
    sections: tuple[Section, ...]

    def section(self, title: str) -> Section:
        """The section with this title. Raises :class:`KeyError`."""
        for section in self.sections:
            if section.title == title:
                return section
        raise KeyError(title)

    def blocks(self, title: str) -> tuple[Block, ...]:
        """The programs of the section with this title; none where there is no such section."""
        return tuple(block for section in self.sections if section.title == title for block in section.blocks)

    def all_blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks


def parse_page(text: str) -> Page:
    """The page that ``text`` spells. Raises :class:`PageError` on anything that is not one."""
    reader = _Reader(text.splitlines())
    return reader.page()


def disagreements(block: Block, findings: Iterable[Finding]) -> list[str]:
    """Where what was found in a program is not what its marks say, in words; empty where they agree.

    Known misses count as silence, so that a miss that has been mended shows.
    """
    found = list(findings)
    words: list[str] = []
    expected = Counter((mark.row, mark.code) for mark in block.errors)
    actual = Counter((finding.location.row, finding.code) for finding in found)
    for row, code in sorted((expected - actual).elements()):
        words.append(f"{block.place(row)}: {code} was not found")
    missed = {(mark.row, mark.code) for mark in block.todo}
    for row, code in sorted((actual - expected).elements()):
        hint = ", the known miss has been mended: mark it as an error" if (row, code) in missed else ""
        words.append(f"{block.place(row)}: {code} was found{hint}")
    for mark in block.errors:
        columns = [item.location.column for item in found if (item.location.row, item.code) == (mark.row, mark.code)]
        if mark.column is not None and columns and mark.column not in columns:
            words.append(f"{block.place(mark.row)}: {mark.code} is at column {columns[0]}, not {mark.column}")
    return words


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    at: int = 0
    comments: list[tuple[str, str]] = field(default_factory=list)

    def fail(self, message: str) -> NoReturn:
        raise PageError(min(self.at + 1, max(len(self.lines), 1)), message)

    def page(self) -> Page:
        title = _TITLE.fullmatch(self.lines[0]) if self.lines else None
        if title is None:
            self.fail("a page begins with `# rule-name (LRL000)`")
        self.at = 1
        while self.at < len(self.lines) and not self.lines[self.at].startswith("## "):
            if self.lines[self.at]:
                self.fail("nothing stands between the title and the first section")
            self.at += 1
        sections: list[Section] = []
        while self.at < len(self.lines):
            sections.append(self.section())
        return Page(title["code"], title["name"], tuple(sections))

    def section(self) -> Section:
        start = self.at
        title = self.lines[start].removeprefix("## ")
        prose: list[str] = []
        quotes: list[str] = []
        blocks: list[Block] = []
        self.at += 1
        while self.at < len(self.lines) and not self.lines[self.at].startswith("## "):
            line = self.lines[self.at]
            if fence := _FENCE.fullmatch(line):
                words = fence["info"].split()
                if words[:1] == ["python"]:
                    blocks.append(self.block(title, len(blocks) + 1, words[1:]))
                    continue
                if self.comments:
                    self.fail("a comment stands directly above the program that it is about")
                quotes.extend(self.fenced())
                continue
            if line.startswith("<!--"):
                self.comment(line)
            elif self.comments:
                self.fail("a comment stands directly above the program that it is about")
            else:
                prose.append(line)
            self.at += 1
        if self.comments:
            self.fail("a comment stands directly above the program that it is about")
        return Section(title, start + 1, "\n".join(prose).strip(), tuple(quotes), tuple(blocks))

    def comment(self, line: str) -> None:
        match = _COMMENT.fullmatch(line)
        if match is None or match["key"] not in {"rates", "raises", "prints", "no-run"}:
            self.fail("a comment is `<!-- rates|raises|prints|no-run: ... -->` on one line")
        key, value = match["key"], match["value"]
        if key != "prints" and any(key == earlier for earlier, _ in self.comments):
            self.fail(f"`{key}` is said twice")
        self.comments.append((key, value))

    def fenced(self) -> list[str]:
        """The lines between this fence and its end; the reader then stands behind it."""
        start = self.at
        self.at += 1
        while self.at < len(self.lines) and not self.lines[self.at].startswith("```"):
            self.at += 1
        if self.at == len(self.lines) or self.lines[self.at] != "```":
            self.at = start
            self.fail("this fence is not closed")
        self.at += 1
        return self.lines[start + 1 : self.at - 1]

    def block(self, section: str, number: int, words: list[str]) -> Block:
        if unknown := [word for word in words if word not in WORDS]:
            self.fail(f"unknown word in the fence: {unknown[0]}")
        claim, no_run = self.claim()
        if ("no-run" in words) != (no_run is not None):
            self.fail("`no-run` needs its reason in a comment, and the reason needs the word")
        if (claim and no_run) or (claim and "syntax-error" in words):
            self.fail("a program that is not executed claims nothing")
        first = self.at + 2
        source, errors, todo = self.marked(self.fenced(), first)
        return Block(section, number, first, source, errors, todo, frozenset(words), claim, no_run)

    def claim(self) -> tuple[Claim, str | None]:
        said = dict(self.comments)
        prints = tuple(value for key, value in self.comments if key == "prints")
        self.comments = []
        try:
            rates = tuple(float(rate) for rate in said["rates"].split(",")) if "rates" in said else None
        except ValueError:
            self.fail("rates are numbers with commas between them")
        return Claim(rates, said.get("raises"), prints), said.get("no-run")

    def marked(self, lines: list[str], first: int) -> tuple[str, tuple[Mark, ...], tuple[Mark, ...]]:
        """The program without its marks, the errors and the known misses."""
        plain: list[str] = []
        marks: dict[str, list[Mark]] = {"error": [], "todo": []}
        for row, line in enumerate(lines, 1):
            match = _MARK.search(line)
            if match is None:
                if _LIKE_A_MARK.search(line):
                    raise PageError(first + row - 1, "a mark is `# error: 5 [LRL101]` or `# todo: [LRL101]`")
                plain.append(line)
                continue
            column = int(match["column"]) if match["column"] else None
            for code in match["codes"].split(", "):
                if not _CODE.fullmatch(code):
                    raise PageError(first + row - 1, f"not a code: {code!r}")
                marks[match["kind"]].append(Mark(row, code, column))
            plain.append(line[: match.start()])
        return "".join(f"{line}\n" for line in plain), tuple(marks["error"]), tuple(marks["todo"])
