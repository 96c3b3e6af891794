"""The full format, to the last character, and the colours of all formats."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint.finding import Edit, Effect, Finding, Fix, Location, Related, Safety
from lrlint.report import FOR_PEOPLE, FORMATS, Reported, renderer
from lrlint.report.line import CUT, Line, beginning, width
from lrlint.report.look import COLORS, Color, Look, look_of
from lrlint.source import Source
from terminal import read_all

NARROW, WIDE = Look(width=80), Look(width=160)

PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)
for _ in range(30):
    optimizer.minimize(lambda: weight ** 2)
print("rate:", rate)
"""
EAGER = "`enable_eager_execution()` is called"


def span(text: str, words: str) -> tuple[Location, Location]:
    """The place of some words in a text, which stand there once."""
    assert text.count(words) == 1, words
    source, start = Source("", text), text.index(words)
    return source.location(start), source.location(start + len(words))


def replaced(text: str, words: str, content: str) -> Edit:
    return Edit(*span(text, words), content)


def found(text: str, words: str, *related: tuple[str, str], fix: Fix | None = None, mode: str | None = None) -> Finding:
    places = tuple(Related(message, *span(text, there)) for there, message in related)
    evidence = EAGER if mode else None
    return Finding("LRL101", "missing-global-step", "the rate stays", *span(text, words), fix, places, mode, evidence)


def full(text: str | None, *findings: Finding, look: Look = WIDE, unsafe: bool = False) -> str:
    source = None if text is None else Source("a.py", text)
    return renderer("full")([Reported("a.py", each, source) for each in findings], unsafe=unsafe, look=look)


def frame(text: str, words: str, *related: tuple[str, str], look: Look = WIDE) -> str:
    """What is shown of the code alone."""
    lines = full(text, found(text, words, *related), look=look).splitlines()
    assert lines[0].startswith("a.py:")
    assert lines[-2:] == ["rule: missing-global-step, see `lrlint explain LRL101`", ""]
    return "\n".join(lines[1:-2]) + "\n"


def diff(text: str, *edits: Edit, look: Look = WIDE) -> str:
    """What is shown of a fix alone."""
    start = Location(1, 1)
    fix = Fix("safe", "Do it", edits)
    shown = full(text, Finding("LRL101", "missing-global-step", "wrong", start, start, fix), look=look)
    return shown.partition("help: Do it\n")[2].partition("note: safe fix")[0]


STORY = found(
    PROGRAM,
    "optimizer.minimize(lambda: weight ** 2)",
    ("tf.Variable(0, trainable=False)", "the step is made here"),
    ("tf.train.exponential_decay(0.1, step, 10, 0.5)", "the schedule is made here"),
    ("tf.train.GradientDescentOptimizer(rate)", "the optimizer is made here"),
    fix=Fix("safe", "Add `global_step=step`", (replaced(PROGRAM, "weight ** 2", "weight ** 2, global_step=step"),)),
    mode="eager",
)


def test_a_finding_with_all_its_story() -> None:
    expected = """\
a.py:9:5: LRL101 [*] the rate stays
   |
 5 | step = tf.Variable(0, trainable=False)
   |        ------------------------------- the step is made here
 6 | rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
   |        ---------------------------------------------- the schedule is made here
 7 | optimizer = tf.train.GradientDescentOptimizer(rate)
   |             --------------------------------------- the optimizer is made here
 8 | for _ in range(30):
 9 |     optimizer.minimize(lambda: weight ** 2)
   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
10 | print("rate:", rate)
   |
note: eager: `enable_eager_execution()` is called
help: Add `global_step=step`
   |
 9 -     optimizer.minimize(lambda: weight ** 2)
 9 +     optimizer.minimize(lambda: weight ** 2, global_step=step)
   |
note: safe fix, applied by `--fix`
rule: missing-global-step, see `lrlint explain LRL101`

"""
    assert full(PROGRAM, STORY) == expected


