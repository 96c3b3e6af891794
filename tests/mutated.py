"""Programs with something broken in them, at random: what a file may look like while somebody works on it, or worse."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from random import Random

_NAME = re.compile(r"\b[A-Za-z_]\w*\b")
_NUMBER = re.compile(r"\b\d+(?:\.\d+)?\b")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_STRAY = [
    *"\0\t\r\n\f\v\\'\"#()[]{}:;,.*@=+-%~é日😀\u2028\ufeff\u0660",
    *['"""', ":=", "**", "->", "...", " if lr else ", " lambda: ", " yield ", " await ", " not ", " in "],
    *[
        "\ndel lr\n",
        "\nglobal step\n",
        "\nreturn\n",
        "\nlr = None\n",
        "\nstep = 0\n",
        "  # noqa\n",
        " \\\n",
        "\r\n",
        "\n\x0c",
    ],
]

Lines = list[str]


def mutated(programs: Sequence[str], random: Random) -> bytes:
    """One of the programs, changed in a few places; mostly it can still be read."""
    text = random.choice(programs)
    for _ in range(random.choice([1, 1, 1, 2, 2, 3, 5, 8])):
        changed = random.choice(_MUTATIONS)(text, random, programs)
        text = changed if _parses(changed) or random.random() < 0.1 else text
    if random.random() < 0.2:
        text = text.replace("\n", random.choice(["\r\n", "\r"]))
    data = text.encode(random.choice(["utf-8"] * 8 + ["utf-8-sig", "latin-1"]), "replace")
    if data and random.random() < 0.1:
        place = random.randrange(len(data))
        data = data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]
    return data


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _in_lines(change: Callable[[Lines, Random], object]) -> Callable[[str, Random, Sequence[str]], str]:
    def mutate(text: str, random: Random, _: Sequence[str]) -> str:
        lines = text.splitlines(keepends=True)
        if lines:
            change(lines, random)
        return "".join(lines)

    return mutate


def _some(lines: Lines, random: Random) -> slice:
    start = random.randrange(len(lines))
    return slice(start, start + random.choice([1, 1, 1, 2, 5]))


def _drop_lines(lines: Lines, random: Random) -> None:
    del lines[_some(lines, random)]


def _repeat_lines(lines: Lines, random: Random) -> None:
    where = _some(lines, random)
    lines[where.stop : where.stop] = lines[where]


def _move_lines(lines: Lines, random: Random) -> None:
    where = _some(lines, random)
    moved = lines[where]
    del lines[where]
    place = random.randrange(len(lines) + 1)
    lines[place:place] = moved


def _indent_lines(lines: Lines, random: Random) -> None:
    where = _some(lines, random)
    indent = re.match(r"[ \t]*", lines[where.start])
    head = random.choice(
        ["if step:", "def f(lr):", "for _ in range(3):", "with x:", "class C:", "try:", "async def g():"]
    )
    lines[where] = [f"{indent[0] if indent else ''}{head}\n", *(f"    {line}" for line in lines[where])]


def _dedent_lines(lines: Lines, random: Random) -> None:
    where = _some(lines, random)
    lines[where] = [line.removeprefix("    ") for line in lines[where]]


def _in_matches(pattern: re.Pattern[str], content: Callable[[str, list[str], Random], str]) -> Callable[..., str]:
    def mutate(text: str, random: Random, _: Sequence[str]) -> str:
        matches = list(pattern.finditer(text))
        if not matches:
            return text
        match = random.choice(matches)
        new = content(match[0], [other[0] for other in matches], random)
        return text[: match.start()] + new + text[match.end() :]

    return mutate


def _insert(text: str, random: Random, _: Sequence[str]) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(_STRAY) + text[place:]


def _cut(text: str, random: Random, _: Sequence[str]) -> str:
    return text[: random.randrange(len(text) + 1)]


def _graft(text: str, random: Random, programs: Sequence[str]) -> str:
    """The beginning of this one and the end of another."""
    lines, others = text.splitlines(keepends=True), random.choice(programs).splitlines(keepends=True)
    return "".join(lines[: random.randrange(len(lines) + 1)] + others[random.randrange(len(others) + 1) :])


_MUTATIONS: list[Callable[[str, Random, Sequence[str]], str]] = [
    _in_lines(_drop_lines),
    _in_lines(_repeat_lines),
    _in_lines(_move_lines),
    _in_lines(_indent_lines),
    _in_lines(_dedent_lines),
    _in_matches(_NAME, lambda _, others, random: random.choice(others)),
    _in_matches(_NAME, lambda name, others, random: f"({name})" if random.random() < 0.5 else f"{name}.x"),
    _in_matches(
        _NUMBER, lambda _, others, random: random.choice([*others, "None", "0", "-1", "1e-9", "[0]", "lr", "step"])
    ),
    _in_matches(_TOKEN, lambda *_: ""),
    _in_matches(_TOKEN, lambda token, others, random: token + random.choice(others)),
    _insert,
    _cut,
    _graft,
]
