"""Fixes: only their bytes change, and they hold what they promise."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import replace
from graphlib import TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import outline
from lrlint.config import Settings
from lrlint.edits import EditError, Splice, Splicing, splices
from lrlint.finding import Edit, Fix, Location
from lrlint.fixes import fix_source
from lrlint.linter import CheckResult, check_source
from lrlint.program import Program
from lrlint.rules import Change, Mistake, Repair, all_rules
from lrlint.run import Job, examine
from lrlint.source import Source
from lrlint.trace.syntax import walk
from stand_in import DECAY, finds, install, named, replaces, rule

ALL = Settings()


def edit(start: tuple[int, int], end: tuple[int, int], content: str) -> Edit:
    return Edit(Location(*start), Location(*end), content)


def fix(*edits: Edit) -> Fix:
    return Fix("safe", "Do it", edits)


@st.composite
def texts_and_splices(draw: st.DrawFn) -> tuple[str, list[Splice]]:
    text = draw(st.text(st.sampled_from("aé😀\n\r\f "), max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Splice(start, end, draw(st.text("xyz\n", max_size=3))) for start, end in spans]


class TestEdits:
    @given(texts_and_splices())
    def test_only_their_spans_change(self, case: tuple[str, list[Splice]]) -> None:
        text, chosen = case
        parts, kept, position = [], [], 0
        for splice in chosen:
            kept.append(text[position : splice.start])
            parts += [kept[-1], splice.content]
            position = splice.end
        assert Splicing(chosen).apply(text) == "".join([*parts, text[position:]])

    @given(texts_and_splices(), st.data())
    def test_places_outside_of_them_move_with_their_character(
        self, case: tuple[str, list[Splice]], data: st.DataObject
    ) -> None:
        text, chosen = case
        splicing = Splicing(chosen)
        new = splicing.apply(text)
        offset = data.draw(st.integers(0, len(text)))
        low, high = splicing.image(offset)
        assert 0 <= low <= high <= len(new)
        touching = [splice for splice in chosen if splice.start <= offset <= splice.end]
        if touching:
            grown = sum(len(splice.content) for splice in touching)
            assert high - low >= grown
            before = touching[0].start
            for splice in reversed(chosen):  # what is changed right before it moves with it
                before = splice.start if splice.start < before == splice.end else before
            assert text[:before].endswith(new[:low][-1:]) or new[:low][-1:] in "xyz\n"
        else:
            assert low == high
            assert new[low:][: len(text) - offset][:1] == text[offset:][:1]

    def test_of_one_fix_may_touch_and_keep_their_order(self) -> None:
        source = Source("a.py", "abc\n")
        chosen = splices(source, fix(edit((1, 2), (1, 3), "X"), edit((1, 2), (1, 2), "("), edit((1, 3), (1, 3), ")")))
        assert Splicing(chosen).apply(source.text) == "a(X)c\n"
        chosen = splices(source, fix(edit((1, 2), (1, 2), "2"), edit((1, 2), (1, 2), "1")))
        assert Splicing(chosen).apply(source.text) == "a21bc\n"

    @pytest.mark.parametrize(
        ("edits", "words"),
        [
            ([edit((1, 1), (1, 3), "x"), edit((1, 2), (1, 4), "y")], "change the same text"),
            ([edit((1, 3), (1, 1), "x")], "ends before it begins"),
            ([edit((3, 1), (3, 1), "x")], "outside of the file"),
            ([edit((0, 1), (1, 1), "x")], "outside of the file"),
            ([edit((1, 1), (1, 6), "x")], "outside of the file"),
        ],
    )
    def test_that_make_no_sense_are_refused(self, edits: list[Edit], words: str) -> None:
        with pytest.raises(EditError, match=words):
            splices(Source("a.py", "abc\n"), fix(*edits))

    @pytest.mark.parametrize(
        ("text", "row", "newline"),
        [("a\r\nb\n", 1, "\r\n"), ("a\r\nb\n", 2, "\n"), ("a\rb", 2, "\r"), ("a", 1, "\n"), ("a\r\n\nb", 3, "\n")],
    )
    def test_break_lines_as_their_line_does(self, text: str, row: int, newline: str) -> None:
        (splice,) = splices(Source("a.py", text), fix(edit((row, 1), (row, 1), "x\ny\r\n")))
        assert splice.content == f"x{newline}y\r\n"


class TestRounds:
    @pytest.mark.parametrize(
        "text",
        [
            "bad\r\nx = 1  # é\r\n\tbad".replace("\t", ""),
            "bad\rbad\nbad\r\n",
            "\x0cbad\n\n\x0c\nbad",
            "x = [bad,\n  'é😀', bad]  # bad\n",
            "if bad:\n\tbad  \n",
        ],
    )
    @pytest.mark.parametrize("head", [b"", codecs.BOM_UTF8, b"# coding: latin-1\n", b"# coding: cp1252\r\n"])
    def test_change_nothing_but_the_edits(self, head: bytes, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "bad", "good"))
        encoding = "utf-8" if b"coding" not in head else head.split()[2].decode()
        body = (DECAY + text).replace("😀" if encoding != "utf-8" else "\0", "")
        data = head + body.encode(encoding)
        result = fix_source(Source.from_bytes("a.py", data), ALL)
        expected = body.replace("bad", "good").replace("# good", "# bad")
        assert result.source.to_bytes() == head + expected.encode(encoding)
        assert result.applied == Counter({"LRL101": text.replace("# bad", "").count("bad")})
        assert (result.remaining, result.refused, result.error) == ((), (), None)
        again = fix_source(result.source, ALL)
        assert (again.source, again.applied) == (result.source, Counter())

    def test_are_safe_unless_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(
            monkeypatch,
            replaces("LRL101", "a", "b"),
            replaces("LRL102", "c", "d", "unsafe"),
            replaces("LRL103", "e", "f", "display-only"),
        )
        source = Source("a.py", DECAY + "a, c, e\n")
        result = fix_source(source, ALL)
        assert result.source.text == DECAY + "b, c, e\n"
        assert [finding.code for finding in result.remaining] == ["LRL102", "LRL103"]
        result = fix_source(source, ALL, unsafe=True)
        assert result.source.text == DECAY + "b, d, e\n"
        assert result.applied == Counter({"LRL101": 1, "LRL102": 1})
        assert [(finding.code, *finding.location) for finding in result.remaining] == [("LRL103", 2, 7)]

    def test_leave_alone_what_is_suppressed_or_not_selected(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "a", "b"), replaces("LRL102", "c", "d"))
        source = Source("a.py", DECAY + "a, c  # noqa: LRL101\na, c\n")
        assert fix_source(source, Settings(ignore=("LRL102",))).source.text == DECAY + "a, c  # noqa: LRL101\nb, c\n"

    def test_what_was_found_is_not_looked_for_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "a", "b"))
        checked: list[str] = []

        def note(source: Source, settings: Settings, *, noqa: bool = True) -> CheckResult:
            checked.append(source.text)
            return check_source(source, settings, noqa=noqa)

        monkeypatch.setattr("lrlint.linter.check_source", note)
        monkeypatch.setattr("lrlint.fixes.check_source", note)
        outcome = examine("a.py", f"{DECAY}a, a\n".encode(), Job(ALL, "diff"))
        assert outcome.new.decode() == f"{DECAY}b, b\n"
        assert checked == [f"{DECAY}a, a\n", f"{DECAY}b, b\n"]

    def test_obey_the_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "a", "b"), replaces("LRL102", "c", "d", "unsafe"))
        source = Source("a.py", DECAY + "a, c\n")
        settings = Settings(extend_safe_fixes=("LRL102",), extend_unsafe_fixes=("LRL101",))
        assert fix_source(source, settings).source.text == DECAY + "a, d\n"
        assert fix_source(source, settings, unsafe=True).source.text == DECAY + "b, d\n"
        result = fix_source(source, Settings(unfixable=("LRL101",)), unsafe=True)
        assert result.source.text == DECAY + "a, d\n"
        assert [finding.fix for finding in result.remaining] == [None]

    def test_take_overlapping_fixes_one_after_the_other_in_the_order_of_rules(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[str] = []

        def calls(program: Program) -> list[Mistake]:
            """Each call of f, nested ones too, becomes one of g: the outer edit holds the inner one."""
            seen.append(program.text.splitlines()[1])
            return [
                Mistake(node, "f", Repair("safe", "g", (Change(node, "g" + program.code(node)[1:]),)))
                for node in walk(program.module)
                if isinstance(node, outline.Call) and isinstance(node.func, outline.Name) and node.func.value == "f"
            ]

        install(monkeypatch, rule("LRL202", calls), replaces("LRL101", "a", "b"))
        result = fix_source(Source("a.py", DECAY + "f(f(a))\n"), ALL)
        assert result.source.text == DECAY + "g(g(b))\n"
        assert result.applied == Counter({"LRL101": 1, "LRL202": 2})
        assert seen == ["f(f(a))", "f(f(b))", "g(f(b))", "g(g(b))"]

    def test_put_two_insertions_at_one_point_one_after_the_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def appends(code: str, letter: str) -> object:
            def check(program: Program) -> list[Mistake]:
                return [
                    Mistake(node, letter, Repair("safe", letter, (Change(node, letter, "after"),)))
                    for node in walk(program.module)
                    if isinstance(node, outline.Name) and node.value.startswith("x") and letter not in node.value
                ]

            return rule(code, check)

        install(monkeypatch, appends("LRL102", "2"), appends("LRL101", "1"))  # type: ignore[arg-type]
        result = fix_source(Source("a.py", DECAY + "x\n"), ALL)
        assert result.source.text == DECAY + "x12\n"
        assert result.applied == Counter({"LRL101": 1, "LRL102": 1})

    def test_apply_all_of_a_fix_or_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def pairs(program: Program) -> list[Mistake]:
            first, *others = named(program, "a") if list(named(program, "a")) else [None]
            if first is None:
                return []
            return [Mistake(first, "a", Repair("safe", "b", tuple(Change(node, "b") for node in (first, *others))))]

        install(monkeypatch, rule("LRL102", pairs), replaces("LRL101", "a", "c"))
        result = fix_source(Source("a.py", DECAY + "a\na\n"), ALL)
        assert result.source.text == DECAY + "c\nc\n"
        assert result.applied == Counter({"LRL101": 2})
        install(monkeypatch, rule("LRL102", pairs))
        result = fix_source(Source("a.py", DECAY + "a\na\n"), ALL)
        assert result.source.text == DECAY + "b\nb\n"
        assert result.applied == Counter({"LRL102": 1})

    def test_count_a_finding_that_another_fix_took_away_not_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "a", "b"), replaces("LRL102", "a", "b"))
        result = fix_source(Source("a.py", DECAY + "a\n"), ALL)
        assert result.applied == Counter({"LRL101": 1})

    @pytest.mark.parametrize(
        ("new", "words"),
        [
            ("a + a", "LRL101 at 3:1"),
            ("a", "LRL101 at 3:1"),
            ("c", "LRL102 at 3:1"),
            ("= =", "LRL001 at 3:1"),
            ("'\ud800'", "cannot be written"),
        ],
    )
    def test_refuse_a_fix_that_does_not_hold_and_keep_the_others(
        self, new: str, words: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(
            monkeypatch,
            replaces("LRL101", "a", new),
            finds("LRL102", "c"),
            replaces("LRL103", "x", "yy"),
            replaces("LRL104", "o", "n"),
        )
        source = Source("a.py", DECAY + "x, x, o\na, x  # é\no, c\n")
        result = fix_source(source, ALL)
        assert result.source.text == DECAY + "yy, yy, n\na, yy  # é\nn, c\n"
        assert result.applied == Counter({"LRL103": 3, "LRL104": 2})
        (refusal,) = result.refused
        assert (refusal.finding.code, *refusal.finding.location) == ("LRL101", 3, 1)
        assert words in refusal.reason
        assert [(finding.code, *finding.location) for finding in result.remaining] == [
            ("LRL101", 3, 1),
            ("LRL102", 4, 4),
        ]

    @pytest.mark.parametrize("settings", [Settings(select=("LRL101",)), Settings(ignore=("LRL001",))])
    @pytest.mark.parametrize("new", ["= =", "not " * 5_000 + "x", "(" * 1_500 + ")" * 1_500])
    def test_refuse_what_cannot_be_read_whatever_is_selected(
        self, settings: Settings, new: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(monkeypatch, replaces("LRL101", "a", new))
        source = Source("a.py", DECAY + "a\n")
        result = fix_source(source, settings)
        assert result.source == source
        assert "it would leave LRL001 at" in result.refused[0].reason

    def test_refuse_edits_that_make_no_sense(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def twice(program: Program) -> list[Mistake]:
            return [Mistake(n, "a", Repair("safe", "b", (Change(n, "b"), Change(n, "c")))) for n in named(program, "a")]

        install(monkeypatch, rule("LRL101", twice))
        result = fix_source(Source("a.py", DECAY + "a\n"), ALL)
        assert result.source.text == DECAY + "a\n"
        assert [refusal.reason for refusal in result.refused] == ["two edits of one fix change the same text"]

    def test_refuse_what_the_encoding_does_not_have(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "a", "'€'"))
        source = Source.from_bytes("a.py", b"# coding: latin-1\n" + DECAY.encode() + b"a\n")
        result = fix_source(source, ALL)
        assert result.source == source
        assert [refusal.reason for refusal in result.refused] == ["'€' cannot be written in iso-8859-1"]

    def test_end_where_fixes_undo_each_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "a", "b"), replaces("LRL102", "b", "a"))
        result = fix_source(Source("a.py", DECAY + "a\n"), ALL)
        assert result.source.text == DECAY + "a\n"
        assert len(result.refused) == 1

    def test_that_come_to_no_end_leave_the_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two rules that claim to uncover each other's mistakes, and undo each other's fixes."""
        there, back = replaces("LRL101", "a", "b"), replaces("LRL102", "b", "a")
        install(
            monkeypatch,
            replaces("LRL103", "x", "y"),
            replace(there, uncovers=("LRL102",)),
            replace(back, uncovers=("LRL101",)),
        )
        source = Source("a.py", DECAY + "a, x\n")
        result = fix_source(source, ALL)
        assert (result.source, result.applied) == (source, Counter())
        assert [finding.code for finding in result.remaining] == ["LRL101", "LRL103"]
        assert result.error == "internal error in LRL101, LRL102, please report it: the fixes come to no end"

    def test_come_to_an_end_by_the_order_of_what_rules_uncover(self) -> None:
        order = TopologicalSorter({rule.code: rule.uncovers for rule in all_rules()})
        assert tuple(order.static_order())  # raises where a rule uncovers what uncovers it

    def test_a_crash_leaves_the_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def breaks(program: Program) -> list[Mistake]:
            if list(named(program, "b")):
                raise KeyError("b")
            return []

        install(monkeypatch, replaces("LRL101", "a", "b"), rule("LRL102", breaks))
        result = fix_source(Source("a.py", DECAY + "a\n"), ALL)
        assert result.source.text == DECAY + "a\n"
        assert "internal error in LRL102" in result.refused[0].reason
        result = fix_source(Source("a.py", DECAY + "b, a\n"), ALL)
        assert result.source.text == DECAY + "b, a\n"
        assert result.error == "internal error in LRL102, please report it: KeyError: 'b'"

    def test_many_findings_take_few_rounds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rounds: list[int] = []

        def counts(program: Program) -> list[Mistake]:
            rounds.append(1)
            return []

        install(monkeypatch, replaces("LRL101", "a", "b"), finds("LRL102", "c"), rule("LRL103", counts))
        result = fix_source(Source("a.py", DECAY + "a, c\n" * 500), ALL)
        assert result.applied == Counter({"LRL101": 500})
        assert len(result.remaining) == 500
        assert len(rounds) == 2