EFFECT = Effect(
    "exponential_decay",
    (("learning_rate", 0.1), ("decay_steps", 10), ("decay_rate", 0.5), ("staircase", False)),
    "frozen",
    (0, 1, 10, 29),
    (0.1, 0.0933033, 0.05, 0.013397168),
    (0.1, 0.1, 0.1, 0.1),
    "the rate stays 0.1; as written it should be 0.0134 at step 29",
    speed=0,
)
COST = """\
cost: the learning rate of this `exponential_decay`
   | step   intended  actual
   |    0        0.1     0.1
   |    1  0.0933033     0.1
   |   10       0.05     0.1
   |   29  0.0133972     0.1
   |
"""


def below(effect: Effect) -> str:
    """What is shown of an effect, which stands between the code and the mode."""
    shown = full(PROGRAM, replace(STORY, effect=effect))
    return shown.partition('print("rate:", rate)\n   |\n')[2].partition("note: eager")[0]


def test_the_rates_of_a_finding() -> None:
    assert below(EFFECT) == COST
    assumed = "`decay_steps` is 10 by default"
    assert below(replace(EFFECT, assumed=(assumed,))) == f"{COST}note: {assumed}\n"


def test_what_tensorflow_says_where_it_does_not_fit_into_the_message() -> None:
    raises = replace(EFFECT, way="raises", actual=(None,) * 4, text="the first update raises a `ValueError`")
    cost = COST.replace("     0.1\n", "       -\n")
    assert below(raises) == cost
    assert below(replace(raises, error="ValueError: so long")) == f"{cost}note: TensorFlow says `ValueError: so long`\n"
    assert below(replace(raises, error="E: no", text="it raises `E: no`")) == cost


def test_rates_that_do_not_stray_are_not_shown() -> None:
    assert below(replace(EFFECT, way="as-is", actual=EFFECT.intended)) == ""


def test_in_80_columns() -> None:
    expected = """\
a.py:9:5: LRL101 [*] the rate stays
   |
 5 | step = tf.Variable(0, trainable=False)
   |        ------------------------------- the step is made here
 6 | rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
   |        ----------------------------------------------
   |        the schedule is made here
 7 | optimizer = tf.train.GradientDescentOptimizer(rate)
   |             ---------------------------------------
   |             the optimizer is made here
 8 | for _ in range(30):
 9 |     optimizer.minimize(lambda: weight ** 2)
   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
10 | print("rate:", rate)
   |
note: eager: `enable_eager_execution()` is called
help: Add `global_step=step`
   |
 9 -     optimizer.minimize(lambda: weight ** 2)
 9 +     optimizer.minimize(lambda: weight ** 2, global_step=step)
   |
note: safe fix, applied by `--fix`
rule: missing-global-step, see `lrlint explain LRL101`

"""
    assert full(PROGRAM, STORY, look=NARROW) == expected


