"""The reference decays, held to rates recorded under TensorFlow, to TensorFlow itself, and to what a decay is."""

from __future__ import annotations

import inspect
import json
import math
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import decays
from lrlint.decays import DECAYS
from oracle import Oracle

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "decays_tf115.json").read_text("utf-8"))
REL, ABS = 1e-4, 1e-8


def close(expected: float) -> Any:
    return pytest.approx(expected, rel=REL, abs=ABS, nan_ok=True)


# --- recorded rates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", GOLDEN["curves"], ids=lambda case: f"{case['decay']}-{case['set']}")
def test_every_recorded_rate(case: dict[str, Any]) -> None:
    decay = DECAYS[case["decay"]]
    for curve in case["curves"]:
        steps = GOLDEN["steps"][curve["steps"]]
        if "error" in curve:
            for step in steps:
                with pytest.raises(ValueError, match=r"must have the same dtype as x"):
                    decay.at(step, case["arguments"])
        else:
            rates = [decay.at(step, case["arguments"]) for step in steps]
            assert rates == [close(float(rate)) for rate in curve["rates"]]


def test_the_recorded_rates_are_complete() -> None:
    assert {case["decay"] for case in GOLDEN["curves"]} == set(DECAYS)
    points = sum(
        len(GOLDEN["steps"][curve["steps"]]) * len(curve["kinds"])
        for case in GOLDEN["curves"]
        for curve in case["curves"]
    )
    assert points == 7020


# Some decays refuse a float64 rate. The reference takes plain numbers and cannot tell.
RATE_KINDS = [case for case in GOLDEN["rate_kinds"] if not ("float64" in case["learning_rate"] and "error" in case)]


@pytest.mark.parametrize("case", RATE_KINDS, ids=lambda case: f"{case['decay']}-{case['learning_rate']}")
def test_every_kind_of_first_rate(case: dict[str, Any]) -> None:
    decay, kind = DECAYS[case["decay"]], case["learning_rate"]
    arguments = {"learning_rate": 1 if kind == "int 1" else 0.1, **case["arguments"]}
    for index, step in enumerate(GOLDEN["rate_kind_steps"]):
        if "error" in case:
            with pytest.raises(TypeError, match=r"learning_rate must be a float, not 1"):
                decay.at(step, arguments)
        else:
            assert decay.at(step, arguments) == close(case["rates"][index])


@pytest.mark.parametrize("recorded", GOLDEN["noise"], ids=lambda recorded: f"step {recorded['step']}")
def test_recorded_noise(recorded: dict[str, float]) -> None:
    """Four hundred draws of TensorFlow's lie as they should, within four standard errors."""
    expectation, deviation = decays.noise(0.1, recorded["step"], 100)
    draws = GOLDEN["noise_draws"]
    assert recorded["mean"] == pytest.approx(expectation, abs=4 * deviation / math.sqrt(draws) + 1e-6)
    assert recorded["std"] == pytest.approx(deviation, abs=4 * deviation / math.sqrt(2 * draws) + 1e-6)
    low, high = decays.noise(0.1, recorded["step"], 100).band(5.0)
    assert low - 1e-6 <= recorded["min"] <= recorded["max"] <= high + 1e-6


NAN, INF = math.nan, math.inf

SENSELESS: dict[str, tuple[dict[str, float], list[float]]] = {
    "exponential_decay": ({"decay_rate": 0.5}, [NAN, 0.0, 0.0]),
    "natural_exp_decay": ({"decay_rate": 0.5}, [NAN, 0.0, 0.0]),
    "inverse_time_decay": ({"decay_rate": 0.5}, [NAN, 0.0, 0.0]),
    "polynomial_decay": ({}, [NAN, NAN, NAN]),
    "cosine_decay": ({}, [NAN, NAN, NAN]),
    "linear_cosine_decay": ({}, [NAN, NAN, NAN]),
    "noisy_linear_cosine_decay": ({}, [NAN, NAN, NAN]),
}


@pytest.mark.parametrize("name", SENSELESS)
def test_no_decay_steps(name: str) -> None:
    arguments, rates = SENSELESS[name]
    arguments = {"learning_rate": 0.1, "decay_steps": 0, **arguments}
    assert [DECAYS[name].at(step, arguments) for step in (0, 1, 5)] == [close(rate) for rate in rates]


