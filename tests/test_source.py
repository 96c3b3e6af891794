"""Bytes to text and back, and the suppression comments, held against flake8's own reading of them."""

from __future__ import annotations

import argparse
import codecs
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint.finding import Finding, Location
from lrlint.source import Source, SourceError

if TYPE_CHECKING:
    from flake8.checker import FileChecker

NEWLINES = ["\n", "\r\n", "\r"]


def at(row: int, code: str = "LRL101") -> Finding:
    return Finding(code, "missing-global-step", "text", Location(row, 1), Location(row, 1))


class TestDecoding:
    @pytest.mark.parametrize(
        ("data", "text", "encoding", "bom"),
        [
            (b"", "", "utf-8", False),
            (b"x = 1", "x = 1", "utf-8", False),
            ("s = 'é€😀'\n".encode(), "s = 'é€😀'\n", "utf-8", False),
            (codecs.BOM_UTF8 + b"x\r\ny\r", "x\r\ny\r", "utf-8", True),
            (codecs.BOM_UTF8 + b"# coding: utf-8\n", "# coding: utf-8\n", "utf-8", True),
            (codecs.BOM_UTF8, "", "utf-8", True),
            (b"# coding: latin-1\ns = '\xe9'\n", "# coding: latin-1\ns = 'é'\n", "iso-8859-1", False),
            (b"# \xe9 coding: latin-1\n", "# é coding: latin-1\n", "iso-8859-1", False),
            (b"#!/usr/bin/python\r\n# vim:fileencoding=cp1252\r\n# \x80", None, "cp1252", False),
            (b"#!/usr/bin/python\r# coding: cp1252\r# \x80", None, "cp1252", False),
            (b"\f\t # -*- coding: UTF_8-unix -*-\n", None, "utf-8", False),
            (b"\n\n# coding: latin-1\n", None, "utf-8", False),
            (b"x = 1\n# coding: latin-1\n", None, "utf-8", False),
            (b"x = 1 # coding: latin-1\n", None, "utf-8", False),
            (b"a\x0cb\x0b\x85\n".replace(b"\x85", b"\xc2\x85"), "a\x0cb\x0b\x85\n", "utf-8", False),
        ],
    )
    def test_reads_what_python_reads(self, data: bytes, text: str | None, encoding: str, bom: bool) -> None:
        source = Source.from_bytes("a.py", data)
        assert (source.path, source.encoding, source.bom) == ("a.py", encoding, bom)
        if text is not None:
            assert source.text == text
        assert source.to_bytes() == data

    @pytest.mark.parametrize(
        ("data", "words", "place"),
        [
            (b"ok\ns = '\xe9'\n", "not utf-8: byte 0xe9", (2, 6)),
            ("é = '".encode() + b"\xff'", "not utf-8: byte 0xff", (1, 6)),
            (b"a\r\nb\rc\xc3", "not utf-8: byte 0xc3", (3, 2)),
            (b"# coding: ascii\nx = '\xc3\xa9'\n", "not ascii: byte 0xc3", (2, 6)),
            (b"# coding: no-such-thing\n", "unknown encoding: no-such-thing", (1, 11)),
            (b"\n# coding: no-such-thing\n", "unknown encoding: no-such-thing", (2, 11)),
            (b"# coding: rot13\n", "rot13 is not an encoding of text", (1, 11)),
            (b"# coding: undefined\n", "not undefined", (1, 1)),
            (codecs.BOM_UTF8 + b"# coding: latin-1\n", "begins with a UTF-8 byte order mark", (1, 11)),
            (b"x = 1\ny\0 = 2\n", "null byte", (2, 2)),
            ("x = 1\n".encode("utf-16"), "UTF-16, which Python cannot read", (1, 1)),
            ("x = 1\n".encode("utf-32"), "UTF-32, which Python cannot read", (1, 1)),
            (codecs.BOM_UTF16_BE + "x = 1\n".encode("utf-16-be"), "UTF-16, which Python cannot read", (1, 1)),
        ],
    )
    def test_says_where_it_cannot_read(self, data: bytes, words: str, place: tuple[int, int]) -> None:
        with pytest.raises(SourceError) as caught:
            Source.from_bytes("a.py", data)
        assert words in caught.value.message
        assert "\n" not in caught.value.message
        assert caught.value.location == place

    @given(st.binary(max_size=60), st.sampled_from([b"", codecs.BOM_UTF8, b"# coding: utf-7\n", b"# coding: idna\n"]))
    def test_any_bytes_are_read_or_refused(self, data: bytes, head: bytes) -> None:
        try:
            source = Source.from_bytes("a.py", head + data)
        except SourceError as error:
            refusal = error
        else:
            assert "\0" not in source.text
            return
        assert refusal.message
        assert refusal.location >= (1, 1)

    @given(
        text=st.text(st.characters(codec="latin-1", exclude_characters="\0"), max_size=80),
        encoding=st.sampled_from(["utf-8", "latin-1", "iso-8859-1"]),
        newline=st.sampled_from(NEWLINES),
        bom=st.booleans(),
    )
    def test_text_goes_back_to_its_bytes(self, text: str, encoding: str, newline: str, bom: bool) -> None:
        data = (f"# coding: {encoding}{newline}" + text).encode(encoding)
        if bom and encoding == "utf-8":
            data = codecs.BOM_UTF8 + data
        source = Source.from_bytes("a.py", data)
        assert source.to_bytes(source.text) == data