def test_in_colour() -> None:
    text = "a = 1\nb = f(a)\n"
    finding = found(
        text, "f(a)", ("1", "made here"), fix=Fix("safe", "Call it", (replaced(text, "f(a)", "f(a())"),)), mode="eager"
    )
    plain = full(text, finding)
    coloured = full(text, finding, look=Look(colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    expected = """\
[1ma.py[0m:2:5: [31m[1mLRL101[0m [36m[*][0m the rate stays
[94m[1m  |[0m
[94m[1m1 |[0m a = 1
[94m[1m  |[0m     [94m[1m-[0m [94m[1mmade here[0m
[94m[1m2 |[0m b = f(a)
[94m[1m  |[0m     [31m[1m^^^^[0m
[94m[1m  |[0m
[1mnote:[0m eager: `enable_eager_execution()` is called
[36m[1mhelp:[0m Call it
[94m[1m  |[0m
[94m[1m2[0m [31m-[0m [31mb = f(a)[0m
[94m[1m2[0m [32m+[0m [32mb = f(a())[0m
[94m[1m  |[0m
[1mnote:[0m safe fix, applied by `--fix`
[1mrule:[0m missing-global-step, see `lrlint explain LRL101`

"""
    assert coloured.replace("\x1b", "") == expected


def test_a_mark_over_several_lines() -> None:
    text = "step = 0\nrate = decay(\n    0.1,\n    step,\n)\nminimize(rate)\n"
    expected = """\
  |
1 |   step = 0
  |          - no variable
2 |   rate = decay(
  |  ________^
3 | |     0.1,
4 | |     step,
5 | | )
  | |_^
6 |   minimize(rate)
  |
"""
    assert frame(text, "decay(\n    0.1,\n    step,\n)", ("0\n", "no variable")) == expected


def test_marks_over_several_lines_inside_each_other() -> None:
    text = "optimizer = Adam(\n    decay(\n        0.1,\n        step,\n    ),\n)\n"
    inner = "decay(\n        0.1,\n        step,\n    )"
    expected = """\
  |
1 |     optimizer = Adam(
  |  _______________-
2 | | /     decay(
3 | | |         0.1,
4 | | |         step,
5 | | |     ),
  | | |_____^
6 | |   )
  | |___- the optimizer is made here
  |
"""
    assert frame(text, inner, (text[12:-1], "the optimizer is made here")) == expected


def test_a_long_mark_is_cut_in_its_middle() -> None:
    body = "".join(f"    {number},\n" for number in range(100, 120))
    text = f"x = 1\nrate = decay(\n{body})\ny = 2\n"
    expected = """\
   |
 1 |   x = 1
 2 |   rate = decay(
   |  ________^
 3 | |     100,
...  |
22 | |     119,
23 | | )
   | |_^
24 |   y = 2
   |
"""
    assert frame(text, f"decay(\n{body})") == expected


def test_a_whole_line_with_its_newline_is_one_line() -> None:
    expected = """\
  |
1 | a
2 | step += 1
  | ^^^^^^^^^
3 | b
  |
"""
    assert frame("a\nstep += 1\nb\n", "step += 1\n") == expected


def lines_apart(rows: int) -> str:
    return "step = 0\n" + "# between\n" * rows + "\nminimize()\n"


def test_lines_between_near_places_are_shown_or_left_out() -> None:
    related = ("0", "the step is made here")
    expected = """\
  |
1 | step = 0
  |        - the step is made here
2 | # between
3 | # between
4 |
5 | minimize()
  | ^^^^^^^^^^
  |
"""
    assert frame(lines_apart(2), "minimize()", related) == expected
    expected = """\
   |
 1 | step = 0
   |        - the step is made here
...
12 | minimize()
   | ^^^^^^^^^^
   |
"""
    assert frame(lines_apart(9), "minimize()", related) == expected


def test_far_places_have_frames_of_their_own() -> None:
    expected = """\
    |
103 | minimize()
    | ^^^^^^^^^^
    |
   --> a.py:1:8
    |
  1 | step = 0
    |        - the step is made here
    |
"""
    assert frame(lines_apart(100), "minimize()", ("0", "the step is made here")) == expected


def test_a_related_place_that_is_the_finding_itself_labels_it() -> None:
    expected = """\
  |
1 | step = 0
  |        ^ the step is made here
  |
"""
    assert frame("step = 0\n", "0", ("0", "the step is made here")) == expected


def test_marks_in_one_line() -> None:
    text = "opt = Adam(decay(0.1, step))\n"
    related = [
        ("Adam(decay(0.1, step))", "the optimizer is made here"),
        ("decay(0.1, step)", "the schedule is made here"),
    ]
    expected = """\
  |
1 | opt = Adam(decay(0.1, step))
  |                       ^^^^
  |       ---------------------- the optimizer is made here
  |            ---------------- the schedule is made here
  |
"""
    assert frame(text, "step", *related) == expected


def test_tabs_wide_and_invisible_characters() -> None:
    expected = """\
  |
1 | if a:
2 |     x = '価格́';     print(rate)
  |                           ^^^^
  |
"""
    assert frame("if a:\n\tx = '価格\u0301'; \tprint(rate)\n", "rate") == expected
    expected = """\
  |
1 | x = '␛[31m�␌'; print(rate)
  |                      ^^^^
  |
"""
    assert frame("x = '\x1b[31m\u202e\x0c'; print(rate)\n", "rate") == expected
    expected = """\
  |
1 | x = print('レート', 率)
  |           ^^^^^^^^
  |
"""
    assert frame("x = print('レート', 率)\n", "'レート'") == expected


def test_long_lines_are_clipped_around_their_marks() -> None:
    many = ", ".join(f"argument_{number}" for number in range(30))
    text = f"# {many}\nx = f({many}, rate)\nprint({many})\n"
    expected = """\
  |
1 | # argument_0, argument_1, argument_2, argument_3, argument_4, argument_5,...
2 | x = f(argument_0, argument_1, argument_2, argument_3, argument_4, argumen...
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
3 | print(argument_0, argument_1, argument_2, argument_3, argument_4, argumen...
  |
"""
    assert (
        frame(
            text,
            f"{many}, rate",
            look=NARROW,
        )
        == expected
    )
    expected = """\
  |
1 | # argument_0, argument_1, argument_2, argument_3, argument_4, argument_5,...
2 | ...4, argument_25, argument_26, argument_27, argument_28, argument_29, rate)
  |                                                                        ^^^^
3 | print(argument_0, argument_1, argument_2, argument_3, argument_4, argumen...
  |
"""
    assert frame(text, "rate", look=NARROW) == expected
    last = f"{many[many.index('argument_15') :]}, rate"
    middle = text.replace(last, "RATE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10")
    expected = """\
  |
1 | # argument_0, argument_1, argument_2, argument_3, argument_4, argument_5,...
2 | ...gument_12, argument_13, argument_14, RATE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
  |                                         ^^^^
  |    - here
3 | print(argument_0, argument_1, argument_2, argument_3, argument_4, argumen...
  |
"""
    assert frame(middle, "RATE", ("x =", "here"), look=NARROW) == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("x = (\n", (1, 6), (1, 6), "  |\n1 | x = (\n  |      ^\n  |\n"),
        ("x = (\n", (2, 1), (2, 1), "  |\n1 | x = (\n2 |\n  | ^\n  |\n"),
        ("x = (", (1, 5), (9, 9), "  |\n1 | x = (\n  |     ^\n  |\n"),
        ("", (1, 1), (1, 1), "  |\n1 |\n  | ^\n  |\n"),
        ("x = 1\n", (7, 1), (7, 4), ""),
        ("x = 1\r\ny = 2\r\n", (1, 5), (2, 1), "  |\n1 | x = 1\n  |     ^\n2 | y = 2\n  |\n"),
    ],
)
def test_places_at_and_behind_the_end(text: str, start: tuple[int, int], end: tuple[int, int], expected: str) -> None:
    finding = Finding("LRL001", "syntax-error", "no", Location(*start), Location(*end))
    rest = "rule: syntax-error, see `lrlint explain LRL001`\n\n"
    assert full(text, finding) == f"a.py:{start[0]}:{start[1]}: LRL001 no\n{expected}{rest}"