@pytest.mark.parametrize(
    ("name", "arguments", "rates"),
    [
        ("exponential_decay", {"decay_steps": -5, "decay_rate": 0.5}, [0.1, 0.11486983, 0.2]),
        ("exponential_decay", {"decay_steps": -5, "decay_rate": 0.5, "staircase": True}, [0.1, 0.2, 0.2]),
        ("exponential_decay", {"decay_steps": 1, "decay_rate": 0}, [0.1, 0.0, 0.0]),
        ("exponential_decay", {"decay_steps": 2, "decay_rate": -0.5}, [0.1, NAN, NAN]),
        ("natural_exp_decay", {"decay_steps": -5, "decay_rate": 0.5}, [0.1, 0.1105171, 0.16487212]),
        ("natural_exp_decay", {"decay_steps": 1000, "decay_rate": 104.0}, [0.1, 0.0, 0.0]),
        ("natural_exp_decay", {"decay_steps": 1, "decay_rate": -100.0}, [0.1, INF, INF]),
        ("inverse_time_decay", {"decay_steps": -5, "decay_rate": 0.5}, [0.1, 0.11111112, 0.2]),
        ("polynomial_decay", {"decay_steps": -5}, [1e-4, 1e-4, 1e-4]),
        ("polynomial_decay", {"decay_steps": -5, "cycle": True}, [0.1, -INF, 1e-4]),
        ("polynomial_decay", {"decay_steps": 0, "cycle": True}, [NAN, NAN, NAN]),
        ("cosine_decay", {"decay_steps": -5}, [0.0, 0.0, 0.0]),
        ("cosine_decay_restarts", {"first_decay_steps": 0}, [NAN, NAN, NAN]),
        ("cosine_decay_restarts", {"first_decay_steps": -5}, [0.1, 0.03454914, NAN]),
        ("linear_cosine_decay", {"decay_steps": -5}, [1e-4, 1e-4, 1e-4]),
        ("noisy_linear_cosine_decay", {"decay_steps": -5}, [NAN, NAN, NAN]),
    ],
)
def test_other_senseless_arguments(name: str, arguments: dict[str, Any], rates: list[float]) -> None:
    """Recorded under TensorFlow 1.15.5 in eager mode, at steps 0, 1 and 5."""
    computed = [DECAYS[name].at(step, {"learning_rate": 0.1, **arguments}) for step in (0, 1, 5)]
    assert computed == [close(rate) for rate in rates]


def test_restarts_that_shrink_to_nothing() -> None:
    rates = [decays.cosine_decay_restarts(0.1, step, 10, t_mul=0.5) for step in range(25)]
    assert [math.isnan(rate) for rate in rates] == [step >= 20 for step in range(25)]