class TestEncoding:
    def test_text_that_the_encoding_does_not_have_is_refused(self) -> None:
        source = Source.from_bytes("a.py", b"# coding: latin-1\nx = 1\n")
        with pytest.raises(SourceError, match="'€' cannot be written in iso-8859-1") as caught:
            source.to_bytes("# coding: latin-1\nx = '€'\n")
        assert caught.value.location == (2, 6)

    def test_text_that_would_read_back_as_another_encoding_is_refused(self) -> None:
        source = Source.from_bytes("a.py", b"# coding: latin-1\nx = '\xe9'\n")
        with pytest.raises(SourceError):
            source.to_bytes("import os\nimport sys\n" + source.text)

    def test_bytes_that_are_not_the_only_ones_for_their_text_are_never_written(self) -> None:
        data = b"# coding: utf-7\nx = '+AGE-'\n"  # a letter that needed no such escape
        source = Source.from_bytes("a.py", data)
        assert source.text == "# coding: utf-7\nx = 'a'\n"
        with pytest.raises(SourceError, match="without a change to all of it"):
            source.to_bytes()

    def test_lone_surrogates_are_refused(self) -> None:
        with pytest.raises(SourceError):
            Source("a.py", "x = '\ud800'").to_bytes()


class TestPlaces:
    @given(st.text(st.sampled_from("aé😀\n\r\f\v\x1c\x85\u2028"), max_size=30))
    def test_places_and_offsets_are_two_names_of_one_thing(self, text: str) -> None:
        source = Source("a.py", text)
        assert "".join(source.lines) == text
        row, column = 1, 1
        for offset, character in enumerate(text):
            assert source.location(offset) == (row, column)
            assert source.offset(Location(row, column)) == offset
            ends = character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n")
            row, column = (row + 1, 1) if ends else (row, column + 1)
        assert source.location(len(text)) == (row, column)
        assert len(source.lines) == row


SNIPPETS = {
    "plain": "x = 1  # noqa\ny = 1\n",
    "codes": "a = 1  # noqa: LRL101\nb = 1  # noqa: LRL1\nc = 1  # noqa: LRL2\nd = 1  # noqa: E501,LRL101\n",
    "blanks between codes": "a = 1  # noqa: E501 LRL101\nb = 1  # noqa:E501 , LRL101\nc = 1  # noqa:LRL101,E501\n",
    "no digits": "a = 1  # noqa: LRL\nb = 1  # noqa: because I say so\n",
    "a reason after the codes": "a = 1  # noqa: LRL101 - counted by hand\nb = 1  # noqa: E501 LRL\n",
    "cases": "a = 1  # NoQA\nb = 1  # NOQA: LRL101\nc = 1  # noqa: lrl101\nd = 1  # noqa: Lrl101\n",
    "spelling": "a = 1  #noqa\nb = 1  #  noqa\nc = 1  # noqa:\nd = 1  # noqa :LRL202\ne = 1  # noqa:  LRL202\n",
    "runs of codes": "a = 1  # noqa: E501LRL101\nb = 1  # noqa: LRL101E501\nc = 1  # noqa: LRL101LRL202\n",
    "two comments": "a = 1  # noqa: E501  # noqa: LRL101\nb = 1  # nosec # noqa: LRL101\n",
    "in a string": "a = '# noqa'\nb = '''\n# noqa: LRL101\n'''\nc = 1\n",
    "multi-line string": "a = '''\none\n'''  # noqa\nb = f('''\none\n''',\n  2)  # noqa\nc = 1\n",
    "two strings, one line": "a = '''\n''' + '''\n'''  # noqa\nb = 1\n",
    "f-string": "a = f'''\n{x}\n'''  # noqa\nb = f'''{\nx}'''  # noqa\nc = 1\n",
    "continuation": "a = 1 + \\\n  2  # noqa\nb = 1 + \\\n  2\nassert a, \\\n  b  # noqa: LRL101\n",
    "brackets": "a = f(\n  1,\n  2)  # noqa\nb = f(  # noqa\n  1)\nc = [\n  1,  # noqa\n]\n",
    "brackets and strings": "a = f('''\n''', g(\n 1), '''\n''',  # noqa\n 2)\nb = 1\n",
    "brackets and a continuation": "a = f(1, \\\n  2, # noqa\n  3)\nb = 1\n",
    "comment line above": "# noqa\na = 1\n    # noqa\nb = 1\n",
    "indented": "def f():\n    '''doc\n    # noqa\n    '''\n    return 1  # noqa\n\n\nclass A:\n    x = 1 # noqa: LRL1\n",
    "decorated": "@f(  # noqa\n)\ndef g(\n  a,\n  b  # noqa\n): pass\n",
    "semicolons": "a = 1; b = 2  # noqa\n",
    "whole file": "x = 1\n# flake8: noqa\ny = 1\n",
    "whole file, codes": "x = 1\n# flake8: noqa: E501\ny = 1\n",
    "whole file, indented": "def f():\n    # FLAKE8=NOQA\n    x = 1\n",
    "whole file, after code": "x = 1  # flake8: noqa\ny = 1\n",
    "whole file, in a string": "x = '''\n# flake8: noqa\n'''\n",
    "whole file, no blank": "#flake8: noqa\nx = 1\n",
    "no last newline": "x = 1\ny = 1  # noqa",
    "ends in a string": "x = 1\ny = '''\n'''  # noqa",
    "form feed": "x = 1\n\f\ny = 1  # noqa\n\x0cz = 1  # noqa\n",
    "odd breaks": "x = 1  # \x0c noqa\ny = '\x1c'  # noqa\nz = '\u2028'  # noqa: LRL1\n",
    "unfinished": "x = f(1  # noqa\ny = 1\n",
    "unfinished string": "x = '''\n# noqa\ny = 1\n",
    "bad indent": "def f():\n    x = 1  # noqa\n  y = 1\nz = 1 # noqa: LRL101\n",
    "only a continuation": "x = 1  # noqa\ny = \\\n",
    "empty": "",
}