def test_a_file_without_a_text() -> None:
    expected = """\
a.py:9:5: LRL101 [*] the rate stays
note: eager: `enable_eager_execution()` is called
help: Add `global_step=step`
note: safe fix, applied by `--fix`
rule: missing-global-step, see `lrlint explain LRL101`

"""
    assert full(None, STORY) == expected


def test_a_line_put_before_another() -> None:
    here = Location(2, 1)
    expected = """\
  |
2 +     new
3 |     b
  |
"""
    assert diff("a\n\tb\nc\n", Edit(here, here, "\tnew\n")) == expected


def test_a_line_taken_away() -> None:
    expected = """\
  |
2 - b
  |
"""
    assert diff("a\nb\nc\n", Edit(Location(2, 1), Location(3, 1), "")) == expected


def test_an_argument_on_a_line_of_its_own() -> None:
    text = "minimize(\n    loss\n)\n"
    after, below = Location(2, 9), Location(3, 1)
    expected = """\
  |
2 -     loss
2 +     loss,
3 +     global_step=step
4 | )
  |
"""
    assert diff(text, Edit(after, after, ","), Edit(below, below, "    global_step=step\n")) == expected


def test_edits_far_from_each_other() -> None:
    text = "a = 0\n" + "\n" * 8 + "a += 1\n"
    new = "step = tf.Variable(0)\na = 0"
    expected = """\
   |
 1 + step = tf.Variable(0)
 2 | a = 0
...
10 - a += 1
11 + step.assign_add(1)
   |
"""
    assert diff(text, replaced(text, "a = 0", new), replaced(text, "a += 1", "step.assign_add(1)")) == expected


