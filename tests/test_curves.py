"""Curves as data: where they jump, on which scale they are drawn, and the round numbers beside them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint.curves import Chart, Curve, Point, chart, chart_of, rate_rows, rate_shown, rate_ticks, remarks, step_ticks
from lrlint.decays import DECAYS
from lrlint.finding import Effect

FALLING = (("learning_rate", 0.1), ("decay_steps", 100), ("decay_rate", 0.5))


def effect(**changes: object) -> Effect:
    """A rate that stays 0.1 where it should fall to a half in 100 steps."""
    values: dict[str, object] = {
        "decay": "exponential_decay",
        "arguments": FALLING,
        "way": "frozen",
        "steps": (0, 100, 200),
        "intended": (0.1, 0.05, 0.025),
        "actual": (0.1, 0.1, 0.1),
        "text": "the rate stays 0.1",
        "constant": 0.1,
    }
    return Effect(**(values | changes))  # type: ignore[arg-type]


def rates(curve: Curve) -> dict[int, float]:
    return {point.step: point.rate for point in curve.points}


def test_a_jump_is_drawn_between_two_steps() -> None:
    drawn = chart([("rate", lambda step: 1.0 if step <= 12345 else 0.1)], 0, 1_000_000)
    found = rates(drawn.curves[0])
    assert found[12345] == 1.0
    assert found[12346] == 0.1
    assert len(found) < 250


def test_a_jump_is_upright_and_a_slope_is_not() -> None:
    jump = chart([("rate", lambda step: 1.0 if step <= 1 else 0.1)], 0, 3).curves[0]
    assert list(jump.pieces) == [[(0, 1.0), (1, 1.0), (2, 1.0), (2, 0.1), (3, 0.1)]]
    slope = chart([("rate", lambda step: 1.0 - step / 100)], 0, 50).curves[0]
    assert list(slope.pieces) == [list(slope.points)]


def test_over_a_few_steps_every_change_is_upright() -> None:
    wave = chart([("rate", lambda step: 1.0 + math.sin(step) / 100)], 0, 10).curves[0]
    (piece,) = wave.pieces
    assert all(one.step == other.step or one.rate == other.rate for one, other in pairwise(piece))


@given(st.sampled_from(sorted(DECAYS)), st.integers(1, 500), st.integers(1, 5000))
def test_every_point_is_the_decays_own(name: str, length: int, last: int) -> None:
    decay = DECAYS[name]
    arguments: dict[str, object] = {"learning_rate": 0.1, "decay_steps": length, "decay_rate": 0.5}
    if name.startswith("piecewise"):
        arguments = {"boundaries": [length], "values": [0.1, 0.01]}
    if name == "cosine_decay_restarts":
        arguments = {"learning_rate": 0.1, "first_decay_steps": length}
    known = {each.name for each in decay.parameters}
    arguments = {key: value for key, value in arguments.items() if key in known}
    (curve,) = chart([("rate", lambda step: decay.at(step, arguments))], 0, last).curves
    steps = [point.step for point in curve.points]
    assert steps == sorted(set(steps))
    assert (steps[0], steps[-1]) == (0, last)
    assert all(point.rate == decay.at(point.step, arguments) for point in curve.points)


def test_gaps_part_a_curve() -> None:
    curve = Curve("rate", (Point(0, 1.0), Point(1, math.nan), Point(2, 3.0), Point(3, 4.0)))
    assert list(curve.pieces) == [[(0, 1.0)], [(2, 3.0), (3, 3.0), (3, 4.0)]]


@pytest.mark.parametrize(
    ("values", "log"),
    [
        ([0.1, 0.01, 0.001], True),
        ([0.1, 0.09, 0.08], False),
        ([0.1, 0.01, 0.0], False),  # no logarithm of 0
        ([0.1, 0.01, -0.1], False),
    ],
)
def test_a_logarithmic_scale_is_for_what_falls_over_decades(values: list[float], log: bool) -> None:
    assert chart([("rate", lambda step: values[min(step // 10, 2)])], 0, 30).log is log


def test_a_straight_line_stays_straight() -> None:
    assert not chart([("rate", lambda step: 0.1 - (0.1 - 1e-4) * step / 1000)], 0, 1000).log


def test_bounds_begin_at_zero_unless_the_rate_stays_far_above() -> None:
    assert chart([("rate", lambda step: 0.1 - step / 200)], 0, 19).bounds == (0.0, 0.1)
    assert chart([("rate", lambda step: 0.1 - step / 2000)], 0, 20).bounds == pytest.approx((0.09, 0.1))
    assert chart([("rate", lambda step: 0.1)], 0, 10).bounds == (0.0, 0.1)
    assert chart([("rate", lambda step: 0.0)], 0, 10).bounds == (0.0, 1.0)
    assert Chart((), 0, 1).bounds == (0.0, 1.0)


@given(st.floats(1e-8, 1e3), st.floats(1.001, 1e9), st.booleans())
def test_ticks_are_few_and_between_the_bounds(low: float, factor: float, log: bool) -> None:
    high = low * factor
    ticks = rate_ticks(low, high, log=log)
    assert len(ticks) <= 6
    assert ticks == sorted(set(ticks))
    hair = 1e-5 * (high - low)
    assert all(low - hair <= tick <= high + hair for tick in ticks)


def test_a_round_number_that_is_missed_by_a_hair_is_marked() -> None:
    assert rate_ticks(0.0, 0.09999999403953552, log=False) == [0.0, 0.02, 0.04, 0.06, 0.08, 0.1]


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_step_ticks_are_whole_numbers(first: int, length: int) -> None:
    ticks = step_ticks(first, first + length)
    assert 1 <= len(ticks) <= 7
    assert all(isinstance(tick, int) and first <= tick <= first + length for tick in ticks)


def test_the_first_step_is_marked_where_there_is_room() -> None:
    assert step_ticks(99_998, 1_000_000) == [99_998, 200_000, 400_000, 600_000, 800_000, 1_000_000]
    assert step_ticks(0, 100) == [0, 20, 40, 60, 80, 100]


@pytest.mark.parametrize(
    ("rate", "text"),
    [(0.1, "0.1"), (0.0664832636, "0.0664833"), (1e-5, "1e-05"), (None, "-"), (math.nan, "NaN"), (math.inf, "inf")],
)
def test_rates_as_people_read_them(rate: float | None, text: str) -> None:
    assert rate_shown(rate) == text


def test_the_curves_of_an_effect() -> None:
    drawn = chart_of(effect())
    assert drawn is not None
    assert [curve.label for curve in drawn.curves] == ["intended", "actual"]
    intended, actual = (rates(curve) for curve in drawn.curves)
    assert intended[100] == pytest.approx(0.05)
    assert set(actual.values()) == {0.1}


def test_a_noisy_decay_has_its_band() -> None:
    arguments = (
        *(("learning_rate", 0.1), ("decay_steps", 100), ("initial_variance", 1.0), ("variance_decay", 0.55)),
        *(("num_periods", 0.5), ("alpha", 0.0), ("beta", 0.001)),
    )
    drawn = chart_of(effect(decay="noisy_linear_cosine_decay", arguments=arguments))
    assert drawn is not None
    assert not drawn.log  # the band goes below 0
    assert [band.step for band in drawn.band] == list(
        range(0, 100, 2)
    )  # at step 100 the cosine is 0, and so is the noise
    assert drawn.band[0][1:] == pytest.approx((-0.0999, 0.3001), abs=1e-4)
    falling = chart_of(effect())
    assert falling is not None
    assert falling.band == ()


def test_one_curve_where_both_are_the_same() -> None:
    same = effect(way="as-is", constant=None, actual=(0.1, 0.05, 0.025))
    drawn = chart_of(same)
    assert drawn is not None
    assert [curve.label for curve in drawn.curves] == ["learning rate"]
    assert rate_rows(same) == [("step", "learning rate"), ("0", "0.1"), ("100", "0.05"), ("200", "0.025")]
    assert remarks(same) == ["This leaves the rate itself as it is; only what is made of it here goes wrong."]


def test_a_program_that_ends_has_no_more_rates() -> None:
    raising = effect(way="raises", constant=None, actual=(None, None, None), error="TypeError: no")
    drawn = chart_of(raising)
    assert drawn is not None
    assert [curve.label for curve in drawn.curves] == ["intended", "actual: none, the program ends"]
    assert rate_rows(raising)[1] == ("0", "0.1", "-")
    once = chart_of(effect(way="raises", constant=None, actual=(0.1, None, None), made=1))
    assert once is not None
    assert once.curves[1].label == "actual, until the program ends"
    assert [list(piece) for piece in once.curves[1].pieces] == [[(0, 0.1)]]


def test_nothing_is_drawn_of_what_is_not_known() -> None:
    unknown = (("learning_rate", None), ("decay_steps", 100), ("decay_rate", 0.5))
    nothing = effect(arguments=unknown, constant=None, intended=(None,) * 3, actual=(None,) * 3)
    assert chart_of(nothing) is None
    assert rate_rows(nothing) == []
    assert chart_of(effect(steps=(0,), intended=(0.1,), actual=(0.1,))) is None
    divided_by_zero = (("learning_rate", 0.1), ("decay_steps", 0), ("decay_rate", 0.5))
    alone = effect(
        arguments=divided_by_zero,
        way="as-written",
        constant=None,
        steps=(0, 1),
        intended=(None, None),
        actual=(math.nan, 0.0),
    )
    assert chart_of(alone) is None  # one rate is no curve


def test_what_nobody_can_know_was_meant_is_not_shown() -> None:
    rising = effect(way="as-written", constant=None, intended=(None,) * 3, actual=(0.1, 0.05, math.nan))
    assert rate_rows(rising) == [("step", "actual"), ("0", "0.1"), ("100", "0.05"), ("200", "NaN")]
    drawn = chart_of(rising)
    assert drawn is not None
    assert [curve.name for curve in drawn.curves] == ["actual"]


def test_a_last_jump_is_seen() -> None:
    arguments = (("boundaries", (10,)), ("values", (0.1, 0.01)))
    drawn = chart_of(
        effect(decay="piecewise_constant", arguments=arguments, steps=(0, 11), intended=(0.1, 0.01), actual=(0.1, 0.1))
    )
    assert drawn is not None
    assert drawn.last == 12