def file_checker(path: Path) -> FileChecker:
    from flake8.checker import FileChecker
    from flake8.plugins.finder import Checkers

    options = argparse.Namespace(
        hang_closing=False, indent_size=4, max_line_length=79, max_doc_length=None, verbose=0, disable_noqa=False,
        stdin_display_name="stdin",
    )  # fmt: skip
    return FileChecker(filename=str(path), plugins=Checkers([], [], []), options=options)


def flake8_suppresses(checker: FileChecker, path: Path, finding: Finding) -> bool:
    """What flake8 itself makes of a finding: as its checker reports it and its style guide handles it."""
    from flake8.violation import Violation

    if not checker.should_process:
        return True
    checker.results.clear()
    checker.report(finding.code, finding.location.row, 0, finding.message)
    ((code, row, column, text, line),) = checker.results
    return Violation(code, str(path), row, column + 1, text, line).is_inline_ignored(disable_noqa=False)


class TestNoqa:
    @pytest.fixture(autouse=True)
    def _flake8(self) -> None:
        pytest.importorskip("flake8")

    @pytest.mark.parametrize("newline", NEWLINES, ids=["LF", "CRLF", "CR"])
    @pytest.mark.parametrize("name", SNIPPETS)
    def test_reads_as_flake8_reads(self, name: str, newline: str, tmp_path: Path) -> None:
        path = tmp_path / "a.py"
        text = SNIPPETS[name].replace("\n", newline)
        path.write_bytes(text.encode())
        checker = file_checker(path)
        source = Source.from_bytes(str(path), path.read_bytes())
        for row in range(1, len(source.lines) + 1):
            for code in ("LRL101", "LRL202"):
                finding = at(row, code)
                assert source.suppressed(finding) == flake8_suppresses(checker, path, finding), (row, code)

    def test_the_snippets_tell_the_cases_apart(self) -> None:
        """The comparison above is worth something only if both answers occur, for both codes."""
        answers = {
            (code, Source("a.py", text).suppressed(at(row, code)))
            for text in SNIPPETS.values()
            for code in ("LRL101", "LRL202")
            for row in range(1, text.count("\n") + 1)
        }
        assert len(answers) == 4

    @given(
        st.lists(
            st.sampled_from(
                [
                    "x = 1",
                    "f(",
                    "g(1,",
                    ")",
                    "'''",
                    '"""',
                    "# noqa",
                    "  # noqa: LRL1",
                    " \\",
                    "\n",
                    "\n",
                    "\n",
                    " ",
                    "if x:",
                ]
            ),
            max_size=14,
        )
    )
    def test_reads_as_flake8_reads_at_random(self, parts: list[str]) -> None:
        import linecache
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.py"
            path.write_bytes("".join(parts).encode())
            checker = file_checker(path)
            source = Source.from_bytes(str(path), path.read_bytes())
            for row in range(1, len(source.lines) + 1):
                assert source.suppressed(at(row)) == flake8_suppresses(checker, path, at(row)), row
        linecache.clearcache()

    def test_the_row_of_the_comment_is_the_last_one_searched(self) -> None:
        source = Source("a.py", "a = '''\n'''\nb = f(\n  1)\nc = 1 + \\\n  2\nd = 1\n")
        assert [source.noqa_row(at(row)) for row in range(1, 8)] == [2, 2, 3, 4, 6, 6, 7]
        for row in range(1, 8):
            lines = source.lines.copy()
            last = source.noqa_row(at(row)) - 1
            lines[last] = lines[last].rstrip("\n") + "  # noqa: LRL101\n"
            assert Source("a.py", "".join(lines)).suppressed(at(row))
