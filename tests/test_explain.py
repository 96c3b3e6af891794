"""``lrlint explain``: what it says of rules, of the findings in files and of decays, and what it draws."""

from __future__ import annotations

import builtins
import io
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lrlint.cli import main
from lrlint.decays import DECAYS
from lrlint.explain.markdown import laid_out
from lrlint.explain.story import Teller
from lrlint.explain.target import Target, target
from lrlint.finding import Edit, Effect, Finding, Fix, Location, Related
from lrlint.report import Reported
from lrlint.report.look import PLAIN, Look
from lrlint.report.told import Told
from lrlint.roles import cast_of, casts
from lrlint.source import Source

FIXTURES = Path(__file__).parent.parent / "fixtures"
STILL, LIST, PARTIAL = (
    FIXTURES / name / "wrong.py" for name in ("step_stands_still", "list_counter", "printed_partial")
)

SIGNATURE = "exponential_decay(learning_rate, decay_steps, decay_rate, staircase=False)"


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``lrlint explain`` in a directory with the three first stories as ``still.py``, ``list.py``, ``partial.py``."""
    monkeypatch.chdir(tmp_path)
    for name, story in (("still", STILL), ("list", LIST), ("partial", PARTIAL)):
        Path(f"{name}.py").write_text(story.read_text("utf-8"), "utf-8")

    def run(words: str, stdin: str = "") -> Result:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main(["explain", *shlex.split(words)])
        return Result(code, *capsys.readouterr())

    return run


# What is meant


def test_a_rule_is_meant_by_its_code_and_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list_step").mkdir()
    Path("a.py:7").touch()
    Path("odd").touch()
    for word in ("LRL103", "lrl103", "list-step", "list_step"):
        assert getattr(target(word), "code", None) == "LRL103"
    assert target("./list_step") == Target("./list_step")
    assert target("-") == Target("-")
    assert target("train.py") == Target("train.py")
    assert target("train.py:42") == Target("train.py", 42)
    assert target("train.py:42:8") == Target("train.py", 42, 8)
    assert target("train.py:42:8:") == Target("train.py", 42, 8)  # as it is copied from the concise format
    assert target("C:/a.py:42") == Target("C:/a.py", 42)
    assert target("a.ipynb:cell 2:3:5") == Target("a.ipynb", 3, 5, 2)
    assert target("a.ipynb:cell 2:3") == Target("a.ipynb", 3, None, 2)
    assert target("a.py:7") == Target("a.py:7")
    assert target("odd") == Target("odd")


def test_several_words_are_explained_in_their_order(run: Run) -> None:
    code, out, err = run("still.py LRL201 list.py:7")
    assert (code, err) == (0, "")
    assert re.findall(r"^(?:\w+\.py:\d+:\d+: LRL\d+|# .*)", out, re.MULTILINE) == [
        "still.py:13:5: LRL101",
        "# printed-schedule (LRL201)",
        "list.py:7:8: LRL103",
    ]


@pytest.mark.parametrize(
    ("words", "out"),
    [
        ("clean.py", "clean.py: no findings.\n"),
        ("clean.py:1", "clean.py:1: no findings.\n"),
        ("still.py:1", "still.py:1: no finding here; there is 1 finding in line 13.\n"),
        ("still.py:13:4", "still.py:13:4: no finding here; there is 1 finding in line 13.\n"),
        ("two.py:1", "two.py:1: no finding here; there are 2 findings in lines 9 and 14.\n"),
        ("clean", "clean: no findings in 2 files.\n"),
        (
            "silent.py",
            "silent.py: no findings but what `noqa` comments silence, in line 13; name the line to have it explained.\n",
        ),
    ],
)
def test_where_there_is_nothing_to_explain(run: Run, words: str, out: str) -> None:
    Path("clean").mkdir()
    for name in ("clean.py", "clean/a.py", "clean/b.py"):
        Path(name).write_text("print(1)\n")
    Path("two.py").write_text((FIXTURES / "two_slips" / "wrong.py").read_text("utf-8"), "utf-8")
    Path("silent.py").write_text(STILL.read_text("utf-8").replace("# error: [LRL101]", "# noqa: LRL101"), "utf-8")
    assert run(words) == (0, out, "")


def test_configuration_and_git_have_their_say(run: Run) -> None:
    Path("lrlint.toml").write_text('ignore = ["LRL101"]\n')
    assert run("still.py").out == "still.py: no findings.\n"
    assert run("--isolated still.py").out.startswith("still.py:13:5: LRL101 ")
    assert run("--ignore LRL2 partial.py").out == "partial.py: no findings.\n"
    Path("below").mkdir()
    Path("below/list.py").write_text(Path("list.py").read_text("utf-8"), "utf-8")
    Path(".gitignore").write_text("below/\n")
    assert "below/" not in run("--html page.html --isolated").out
    assert "below/list.py" not in Path("page.html").read_text("utf-8")
    run("--html page.html --isolated --no-respect-gitignore")
    assert "below/list.py" in Path("page.html").read_text("utf-8")


def test_a_silenced_finding_is_explained_where_its_line_is_named(run: Run) -> None:
    Path("silent.py").write_text(STILL.read_text("utf-8").replace("# error: [LRL101]", "# noqa"), "utf-8")
    code, out, err = run("silent.py:13")
    assert (code, err) == (0, "")
    assert "(silenced by a `noqa` comment)\n" in out


@pytest.mark.parametrize(
    ("words", "err"),
    [
        ("LRL999", "unknown rule `LRL999`"),
        ("LRL0001", "unknown rule `LRL0001`; did you mean `LRL001`?"),
        ("LRL4", "unknown rule `LRL4`"),
        ("mising-global-step", "unknown rule `mising-global-step`; did you mean `LRL101`?"),
        ("nix.py", "nix.py: no such file or directory"),
        ("nix.py:3", "nix.py: no such file or directory"),
        ("still.py --plot rate.gif", "`rate.gif` cannot be drawn; known are `.svg`, `.png` and `.pdf`"),
        ("LRL101 --plot rate.svg", "`rate.svg` is not written: there are no learning rates to draw"),
        ("--html still.py/page.html", "`--html`: still.py/page.html: not a directory"),
        ("still.py --plot still.py/rate.svg", "`--plot`: still.py/rate.svg: not a directory"),
        (
            "--html page.html --decay cosine",
            "`--html` is a page by itself, and goes with neither `--decay` nor `--plot`",
        ),
        ("--html page.html --plot a.svg", "`--html` is a page by itself, and goes with neither `--decay` nor `--plot`"),
        ("--html page.html LRL101", "`--html` is a page about findings in files, and a rule is given"),
    ],
)
def test_errors_are_one_line(run: Run, words: str, err: str) -> None:
    code, _, said = run(words)
    assert (code, said) == (2, f"lrlint: error: {err}\n")
    assert not Path("rate.svg").exists()


def test_a_missing_file_costs_the_others_nothing(run: Run) -> None:
    code, out, err = run("nix.py still.py")
    assert (code, err) == (2, "lrlint: error: nix.py: no such file or directory\n")
    assert out.startswith("still.py:13:5: LRL101 missing-global-step\n")


def test_standard_input(run: Run) -> None:
    code, out, err = run("-", stdin=STILL.read_text("utf-8"))
    assert (code, err) == (0, "")
    assert out.startswith("stdin:13:5: LRL101 missing-global-step\n")


# Rules


def test_a_page_is_laid_out_on_a_terminal_only() -> None:
    page = "# A\n\ntext with `code`\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```python\nx = 1\n```\n"
    assert laid_out(page, PLAIN, terminal=False) == page
    plain = laid_out(page, Look(False, 60), terminal=True)
    assert not re.search(r"[`|#]|\x1b\[3", plain)
    assert "text with code" in plain
    assert "\x1b[36mcode" in laid_out(page, Look(True, 60), terminal=True)
    assert max(map(len, plain.splitlines())) <= 60 + len("\x1b[1m\x1b[0m") * 4


def test_no_rule_shows_what_is_for_tests(run: Run) -> None:
    from lrlint.rules import all_rules

    for rule in all_rules():
        assert "<!--" not in run(rule.code).out
        assert f"{rule.name} ({rule.code})" in run(rule.name).out


# Who plays in it


def roles(program: Path) -> list[list[tuple[str, int]]]:
    from lrlint import check

    text = program.read_text("utf-8")
    known = casts(text)
    return [[(role.name, role.location.row) for role in cast_of(each, known)] for each in check(text)]


def test_the_casts_of_the_first_stories() -> None:
    assert roles(STILL) == [[("step", 7), ("schedule", 8), ("optimizer", 9), ("update", 13)]]
    assert roles(LIST) == [[("step", 7), ("schedule", 8), ("optimizer", 15), ("update", 17)]]
    assert roles(PARTIAL) == [[("step", 7), ("schedule", 8), ("optimizer", 9), ("update", 15)]]


def test_a_finding_names_places_besides() -> None:
    text = STILL.read_text("utf-8")
    (cast,) = casts(text)
    schedule = next(role for role in cast if role.name == "schedule")
    related = (
        Related("the schedule is made here", schedule.location, schedule.end_location),
        Related("the step moves here, too", Location(14, 5), Location(14, 10)),
    )
    finding = Finding("LRL107", "double-move", "", Location(13, 5), Location(13, 9), related=related)
    assert [
        (place.row, what) for place, what in Told(Reported("a.py", finding, Source("a.py", text)), cast).places
    ] == [
        (7, "the step"),
        (8, "the schedule"),
        (9, "the optimizer"),
        (13, "the update"),
        (14, "the step moves, too"),
    ]


def test_every_fixture_has_its_cast() -> None:
    for program in sorted(FIXTURES.glob("*/wrong.py")):
        for cast in roles(program):
            assert {name for name, _ in cast} >= {"step", "schedule"}, program


def test_no_cast_where_nothing_can_be_followed() -> None:
    assert casts("def f(:\n") == []
    assert casts("print(1)\n") == []
    nowhere = Finding("LRL001", "syntax-error", "no", Location(1, 1), Location(1, 2))
    assert cast_of(nowhere, casts(STILL.read_text("utf-8"))) == ()


def test_places_behind_a_form_feed() -> None:
    text = (
        STILL.read_text("utf-8")
        .replace("\nstep = ", "\n\x0cstep = ")
        .replace("\nlearning_rate = ", "\n\x0clearning_rate = ")
    )
    (cast,) = casts(text)
    assert [(role.name, *role.location) for role in cast][:2] == [("step", 7, 9), ("schedule", 8, 18)]


# The story, to the last character

PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 100, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)
for _ in range(200):
    optimizer.minimize(lambda: weight ** 2)
"""


