"""What IPython reads in a cell beside Python, and Python in its place.

Magics (``%time``), shell lines (``!ls``) and questions (``foo?``) give way to Python of the same length and the same
lines, so that all places stay. What is no Python at all becomes a name of underscores, which nobody knows; where a
statement stands behind a magic, it stays.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import groupby

from lrlint.parse import ParseProblem, parse_tree

_CELL_MAGIC = re.compile(r"%%(?P<name>\S+)[^\r\n]*")
_LINE_MAGIC = re.compile(r"[ \t]*%(?P<name>\w+)")
_EMPTY_LINES = re.compile(r"(?:[ \t\f]*(?:\r\n?|\n))*")
_INDENT = re.compile(r"[ \t\f]*")
_LINE = re.compile(r"(?:\\(?:\r\n?|\n)|[^\r\n])*")
_NEWLINE = re.compile(r"\r\n?|\n")

_IN_PYTHON = ("capture", "debug", "prun", "time", "timeit")
"""Cell magics that run the cell as it is."""

_FOREIGN = (
    *("!", "HTML", "SVG", "bash", "bigquery", "cmd", "cpp", "cu", "cython", "file", "fs", "html", "javascript", "js"),
    *("julia", "latex", "markdown", "md", "perl", "pypy", "python2", "ruby", "script", "sh", "shell", "sql", "svg"),
    *("system", "sx", "writefile", "R", "r", "scala", "md-sandbox", "python", "python3"),
)
"""Magics whose cells are not run as Python, or not in the notebook's own."""

_TIMED = ("memit", "prun", "time", "timeit")
"""Line magics behind which a statement stands."""

_BARE = (
    *("autoreload", "cat", "cd", "conda", "cp", "env", "less", "ll", "load", "load_ext", "ls", "mamba", "man"),
    *("matplotlib", "mkdir", "more", "mv", "pip", "pwd", "pylab", "reload_ext", "rm", "rmdir", "run"),
)
"""Magics that people write without ``%``, as IPython lets them where no Python is meant."""