# --- errors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("boundaries", "values", "message"),
    [
        ([2, 4], [0.1, 0.2], r"The length of boundaries should be 1 less than the length of values"),
        ([2, 4], [0.1, 0.2, 0.3, 0.4], r"The length of boundaries should be 1 less than the length of values"),
        ([2.0, 4.0], [0.1, 0.2, 0.3], r"Boundaries \(float32\) must have the same dtype as x \(int32\)"),
        ([2, 4.0], [0.1, 0.2, 0.3], r"Boundaries \(float32\) must have the same dtype as x \(int32\)"),
        ([2, 4], [1, 0.1, 0.2], r"Values must have elements all with the same dtype \(int32 vs float32\)"),
        ([4, 2], [0.1, 0.2, 0.3], r"step 3 is in 2 pieces: the boundaries must rise"),
    ],
)
def test_piecewise_mistakes(boundaries: list[float], values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        decays.piecewise_constant(3, boundaries, values)


def test_piecewise_without_boundaries() -> None:
    with pytest.raises(IndexError):
        decays.piecewise_constant(3, [], [0.1])


def test_piecewise_with_equal_boundaries() -> None:
    rates = [decays.piecewise_constant(step, [2, 2], [0.1, 0.01, 0.001]) for step in (0, 2, 3)]
    assert rates == [close(0.1), close(0.1), close(0.001)]


# --- the data -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DECAYS)
def test_parameters_are_those_of_the_formula(name: str) -> None:
    decay = DECAYS[name]
    parameters = [
        parameter
        for parameter in inspect.signature(decay.formula).parameters.values()
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    assert [parameter.name for parameter in decay.parameters] == [parameter.name for parameter in parameters]
    for mine, theirs in zip(decay.parameters, parameters, strict=True):
        assert mine.required == (theirs.default is inspect.Parameter.empty)
        assert mine.required or mine.default == theirs.default
    assert decay.parameters[-1].name == "name"
    assert decay.name == name


def test_steps_and_units() -> None:
    assert {name: decay.step.name for name, decay in DECAYS.items()} == {
        name: "x" if name.startswith("piecewise") else "global_step" for name in DECAYS
    }
    units = {parameter.name: parameter.unit for decay in DECAYS.values() for parameter in decay.parameters}
    assert {name for name, unit in units.items() if unit == "steps"} == {
        "boundaries",
        "decay_steps",
        "first_decay_steps",
    }
    assert {name for name, unit in units.items() if unit == "rates"} == {"learning_rate", "end_learning_rate", "values"}


def test_both_names_of_piecewise_are_one_function() -> None:
    assert DECAYS["piecewise_constant_decay"].formula is DECAYS["piecewise_constant"].formula


@pytest.mark.parametrize("name", DECAYS)
def test_every_decay_says_what_it_computes(name: str) -> None:
    text = inspect.getdoc(DECAYS[name].formula)
    assert text
    assert "``" in text.splitlines()[0]
    for said in ("Raises :class:`", "Source: ``"):
        assert said in text, f"{said} is not said"
    units = [parameter.name for parameter in DECAYS[name].parameters if parameter.unit]
    assert "the rest is as in" in text or all(unit in text for unit in units)


def test_the_import_costs_nothing() -> None:
    heavy = {"libcst", "inspect", "dataclasses", "random"}
    command = f"import sys, lrlint.decays; print(*sorted({heavy!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []


# --- TensorFlow itself ----------------------------------------------------------------------------------------------

SIGNATURES = """
import inspect, json
import tensorflow as tf
names = {names!r}
print(json.dumps({{name: str(inspect.signature(getattr(tf.compat.v1.train, name))) for name in names}}))
"""

RATES = """
import json
import tensorflow as tf
tf.compat.v1.enable_eager_execution()
rates = []
for name, step, arguments in json.loads({questions!r}):
    rates.append(float(getattr(tf.compat.v1.train, name)(**dict(arguments, **step))()))
print(json.dumps(rates))
"""


def test_signatures_are_those_of_tensorflow(tensorflow: Oracle) -> None:
    theirs = json.loads(tensorflow.run(SIGNATURES.format(names=list(DECAYS))).output)
    for name, decay in DECAYS.items():
        mine = ", ".join(
            parameter.name if parameter.required else f"{parameter.name}={parameter.default!r}"
            for parameter in decay.parameters
        )
        assert f"({mine})" == theirs[name]


def drawn_arguments(name: str, draw: random.Random) -> dict[str, Any]:
    """Arguments such as people write, drawn at random."""
    if name.startswith("piecewise"):
        boundaries = sorted(draw.sample(range(1, 1000), draw.randint(1, 5)))
        return {"boundaries": boundaries, "values": [draw.uniform(1e-5, 1.0) for _ in range(len(boundaries) + 1)]}
    menu = {
        "learning_rate": draw.uniform(1e-5, 1.0),
        "decay_steps": draw.choice([1, 7, 100, 1000, 12.5]),
        "first_decay_steps": draw.choice([3, 10, 100]),
        "decay_rate": draw.uniform(0.1, 1.5),
        "staircase": draw.random() < 0.5,
        "end_learning_rate": draw.uniform(0.0, 0.1),
        "power": draw.choice([0.5, 1.0, 2.0, 3]),
        "cycle": draw.random() < 0.5,
        "t_mul": draw.choice([1.0, 1.5, 2.0, 3.0]),
        "m_mul": draw.choice([0.5, 0.9, 1.0]),
        "alpha": draw.choice([0.0, 0.01, 0.3]),
        "beta": draw.uniform(0.0, 0.01),
        "num_periods": draw.choice([0.5, 1.0, 2.5]),
        "initial_variance": 0.0,
        "variance_decay": 0.55,
    }
    names = [parameter.name for parameter in DECAYS[name].parameters]
    return {key: value for key, value in menu.items() if key in names}


def test_random_arguments_against_tensorflow(tensorflow: Oracle) -> None:
    draw = random.Random(20)
    questions = [
        (name, {decay.step.name: draw.choice([0, 1, draw.randint(2, 50), draw.randint(50, 2000)])}, arguments)
        for name, decay in DECAYS.items()
        for arguments in (drawn_arguments(name, draw) for _ in range(40))
    ]
    observation = tensorflow.run(RATES.format(questions=json.dumps(questions)))
    assert observation.error is None
    for (name, step, arguments), rate in zip(questions, json.loads(observation.output), strict=True):
        assert DECAYS[name].formula(**step, **arguments) == close(rate), (name, step, arguments)


# --- what a decay is ------------------------------------------------------------------------------------------------

RATE = st.floats(1e-4, 1.0)
STEP = st.integers(0, 3000)
LENGTH = st.integers(1, 1000)
FRACTION = st.floats(0.0, 1.0)
NEAR = 1e-5  # of the first rate: what float32 may lose


@given(RATE, STEP, LENGTH, st.floats(0.05, 1.0), st.booleans())
def test_rates_that_fall_for_ever(rate: float, step: int, length: int, factor: float, staircase: bool) -> None:
    for decay in (decays.exponential_decay, decays.natural_exp_decay, decays.inverse_time_decay):
        now = decay(rate, step, length, factor, staircase)
        after = decay(rate, step + 1, length, factor, staircase)
        assert 0.0 <= after <= now * (1 + NEAR)
        assert now <= rate * (1 + NEAR)
        assert decay(rate, 0, length, factor, staircase) == pytest.approx(rate)


@given(RATE, LENGTH, st.integers(0, 20), st.floats(0.05, 1.0))
def test_stairs_meet_the_slope_at_their_edges(rate: float, length: int, stair: int, factor: float) -> None:
    for decay in (decays.exponential_decay, decays.natural_exp_decay, decays.inverse_time_decay):
        edge = decay(rate, stair * length, length, factor, True)
        assert edge == pytest.approx(decay(rate, stair * length, length, factor), rel=1e-4)
        assert edge == decay(rate, stair * length + length - 1, length, factor, True)


@given(RATE, STEP, LENGTH, st.floats(0.05, 1.0))
def test_slopes_have_no_jumps(rate: float, step: int, length: int, factor: float) -> None:
    steepest = {
        decays.exponential_decay: -math.log(factor),
        decays.natural_exp_decay: factor,
        decays.inverse_time_decay: factor,
    }
    for decay, slope in steepest.items():
        jump = decay(rate, step, length, factor) - decay(rate, step + 1, length, factor)
        assert jump <= rate * (slope / length + NEAR)


@given(RATE, FRACTION, STEP, LENGTH, st.sampled_from([0.5, 1.0, 2.0]))
def test_polynomials_fall_to_their_end_and_stay(rate: float, end: float, step: int, length: int, power: float) -> None:
    end *= rate

    def at(step: int) -> float:
        return decays.polynomial_decay(rate, step, length, end, power)

    assert at(0) == pytest.approx(rate)
    assert end - rate * NEAR <= at(step + 1) <= at(step) + rate * NEAR
    assert at(length + step) == pytest.approx(end, abs=rate * NEAR)
    if power >= 1:
        assert at(step) - at(step + 1) <= (rate - end) * power / length + rate * NEAR


@given(RATE, FRACTION, st.integers(1, 40), LENGTH, st.sampled_from([1.0, 2.0]))
def test_cycles_end_at_multiples_and_start_lower_each_time(
    rate: float, end: float, cycle: int, length: int, power: float
) -> None:
    end *= rate

    def at(step: int) -> float:
        return decays.polynomial_decay(rate, step, length, end, power, cycle=True)

    assert at(0) == pytest.approx(rate)
    assert at(cycle * length) == pytest.approx(end, abs=rate * NEAR)
    restart = (rate - end) * ((length - 1) / ((cycle + 1) * length)) ** power + end
    assert at(cycle * length + 1) == pytest.approx(restart, abs=rate * 1e-4)


@given(RATE, FRACTION, STEP, LENGTH)
def test_cosines_fall_to_alpha_and_stay(rate: float, alpha: float, step: int, length: int) -> None:
    def at(step: int) -> float:
        return decays.cosine_decay(rate, step, length, alpha)

    assert at(0) == pytest.approx(rate)
    assert rate * (alpha - NEAR) <= at(step + 1) <= at(step) + rate * NEAR
    assert at(step) - at(step + 1) <= rate * (math.pi / 2 / length + NEAR)
    assert at(length + step) == pytest.approx(rate * alpha, abs=rate * NEAR)


@given(RATE, st.integers(1, 100), st.sampled_from([1.0, 2.0, 3.0]), FRACTION, FRACTION, st.integers(0, 5))
def test_restarts_are_where_the_periods_say(
    rate: float, first: int, growth: float, factor: float, alpha: float, period: int
) -> None:
    start = int(sum(first * growth**index for index in range(period)))

    def at(step: int) -> float:
        return decays.cosine_decay_restarts(rate, step, first, growth, factor, alpha)

    restart = rate * ((1 - alpha) * factor**period + alpha)
    assert at(start) == pytest.approx(restart, abs=rate * NEAR)
    if period == 0:
        assert at(0) == pytest.approx(restart)
        middle = decays.cosine_decay(rate, first // 2, first, alpha)
        assert at(first // 2) == pytest.approx(middle, abs=rate * NEAR)


@given(RATE, LENGTH, FRACTION, FRACTION, STEP)
def test_linear_cosines_start_above_and_end_at_beta(
    rate: float, length: int, alpha: float, beta: float, step: int
) -> None:
    assert decays.linear_cosine_decay(rate, 0, length, 0.5, alpha, beta) == pytest.approx(rate * (1 + alpha + beta))
    end = decays.linear_cosine_decay(rate, length + step, length, 0.5, alpha, beta)
    assert end == pytest.approx(rate * beta, abs=rate * NEAR)


@given(RATE, STEP, LENGTH, st.integers())
def test_noise_is_a_seeded_draw_around_the_expectation(rate: float, step: int, length: int, seed: int) -> None:
    expectation, deviation = decays.noise(rate, step, length)
    assert decays.noisy_linear_cosine_decay(rate, step, length) == expectation
    assert decays.linear_cosine_decay(rate, step, length) == expectation
    draw = decays.noisy_linear_cosine_decay(rate, step, length, seed=seed)
    assert draw == decays.noisy_linear_cosine_decay(rate, step, length, seed=seed)
    assert abs(draw - expectation) <= 8 * deviation + rate * NEAR
    assert decays.noisy_linear_cosine_decay(rate, step, length, 0.0, seed=seed) == expectation


def test_draws_are_distributed_like_tensorflows() -> None:
    draws = [decays.noisy_linear_cosine_decay(0.1, 0, 100, seed=seed) for seed in range(2000)]
    mean = sum(draws) / len(draws)
    deviation = math.sqrt(sum((draw - mean) ** 2 for draw in draws) / len(draws))
    assert mean == pytest.approx(0.1001, abs=0.01)
    assert deviation == pytest.approx(0.1, abs=0.01)
    assert sum(draw < 0 for draw in draws) / len(draws) == pytest.approx(1 / 6, abs=0.03)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6, unique=True), st.data())
def test_boundaries_belong_to_the_piece_before_them(boundaries: list[int], data: st.DataObject) -> None:
    boundaries.sort()
    size = len(boundaries) + 1
    values = data.draw(st.lists(st.floats(0.0, 1.0, width=32), min_size=size, max_size=size))
    for index, boundary in enumerate(boundaries):
        assert decays.piecewise_constant(boundary, boundaries, values) == values[index]
        assert decays.piecewise_constant(boundary + 1, boundaries, values) == (
            values[index + 1] if boundary + 1 not in boundaries else values[boundaries.index(boundary + 1)]
        )
    step = data.draw(st.integers(0, 2000))
    passed = sum(boundary < step for boundary in boundaries)
    assert decays.piecewise_constant(step, boundaries, values) == values[passed]