def test_lines_that_stay_between_changed_ones() -> None:
    same = "".join(f"    {number},\n" for number in range(5))
    text = f"[f(\n{same})]\n"
    expected = """\
  |
1 - [f(
1 + f(
2 |     0,
...
6 |     4,
7 - )]
7 + )
  |
"""
    assert diff(text, Edit(Location(1, 1), Location(7, 3), f"f(\n{same})")) == expected


def test_a_long_changed_line_is_clipped_where_it_changes() -> None:
    text = f"minimize({'loss, ' * 20}step, {'more, ' * 20}last)\n"
    expected = """\
  |
1 - ...ss, loss, loss, loss, loss, step, more, more, more, more, more, more, ...
1 + ...ss, loss, loss, loss, loss, tf.Variable(0), more, more, more, more, mo...
  |
"""
    assert diff(text, replaced(text, "step", "tf.Variable(0)"), look=NARROW) == expected


def test_edits_that_do_not_fit_the_text_show_no_diff() -> None:
    assert diff("a\n", Edit(Location(7, 1), Location(7, 2), "")) == ""


@pytest.mark.parametrize(
    ("safety", "reason", "words"),
    [
        ("safe", None, "safe fix, applied by `--fix`"),
        ("unsafe", "others read it", "unsafe fix, applied by `--fix --unsafe-fixes`: others read it"),
        ("unsafe", None, "unsafe fix, applied by `--fix --unsafe-fixes`"),
        ("display-only", "it moves twice", "only a proposal, not applied by any flag: it moves twice"),
    ],
)
def test_a_fix_says_how_safe_it_is(safety: Safety, reason: str | None, words: str) -> None:
    finding = found("a = b\n", "b", fix=Fix(safety, "Call it", (replaced("a = b\n", "b", "b()"),), reason))
    lines = full("a = b\n", finding).splitlines()
    assert lines[-3] == f"note: {words}"
    assert lines[0].startswith("a.py:1:5: LRL101 [*]" if safety == "safe" else "a.py:1:5: LRL101 the")
    assert ("[*]" in full("a = b\n", finding, unsafe=True)) is (safety != "display-only")


@given(
    st.text(alphabet="ab \t\n\r\x0c\x1b价\u0301\u200d'(", max_size=300),
    st.lists(st.tuples(st.integers(1, 12), st.integers(1, 60), st.integers(0, 5), st.integers(1, 60)), min_size=1),
    st.integers(40, 90),
)
def test_whatever_is_marked_fits(text: str, places: list[tuple[int, int, int, int]], columns: int) -> None:
    ranges = []
    for row, column, rows, end in places:
        ranges.append((Location(row, column), max(Location(row + rows, end), Location(row, column))))
    related = tuple(Related("made here", *each) for each in ranges[1:])
    edit = Edit(*ranges[0], "new\n")
    finding = Finding("LRL101", "n", "wrong", *ranges[0], Fix("safe", "f", (edit,)), related)
    shown = full(text, finding, look=Look(width=columns))
    assert re.sub(r"\x1b\[[0-9;]*m", "", full(text, finding, look=Look(colour=True, width=columns))) == shown
    framed = [line for line in shown.splitlines() if re.match(r" *\d* [|+-]", line)]
    assert max(map(width, framed), default=0) <= columns + 1
    assert all(character.isprintable() or character == "\n" for character in shown)


@given(st.text(alphabet="ab\t价", min_size=30, max_size=200), st.data())
def test_what_is_looked_at_is_in_view(text: str, data: st.DataObject) -> None:
    line = Line(text)
    column = data.draw(st.integers(1, len(text)))
    start, end = line.position(column), line.position(column + 1)
    room = data.draw(st.integers(20, 60))
    view = line.view(room, beginning(room, start, end, line.width))
    assert width(view.text) <= room
    shown = view.text[_index(view.text, view.at(start))]
    assert shown == (" " if text[column - 1] == "\t" else text[column - 1])
    assert view.text.startswith(CUT) is (view.begin > 0)


def _index(text: str, position: int) -> int:
    return next(index for index in range(len(text)) if width(text[:index]) == position)