_BARE_MAGIC = re.compile(rf"(?:{'|'.join((*_BARE, *_TIMED))})[ \t]+(?!(?:and|else|for|if|in|is|not|or)\b)[\w/.~-]")
_ENDS_UNUSUALLY = re.compile(r"=[ \t]*[!%]|\?[ \t]*$")
_UNUSUAL = re.compile(rf"[%!?/,;]|{_BARE_MAGIC.pattern}")
_NAME = re.compile(r"(?:%|(?=\w+[ \t]+(?:-|[A-Za-z_])))(\w+)")
_OPTIONS = re.compile(r"(?:[ \t]+-[A-Za-z](?:[ \t]*[\d.]+)?(?=[ \t]))*[ \t]+")
_ASSIGNED = re.compile(r"(?P<target>[\w.,*\[\]'\" \t]*[\w\]][ \t]*=[ \t]*)(?P<value>[!%](?P<name>\w*).*)", re.DOTALL)
_QUESTION = re.compile(r"[^#'\"\r\n]*\?")
_PIECE = re.compile(
    r"""(?:\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\Z)|'''(?:\\.|[^\\])*?(?:'''|\Z)
        |"(?:\\(?:\r\n|.)|[^\\"\r\n])*"?|'(?:\\(?:\r\n|.)|[^\\'\r\n])*'?)
    |\#[^\r\n]*|(?P<opening>[\[({])|(?P<closing>[\])}])
    |\\(?:\r\n?|\n)|(?P<newline>\r\n?|\n)|[^\s"'\#\[\](){}\\]+|[^\S\r\n]+|\\""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Neutral:
    """A cell without its magics: Python of the same length, and the magics in order.

    ``head`` is what stands above the code: the cell magics, which must stay there. ``python`` says whether the cell is
    Python at all.
    """

    code: str
    head: str = ""
    magics: tuple[str, ...] = ()
    python: bool = True


def neutral(cell: str) -> Neutral:
    """The Python of a cell."""
    return _Walk(cell).walk() if _unusual(cell) else Neutral(cell)


def _unusual(cell: str) -> bool:
    """Whether a line of a cell may be more than Python, or the cell may be indented as a whole."""
    start = _end(_EMPTY_LINES, cell, 0)
    return cell[start : start + 1] in (" ", "\t") or any(
        _UNUSUAL.match(line.lstrip()) or _ENDS_UNUSUALLY.search(line) for line in _NEWLINE.split(cell)
    )


class _Walk:
    """From one logical line of a cell to the next; ``_code`` is what is made of them."""

    def __init__(self, cell: str) -> None:
        self._cell = cell
        self._code: list[str] = []
        self._magics: list[str] = []

    def walk(self) -> Neutral:
        at = _end(_EMPTY_LINES, self._cell, 0)
        self._keep(0, at)
        doubtful = False
        while magic := _CELL_MAGIC.match(self._cell, at):  # one behind the other, where there are several
            if magic["name"] in _FOREIGN:
                return Neutral(self._cell, python=False)
            doubtful |= magic["name"] not in _IN_PYTHON
            self._hide(at, magic.end())
            at = _end(_EMPTY_LINES, self._cell, magic.end())
            self._keep(magic.end(), at)
        head = self._cell[:at] if self._magics else ""
        first = _LINE_MAGIC.match(self._cell, at)
        doubtful |= first is not None and first["name"] in _FOREIGN
        self._lines(at)
        code = "".join(self._code)
        return Neutral(code, head, tuple(self._magics), python=not doubtful or _parses(code) is not None)

    def _lines(self, at: int) -> None:
        margin = self._cell[at : _end(_INDENT, self._cell, at)]
        while at < len(self._cell):
            if margin and self._cell.startswith(margin, at):
                self._outdent(at, at + len(margin))
                at += len(margin)
            end = self._special(at)
            if end is None:
                end = self._end_of_statement(at)
                self._keep(at, end)
            at = end

    def _special(self, start: int) -> int | None:
        """Replace a line that is not Python, or not only; its end, or ``None`` for any other line."""
        at = _end(_INDENT, self._cell, start)
        end = _end(_LINE, self._cell, at)
        line = self._cell[at:end]
        name = _NAME.match(line)
        if name and name[1] in _TIMED and self._timed(start, at, end, len(name[0])):
            return end
        if line.startswith(("%", "!", "?", "/", ",", ";")) or _is_bare_magic(line) or _is_question(line):
            self._keep(start, at)
            self._hide(at, end)
            return end
        assigned = _ASSIGNED.fullmatch(line)
        if assigned:
            value = at + assigned.start("value")
            self._keep(start, value)
            behind = value + 1 + len(assigned["name"])
            if assigned["name"] == "time" and _parses(self._cell[behind:end].strip()):
                self._magics.append(self._cell[value:behind])
                self._code.append(" " * (behind - value))
                self._keep(behind, end)
            else:
                self._hide(value, end)
            return end
        return None

    def _timed(self, start: int, at: int, end: int, length: int) -> bool:
        """Keep the statement behind a magic, where there is one."""
        behind = _OPTIONS.match(self._cell, at + length, end)
        tree = _parses(self._cell[behind.end() : end].strip()) if behind else None
        if not behind or not tree or not tree.body:
            return False
        if not hasattr(tree.body[0], "body"):
            self._keep(start, at)
            self._code.append("0;".ljust(behind.end() - at))  # so that the statement has its line not to itself
            self._magics.append(self._cell[at : behind.end()])
        elif at == start:
            self._outdent(start, behind.end())
        else:
            return False
        self._keep(behind.end(), end)
        return True

    def _end_of_statement(self, at: int) -> int:
        depth = 0
        while at < len(self._cell):
            piece = _PIECE.match(self._cell, at)
            if piece is None:
                return len(self._cell)
            at = piece.end()
            if piece["opening"]:
                depth += 1
            elif piece["closing"]:
                depth = max(depth - 1, 0)
            elif piece["newline"] and not depth:
                return at
        return at

    def _keep(self, start: int, end: int) -> None:
        self._code.append(self._cell[start:end])

    def _hide(self, start: int, end: int) -> None:
        """Put a name in place of what stands there; on the lines that a backslash adds, nothing."""
        hidden = self._cell[start:end]
        self._magics.append(hidden)
        first = _NEWLINE.search(hidden)
        length = first.start() if first else len(hidden)
        self._code.append("_" * length)
        for newline, characters in groupby(hidden[length:], key="\r\n".__contains__):
            text = "".join(characters)
            self._code.append(text if newline else " " * len(text))

    def _outdent(self, start: int, end: int) -> None:
        """Blank what stands there, so that what follows is not indented: a form feed begins the line anew."""
        self._magics.append(self._cell[start:end])
        self._code.append("\f".rjust(end - start))


def _is_bare_magic(line: str) -> bool:
    return _BARE_MAGIC.match(line) is not None and _parses(line) is None


def _is_question(line: str) -> bool:
    return _QUESTION.fullmatch(line.rstrip()) is not None


def _parses(code: str) -> ast.Module | None:
    """The tree of code that may be Python."""
    try:
        return parse_tree(code)
    except ParseProblem:
        return None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