def reported(**changes: Any) -> Reported:
    """What may be said of :data:`PROGRAM`, whatever the rules say today."""
    place = Location(9, 43)
    values: dict[str, Any] = {
        "code": "LRL101",
        "name": "missing-global-step",
        "message": "`minimize` gets no `global_step`: the rate stays 0.1",
        "location": Location(9, 5),
        "end_location": Location(9, 44),
        "fix": Fix("safe", "Add `global_step=step`", (Edit(place, place, ", global_step=step"),)),
        "related": (Related("the schedule is made here", Location(6, 8), Location(6, 55)),),
        "mode": "eager",
        "evidence": "`enable_eager_execution()` is called",
        "effect": Effect(
            "exponential_decay",
            (("learning_rate", 0.1), ("decay_steps", 100), ("decay_rate", 0.5)),
            "frozen",
            (0, 100, 200),
            (0.1, 0.05, 0.025),
            (0.1, 0.1, 0.1),
            "the rate stays 0.1",
            constant=0.1,
        ),
    }
    return Reported("train.py", Finding(**(values | changes)), Source("train.py", PROGRAM))


def told(each: Reported, look: Look = PLAIN, *, ascii_only: bool = False) -> str:
    return Teller(look, terminal=False, ascii_only=ascii_only).story(Told(each, cast_of(each.finding, casts(PROGRAM))))