# The command


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("color", "variables", "on_terminal", "elsewhere"),
    [
        ("auto", {}, True, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"FORCE_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_when_there_are_colours(
    color: Color, variables: dict[str, str], on_terminal: bool, elsewhere: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert color in COLORS
    assert look_of(Terminal(), color).colour is on_terminal
    assert look_of(io.StringIO(), color).colour is elsewhere
    assert look_of(None, color).colour is elsewhere


def test_how_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert look_of(io.StringIO(), "auto").width == 100
    monkeypatch.setenv("COLUMNS", "7")
    assert look_of(io.StringIO(), "auto").width == 40


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "train.py").write_text(PROGRAM)
    return tmp_path


def printed(directory: Path, *arguments: str, **variables: str) -> str:
    command = [sys.executable, "-m", "lrlint", *arguments]
    done = subprocess.run(
        command, cwd=directory, capture_output=True, text=True, check=False, env={**os.environ, **variables}
    )
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout


def on_a_terminal(directory: Path, *arguments: str, **variables: str) -> str:
    """What the command prints on a terminal of 80 columns."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80", **variables}
    try:
        process = subprocess.Popen([sys.executable, "-m", "lrlint", *arguments], cwd=directory, stdout=theirs, env=env)
    finally:
        os.close(theirs)
    data = read_all(ours)
    assert process.wait() == 1
    return data.decode().replace("\r\n", "\n")


def without_links(text: str) -> str:
    return re.sub(r"\x1b\]8;;.*?\x1b\\", "", text)


def test_codes_are_links_on_a_terminal_that_shows_colours(program: Path) -> None:
    pages = "https://github.com/lrlint/lrlint/blob/main/lrlint/rules"
    link = f"\x1b]8;;{pages}/missing_global_step.md\x1b\\\x1b[31m\x1b[1mLRL101\x1b[0m\x1b]8;;\x1b\\"
    for output_format in FOR_PEOPLE:
        arguments = ("--output-format", output_format, "train.py")
        assert link in on_a_terminal(program, *arguments)
        assert "\x1b]8" not in on_a_terminal(program, *arguments, "--color=never")
        assert "\x1b]8" not in on_a_terminal(program, *arguments, NO_COLOR="1")
        assert "\x1b]8" not in on_a_terminal(program, *arguments, TERM="dumb")
        assert "\x1b]8" not in printed(program, *arguments, "--color=always")
        assert "\x1b]8" not in printed(program, *arguments, FORCE_COLOR="1")


def test_full_on_a_terminal_and_concise_elsewhere(program: Path) -> None:
    concise = printed(program, "train.py")
    assert concise == printed(program, "--output-format", "concise", "train.py")
    assert concise.startswith("train.py:9:5: LRL101 [*] `minimize` gets no `global_step`")
    assert len(concise.splitlines()) == 4
    shown = printed(program, "--output-format", "full", "train.py", COLUMNS="80")
    assert shown.endswith("`lrlint explain LRL201`\n\n2 findings in 1 file.\n[*] 2 fixable with `--fix`.\n")
    assert on_a_terminal(program, "train.py", NO_COLOR="1") == shown
    coloured = on_a_terminal(program, "train.py")
    assert coloured != shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", without_links(coloured)) == shown
    piped = printed(program, "--output-format=full", "--color=always", "train.py", COLUMNS="80")
    assert piped == without_links(coloured)
    assert on_a_terminal(program, "--color=never", "--output-format=concise", "train.py") == concise


def test_the_command_shows_what_is_made_of_the_finding(program: Path) -> None:
    shown = printed(program, "--output-format", "full", "--select", "LRL101", "-q", "train.py")
    expected = (
        full(PROGRAM, replace(STORY, effect=EFFECT))
        .replace("a.py", "train.py")
        .replace(
            "the rate stays",
            "`minimize` gets no `global_step`, and nothing else moves `step`: "
            "the rate stays 0.1; as written it should be 0.0134 at step 29",
        )
    )
    assert shown == expected


def test_colours_never_reach_the_formats_for_programs(program: Path) -> None:
    for name in FORMATS:
        shown = printed(program, "--output-format", name, "--color", "always", "train.py")
        assert ("\x1b" in shown) is (name in FOR_PEOPLE)


def test_the_report_needs_no_libcst() -> None:
    words = "import sys, lrlint.report.full, lrlint.report.concise, lrlint.report.json; print('libcst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
