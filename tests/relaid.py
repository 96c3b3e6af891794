"""The same program, laid out at random: parentheses, commas, blanks, comments, continued lines, indents, encodings, newlines."""

from __future__ import annotations

import ast
import codecs
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

ENCODINGS = {
    "utf-8": (b"", "é日本😀"),
    "utf-8-sig": (codecs.BOM_UTF8, "é日本😀"),
    "latin-1": (b"", "éß"),
    "cp1252": (b"", "é€"),
}
NEWLINES = ("\n", "\r\n", "\r")

_FSTRING = {getattr(tokenize, f"FSTRING_{name}", -1): step for name, step in (("START", 1), ("END", -1))}
_SKIPPED = {tokenize.ENCODING, tokenize.ENDMARKER, tokenize.NL, tokenize.COMMENT}


@dataclass(frozen=True)
class Layout:
    """A program as bytes; ``text`` is what they say, and ``encoding`` how."""

    data: bytes
    text: str
    encoding: str


def relaid(program: str, random: Random, *, comments: bool) -> Layout:
    """The program in another layout, with comments only if they are asked for."""
    name = random.choice([*ENCODINGS])
    bom, letters = ENCODINGS[name]
    encoding = "utf-8" if bom else name
    text = "".join(_Writer(program, random, letters, comments=comments).pieces())
    if encoding != "utf-8" or random.random() < 0.1:
        text = f"# -*- coding: {encoding} -*-\n{text}"
    if random.random() < 0.2:
        text = text.rstrip("\n")
    style = random.choice([*NEWLINES, "mixed"])
    text = re.sub("\n", lambda _: random.choice(NEWLINES) if style == "mixed" else style, text)
    return Layout(bom + text.encode(encoding), text, encoding)


def comments_in(text: str) -> list[str]:
    """All comments of a text, in order."""
    lines = io.StringIO(re.sub("\r\n?", "\n", text)).readline
    return [token.string for token in tokenize.generate_tokens(lines) if token.type == tokenize.COMMENT]


@dataclass(frozen=True)
class _Token:
    type: int
    text: str
    gap: str
    """What stands before it in its line."""


def _tokens(program: str) -> Iterator[_Token]:
    """The tokens, f-strings whole, of a program whose newlines are line feeds; an indent says how deep it is."""
    starts = [0, *(match.end() for match in re.finditer("\n", program))]
    depth = end = opened = 0
    for token in tokenize.generate_tokens(io.StringIO(program).readline):
        start, stop = (starts[row - 1] + column for row, column in (token.start, token.end))
        step = _FSTRING.get(token.type, 0)
        if step > 0 and depth == 0:
            opened = start
        depth += step
        if depth or token.type in _SKIPPED:
            end = end if depth or token.type != tokenize.NL else stop
            continue
        if step < 0:
            start = opened
        if token.type in (tokenize.INDENT, tokenize.DEDENT):
            yield _Token(token.type, "", "")
            continue
        gap = program[end:start] if start > end else ""
        yield _Token(token.type, program[start:stop] if step else token.string, " " if gap else "")
        end = stop


def _enclosed(program: str, random: Random) -> str:
    """The program with parentheses around some of its arguments and values, and commas behind some last arguments."""
    starts = [0, *(match.end() for match in re.finditer("\n", program))]
    encoded = program.split("\n")
    added: list[tuple[int, int, str]] = []

    def offset(row: int, column: int) -> int:
        return starts[row - 1] + len(encoded[row - 1].encode()[:column].decode())

    def visit(node: ast.AST) -> None:
        values: list[ast.expr] = []
        if isinstance(node, ast.Call):
            generator = len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp)
            values = [arg for arg in node.args if not isinstance(arg, ast.Starred) and not generator]
            values += [keyword.value for keyword in node.keywords]
            stop = offset(node.end_lineno or 0, node.end_col_offset or 0) - 1
            before = program[:stop].rstrip()
            if values and not generator and not before.endswith(",") and random.random() < 0.15:
                added.append((len(before), 2, ","))
        elif isinstance(node, (ast.Assign, ast.AugAssign)):
            values = [node.value]
        for value in values:
            if random.random() < 0.1 and not isinstance(value, ast.Starred):
                added.append((offset(value.lineno, value.col_offset), 1, "("))
                added.append((offset(value.end_lineno or 0, value.end_col_offset or 0), 0, ")"))
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.JoinedStr):
                visit(child)

    visit(ast.parse(program))
    for place, _, text in sorted(added, reverse=True):
        program = program[:place] + text + program[place:]
    return program


class _Writer:
    def __init__(self, program: str, random: Random, letters: str, *, comments: bool) -> None:
        self.random = random
        self.program = _enclosed(program, random)
        self.letters = letters
        self.comments = comments
        self.unit = random.choice(["  ", "    ", "        ", "\t"])
        self.wild = random.choice([0.0, 0.02, 0.1, 0.4])

    def chance(self, weight: float = 1.0) -> bool:
        return self.random.random() < self.wild * weight

    def comment(self) -> str:
        return f"# {self.random.choice(['the rate', 'TODO', 'f(lr, step)', self.letters, ''])}{self.random.randrange(1000)}"

    def pieces(self) -> Iterator[str]:
        depth = brackets = 0
        begins = True
        for token in _tokens(self.program):
            if token.type == tokenize.INDENT:
                depth += 1
            elif token.type == tokenize.DEDENT:
                depth -= 1
            elif token.type == tokenize.NEWLINE:
                yield (
                    f"  {self.comment()}\n"
                    if self.comments and self.chance(0.5)
                    else " \n"
                    if self.chance(0.3)
                    else "\n"
                )
                begins = True
            elif begins:
                yield from self.between(depth)
                yield self.unit * depth + token.text
                begins = False
            else:
                yield self.gap(token, brackets) + token.text
            brackets += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))

    def between(self, depth: int) -> Iterator[str]:
        """What stands before a statement."""
        while self.chance():
            ways = ["\n", "  \n", "\x0c\n"]
            if self.comments:
                ways += [f"{self.unit * depth}{self.comment()}\n", f"{self.comment()}\n"]
            yield self.random.choice(ways)
        if depth == 0 and self.chance(0.3):
            yield "\x0c"

    def gap(self, token: _Token, brackets: int) -> str:
        """What stands before a token in its statement."""
        if not self.chance():
            return token.gap
        indent = self.random.choice([" ", "    ", "\t", "            "])
        if not brackets:
            return self.random.choice([f"{token.gap} ", f" \\\n{indent}"])
        ways = [f"{token.gap} ", f"{token.gap}\n{indent}", f" \\\n{indent}", f"\n\n{indent}", "\n"]
        if self.comments:
            ways += [f"  {self.comment()}\n{indent}", f"\n{indent}{self.comment()}\n{indent}"]
        return self.random.choice(ways)