STORY = """\
train.py:9:5: LRL101 missing-global-step
`minimize` gets no `global_step`: the rate stays 0.1

Who plays in it
  line 5  the step       step = tf.Variable(0, trainable=False)
  line 6  the schedule   rate = tf.train.exponential_decay(0.1, step, 100, 0.5)
  line 7  the optimizer  optimizer = tf.train.GradientDescentOptimizer(rate)
  line 9  the update     optimizer.minimize(lambda: weight ** 2)

Where it happens
  |
8 | for _ in range(200):
9 |     optimizer.minimize(lambda: weight ** 2)
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |

Eager or graph
  eager: `enable_eager_execution()` is called

What TensorFlow does
  nothing: in TensorFlow 1.15.5 and 2.15.1, in eager and in graph mode, every update applies the
  initial rate and the step is still 0 at the end.

What it costs
  exponential_decay(learning_rate=0.1, decay_steps=100, decay_rate=0.5)

  step  intended  actual
     0       0.1     0.1
   100      0.05     0.1
   200     0.025     0.1

  ⠤⠤ intended   xx actual
  learning rate
      ┌──────────────────────────────────────────────────────────────────────┐
   0.1┤xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx│
"""


def test_a_story() -> None:
    text = told(reported())
    assert text.startswith(STORY)
    chart = text[text.index("      ┌") : text.index("The fix")].rstrip().splitlines()
    assert [line.strip() for line in chart[-3:]] == [
        "└┬────────────────┬─────────────────┬────────────────┬────────────────┬┘",
        "0               50                100              150             200",
        "step",
    ]
    assert text.endswith("""\
The fix
  Add `global_step=step` (safe fix, applied by `--fix`)
  |
9 -     optimizer.minimize(lambda: weight ** 2)
9 +     optimizer.minimize(lambda: weight ** 2, global_step=step)
  |

Rule: missing-global-step, see `lrlint explain LRL101`
""")


def test_who_plays_depends_on_the_mode(run: Run) -> None:
    Path("halved.py").write_text(
        "import tensorflow as tf\n"
        "tf.enable_eager_execution()\n"
        "step = tf.Variable(0)\n"
        "rate = tf.train.exponential_decay(0.1, step, 10, 0.5)\n"
        "tf.train.GradientDescentOptimizer(rate * 0.5).minimize(loss)\n"
    )
    assert "line 5" not in run("halved.py").out.partition("Where it happens")[0]
    assert "line 5  the update" in run("--mode graph halved.py").out.partition("Where it happens")[0]


def test_a_story_without_numbers_fix_or_mode() -> None:
    text = told(reported(effect=None, fix=None, mode=None, evidence=None))
    titles = [
        line for line in text.splitlines() if line and text.split("\n\n") and re.fullmatch(r"[A-Z][a-zA-Z ]+", line)
    ]
    assert titles == ["Who plays in it", "Where it happens", "What TensorFlow does"]


def test_an_error_is_told_word_for_word() -> None:
    error = "TypeError: can't multiply \x1b[31m"
    effect = Effect(
        "exponential_decay", (("learning_rate", None),), "raises", (), (), (), "", ("assumed: a thing",), error
    )
    text = told(reported(effect=effect))
    assert "  It raises: TypeError: can't multiply \u241b[31m\n" in text
    assert "What it costs\n  exponential_decay(learning_rate=?)\n  Assumed: a thing.\n\nThe fix\n" in text


def test_no_numbers_are_told_where_there_are_none() -> None:
    effect = Effect("exponential_decay", (), "raises", (), (), (), "the call raises", (), "TypeError: no")
    assert "  It raises: TypeError: no\n" in told(reported(effect=effect))
    assert "What it costs" not in told(reported(effect=effect))


def test_a_story_without_more_than_ascii() -> None:
    assert told(reported(), ascii_only=True).isascii()


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_story_stays_within_the_terminal(width: int) -> None:
    text = told(reported(effect=reported().finding.effect), Look(False, width))
    below = (
        text[text.index("What it costs") : text.index("The fix")]
        if width >= 72
        else text[text.index("  ⠤⠤") : text.index("The fix")]
    )
    assert max(map(len, below.splitlines())) <= width


def test_colours_are_only_colours() -> None:
    coloured = told(reported(), Look(True, 120))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == told(reported())


# Decays


def test_a_decay_as_a_table_and_a_chart(run: Run) -> None:
    code, out, err = run("--decay exponential_decay 0.1 1000 0.96")
    assert (code, err) == (0, "")
    assert out.startswith(
        "exponential_decay(learning_rate=0.1, decay_steps=1000, decay_rate=0.96)\n\n"
        "   step  learning rate\n"
        "      0            0.1\n"
        "   1000          0.096\n"
        "   2000        0.09216\n"
    )
    assert "\n  10000      0.0664833\n\n⠤⠤ learning rate\nlearning rate\n    ┌───" in out
    assert out.endswith(" step\n")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("tf.train.exponential_decay .1 10 .5", "exponential_decay(learning_rate=0.1, decay_steps=10, decay_rate=0.5)"),
        ("cosine 0.1 10", "cosine_decay(learning_rate=0.1, decay_steps=10)"),
        (
            "exponential_decay 0.1 10 staircase=true decay_rate=0.5",
            "exponential_decay(learning_rate=0.1, decay_steps=10, decay_rate=0.5, staircase=True)",
        ),
        (
            "polynomial_decay 0.1 10 -1e-3",
            "polynomial_decay(learning_rate=0.1, decay_steps=10, end_learning_rate=-0.001)",
        ),
        (
            "piecewise_constant '[10, 20]' '(1.0, .5, .1)'",
            "piecewise_constant(boundaries=[10, 20], values=[1.0, 0.5, 0.1])",
        ),
    ],
)
def test_arguments_are_bound_as_in_a_call(run: Run, words: str, title: str) -> None:
    code, out, err = run(f"--decay {words}")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == title


@pytest.mark.parametrize(
    ("words", "err"),
    [
        ("exponental_decay 1", "unknown decay `exponental_decay`; did you mean `exponential_decay`?"),
        ("exponential_decay 0.1", f"missing `decay_steps` and `decay_rate`: {SIGNATURE}"),
        ("exponential_decay 0.1 10 0.5 True 1", f"too many arguments, from `1` on: {SIGNATURE}"),
        ("exponential_decay 0.1 decay_steps=10 0.5", f"`0.5` stands behind an argument with a name: {SIGNATURE}"),
        ("exponential_decay 0.1 learning_rate=0.1", f"`learning_rate` is given twice: {SIGNATURE}"),
        ("exponential_decay 0.1 rate=0.1", f"unknown argument `rate`: {SIGNATURE}"),
        ("exponential_decay 0.1 name=x", f"unknown argument `name`: {SIGNATURE}"),
        (
            "exponential_decay 0.1 global_step=3",
            f"`global_step` is what the chart goes over, and is not given: {SIGNATURE}",
        ),
        ("exponential_decay 0.1 10 high", f"`decay_rate` must be a number, not `high`: {SIGNATURE}"),
        ("exponential_decay 0.1 10 0.5 1", f"`staircase` must be True or False, not `1`: {SIGNATURE}"),
        ("exponential_decay 1 10 0.5", f"learning_rate must be a float, not 1: {SIGNATURE}"),
        (
            "piecewise_constant 10 20",
            "`boundaries` must be a list of numbers, not `10`: piecewise_constant(boundaries, values)",
        ),
        (
            "piecewise_constant [10] [1.0]",
            "the length of boundaries should be 1 less than the length of values: piecewise_constant(boundaries, values)",
        ),
    ],
)
def test_wrong_arguments_are_told_with_the_signature(run: Run, words: str, err: str) -> None:
    assert run(f"--decay {words}") == (2, "", f"lrlint: error: {err}\n")


def test_so_many_steps(run: Run) -> None:
    out = run("--decay piecewise_constant [3,7] [1.0,.5,.1] --steps 8").out
    rows = re.findall(r"^ +(\d+) +([\d.]+)$", out.partition("⠤⠤")[0], re.MULTILINE)
    assert rows == [(str(step), "1" if step <= 3 else "0.5" if step <= 7 else "0.1") for step in range(9)]


def test_a_noisy_decay_has_a_band(run: Run) -> None:
    out = run("--decay noisy_linear_cosine_decay 0.1 100").out
    assert "  step  expected rate    95 % from     95 % to\n     0         0.1001      -0.0999      0.3001\n" in out
    assert "⠤⠤ learning rate   .. 95 % of the rates\n" in out


def test_every_decay_is_shown(run: Run) -> None:
    for name in DECAYS:
        arguments = "[10] [0.1,0.01]" if name.startswith("piecewise") else "0.1 10"
        needs = {each.name for each in DECAYS[name].parameters if each.required}
        code, out, err = run(f"--decay {name} {arguments} {'decay_rate=0.5' if 'decay_rate' in needs else ''}")
        assert (code, err) == (0, ""), name
        assert out.startswith(f"{name}(")


# Pictures


def test_the_curves_as_svg(run: Run) -> None:
    import xml.etree.ElementTree as ET

    code, out, err = run("still.py --plot rate.svg")
    assert (code, err) == (0, "")
    assert out.endswith("\n\nWrote rate.svg.\n")
    first = Path("rate.svg").read_bytes()
    assert run("still.py --plot rate.svg").code == 0
    assert Path("rate.svg").read_bytes() == first
    root = ET.fromstring(first)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    comments = "".join(re.findall(r"<!-- (.*?) -->", first.decode()))
    for text in ("still.py:13:5: LRL101 missing-global-step", "step", "learning rate", "intended", "actual", "100003"):
        assert text in comments  # matplotlib draws letters as shapes, and says in a comment which


@pytest.mark.parametrize(("suffix", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF-"), ("SVG", b"<?xml")])
def test_pictures_are_of_the_kind_that_their_names_say(run: Run, suffix: str, start: bytes) -> None:
    assert run(f"still.py partial.py --plot rate.{suffix}").code == 0
    first = Path(f"rate.{suffix}").read_bytes()
    assert first.startswith(start)
    run(f"still.py partial.py --plot rate.{suffix}")
    assert Path(f"rate.{suffix}").read_bytes() == first


def test_several_findings_are_panels() -> None:
    from lrlint.curves import chart
    from lrlint.plot import MOST_PANELS, Panel, _figure

    panel = Panel(
        "a" * 200 + "train.py:1:1: LRL101",
        ["exponential_decay(" + "x, " * 60 + ")", "A note."],
        chart([("rate", float)], 0, 9),
    )
    for count, shape in ((1, (7, 3.4)), (4, (7, 13.6)), (5, (14, 10.2))):
        figure = _figure([panel] * count)
        assert tuple(figure.get_size_inches()) == pytest.approx(shape)
        assert sum(axes.get_visible() and axes.axison for axes in figure.axes) == count
    title = figure.axes[0].get_title(loc="left").splitlines()
    assert title[0].startswith("...aaa")
    assert title[0].endswith("train.py:1:1: LRL101")
    assert title[-1] == "A note."
    assert max(map(len, title)) <= 84
    assert MOST_PANELS == 60


def test_labels_of_a_picture() -> None:
    from lrlint.curves import chart
    from lrlint.plot import Panel, _figure

    falling = chart([("intended", lambda step: 10.0 ** (-step / 10)), ("actual", lambda _: 1.0)], 0, 40)
    (axes,) = _figure([Panel("a", (), falling)]).axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("step", "learning rate (log scale)")
    assert axes.get_yscale() == "log"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["intended", "actual"]


def test_a_hint_where_matplotlib_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    code, _, err = run("still.py --plot rate.svg")
    assert (code, err) == (2, 'lrlint: error: `--plot` needs matplotlib: `pip install "lrlint[plot]"`\n')
    assert not Path("rate.svg").exists()
