"""The oracle itself, held to things known about TensorFlow and to the weights that programs print."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from oracle import Oracle, OracleError, Unavailable, interpreters
from oracle.client import Oracle as Client

HEAD = """\
import tensorflow as tf
v1 = tf.compat.v1
v1.enable_eager_execution()
step, other, weight = tf.Variable(0), tf.Variable(0), tf.Variable(0.0)
loss = lambda: weight * 1.0
"""

LOOP = """
for _ in range(3):
    before = weight.numpy()
    {update}
    print(before - weight.numpy())
"""

FROZEN, HALVED = [0.1, 0.1, 0.1], [0.1, 0.05, 0.025]

UPDATES = {
    "optimizer.minimize(loss, var_list=[weight])": FROZEN,
    "optimizer.minimize(loss, var_list=[weight], global_step=None)": FROZEN,
    "optimizer.minimize(loss, var_list=[weight], global_step=step)": HALVED,
    "optimizer.minimize(loss, step, [weight])": HALVED,
    "optimizer.minimize(loss, other, [weight])": FROZEN,
    "optimizer.minimize(loss, step.assign_add(1), [weight])": [0.05, 0.0125, 0.003125],
    "optimizer.minimize(loss, var_list=[weight]); step.assign_add(1)": HALVED,
    "optimizer.minimize(loss, var_list=[weight]); step + 1": FROZEN,
    "optimizer.apply_gradients(optimizer.compute_gradients(loss, [weight]))": FROZEN,
    "optimizer.apply_gradients(optimizer.compute_gradients(loss, [weight]), step)": HALVED,
}

STEPS = {
    "step": HALVED,
    "{'s': step}['s']": HALVED,
    "tf.cast(step, step.dtype)": HALVED,
    "step.assign_add(0)": HALVED,
    "step.numpy()": FROZEN,
    "step + 0": FROZEN,
    "step - 1": [0.2, 0.2, 0.2],
    "tf.cast(step, tf.float32)": FROZEN,
    "tf.minimum(step, 100)": FROZEN,
    "tf.identity(step)": FROZEN,
    "0": FROZEN,
    "True": [0.05, 0.05, 0.05],
}

ERRORS = {
    "optimizer.minimize(loss, [step], [weight])": ("AttributeError", "'list' object has no attribute 'dtype'"),
    "optimizer.minimize(loss, 0, [weight])": ("AttributeError", "'int' object has no attribute 'dtype'"),
    "optimizer.minimize(loss, step=step)": ("TypeError", "unexpected keyword argument 'step'"),
    "optimizer.minimize(loss())": ("RuntimeError", "`loss` passed to Optimizer.compute_gradients should be a function"),
    "lr * 0.5": ("TypeError", "unsupported operand type(s) for *: 'functools.partial' and 'float'"),
    "lr + tf.constant(0.5)": ("ValueError", "with an unsupported type (<class 'functools.partial'>) to a Tensor"),
}


def training(update: str, *, step: str = "step", optimizer: str = "GradientDescentOptimizer(lr)") -> str:
    made = f"lr = v1.train.exponential_decay(0.1, {step}, 1, 0.5)\noptimizer = v1.train.{optimizer}"
    return HEAD + made + LOOP.format(update=update)


@pytest.mark.parametrize("update", UPDATES)
def test_rates_are_those_that_moved_the_weight(tensorflow: Oracle, update: str) -> None:
    observation = tensorflow.run(training(update))
    assert observation.error is None
    assert observation.rates == pytest.approx(UPDATES[update])
    assert [float(line) for line in observation.output.split()] == pytest.approx(observation.rates, rel=1e-5)


@pytest.mark.parametrize("step", STEPS)
def test_forms_of_the_step(tensorflow: Oracle, step: str) -> None:
    observation = tensorflow.run(training("optimizer.minimize(loss, step, [weight])", step=step))
    assert observation.rates == pytest.approx(STEPS[step])


@pytest.mark.parametrize("update", ERRORS)
def test_errors_have_their_line_and_text(tensorflow: Oracle, update: str) -> None:
    program = training(update)
    error = tensorflow.run(program).error
    assert error
    kind, message = ERRORS[update]
    assert (error.type, program.splitlines()[error.line - 1].strip()) == (kind, update)
    assert message in error.message


@pytest.mark.parametrize(
    "optimizer",
    [
        "AdadeltaOptimizer(lr)",
        "AdagradOptimizer(lr)",
        "AdamOptimizer(lr)",
        "GradientDescentOptimizer(lr)",
        "MomentumOptimizer(lr, 0.9)",
        "RMSPropOptimizer(lr)",
    ],
)
def test_rates_of_every_optimizer_that_calls_its_rate(tensorflow: Oracle, optimizer: str) -> None:
    observation = tensorflow.run(training("optimizer.minimize(loss, step, [weight])", optimizer=optimizer))
    assert observation.rates == pytest.approx(HALVED)
    assert {update.kind for update in observation.updates} == {optimizer.partition("(")[0]}


@pytest.mark.parametrize("optimizer", ["AdagradDAOptimizer", "FtrlOptimizer", "ProximalAdagradOptimizer"])
def test_optimizers_that_never_call_their_rate(tensorflow: Oracle, optimizer: str) -> None:
    made = f"{optimizer}(lr, step)" if optimizer == "AdagradDAOptimizer" else f"{optimizer}(lr)"
    observation = tensorflow.run(training("optimizer.minimize(loss, step, [weight])", optimizer=made))
    assert observation.rates == []
    assert observation.error
    assert observation.error.type == "ValueError"


def test_the_update_before_an_error_counts(tensorflow: Oracle) -> None:
    observation = tensorflow.run(training("optimizer.minimize(loss, [step], [weight])"))
    assert observation.rates == pytest.approx([0.1])


GRAPH = """
import tensorflow as tf
v1 = tf.compat.v1
with tf.Graph().as_default():
    step = v1.train.get_or_create_global_step()
    weight = v1.get_variable("weight", initializer=0.0, use_resource={resource})
    lr = v1.train.exponential_decay(0.1, step, 1, 0.5)
    update = v1.train.{optimizer}.minimize(weight * 1.0{step})
    with v1.Session() as session:
        session.run(v1.global_variables_initializer())
        session.run(lr)
        for _ in range(3):
            session.run(update)
"""


@pytest.mark.parametrize("resource", [False, True])
@pytest.mark.parametrize("optimizer", ["GradientDescentOptimizer(lr)", "AdamOptimizer(lr)"])
def test_rates_in_a_graph(tensorflow: Oracle, optimizer: str, resource: bool) -> None:
    for step, rates in (("", FROZEN), (", global_step=step", HALVED)):
        observation = tensorflow.run(GRAPH.format(optimizer=optimizer, resource=resource, step=step))
        assert observation.error is None
        assert observation.rates == pytest.approx(rates)


def test_rates_in_a_compiled_function(tensorflow: Oracle) -> None:
    function = "@tf.function\ndef update():\n    optimizer.minimize(loss, step, [weight])\n"
    program = training("update()").replace("\nfor _", f"\n{function}\nfor _")
    assert tensorflow.run(program).rates == pytest.approx(HALVED)


def test_optimizers_are_told_apart(tensorflow: Oracle) -> None:
    program = HEAD + (
        "for rate in (0.1, 0.2):\n"
        "    optimizer = v1.train.GradientDescentOptimizer(rate)\n"
        "    optimizer.minimize(loss)\n"
        "    optimizer.minimize(loss)\n"
        "    del optimizer\n"
    )
    first, second = tensorflow.run(program).rates_by_optimizer
    assert first == pytest.approx([0.1, 0.1])
    assert second == pytest.approx([0.2, 0.2])


def test_schedules_and_their_steps(tensorflow: Oracle) -> None:
    program = HEAD + (
        "moved = v1.train.cosine_decay(0.1, step, 10)\n"
        "still = v1.train.piecewise_constant([other], [1], [0.1, 0.2])\n"
        "step.assign_add(3)\n"
    )
    moved, still = tensorflow.run(program).schedules
    assert (moved.kind, moved.start, moved.end, moved.moved) == ("CosineDecay", 0, 3, True)
    assert (still.kind, still.start, still.end, still.moved) == ("PiecewiseConstantDecay", 0, 0, False)


def test_programs_know_nothing_of_each_other(tensorflow: Oracle) -> None:
    first = tensorflow.run("import sys, os\nsys.leftover = 1\nopen('file', 'w').close()\nprint(__name__, sys.argv)")
    second = tensorflow.run("import sys, os\nprint(hasattr(sys, 'leftover'), os.listdir('.'))")
    assert (first.output, second.output) == ("__main__ ['program.py']\n", "False []\n")


def test_output_and_log_are_kept_apart(tensorflow: Oracle) -> None:
    observation = tensorflow.run("import os, sys\nos.system('echo out')\nprint('ü')\nprint('err', file=sys.stderr)")
    assert observation.output == "out\nü\n"
    assert "err" in observation.log


def test_paths_and_arguments(tensorflow: Oracle, tmp_path: Path) -> None:
    program = tmp_path / "train.py"
    program.write_text("import sys\nprint(sys.argv)\nsys.exit(0)\n")
    observation = tensorflow.run(program, arguments=("--steps", "3"))
    assert (observation.output, observation.error) == ("['train.py', '--steps', '3']\n", None)


@pytest.mark.parametrize(
    ("program", "kind", "line"),
    [
        ("x = 1\nprint 'old'\n", "SyntaxError", 2),
        ("import sys\nsys.exit('no data')\n", "SystemExit", 2),
        ("import os\nos._exit(3)\n", "Stopped", 0),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", "Stopped", 0),
    ],
)
def test_programs_that_end_badly(tensorflow: Oracle, program: str, kind: str, line: int) -> None:
    error = tensorflow.run(program).error
    assert error
    assert (error.type, error.line) == (kind, line)


def test_programs_that_do_not_end(tensorflow: Oracle) -> None:
    observation = tensorflow.run("print('on and on', flush=True)\nwhile True: pass", seconds=1.0)
    assert observation.error
    assert observation.error.message == "it took too long"
    assert observation.output == "on and on\n"


def test_a_server_that_cannot_start() -> None:
    with pytest.raises(OracleError, match="No module named 'tensorflow'"):
        Client(sys.executable)


def test_an_interpreter_without_tensorflow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for python in (sys.executable, str(tmp_path / "nothing")):
        monkeypatch.setenv("LRLINT_TF115_PYTHON", python)
        with pytest.raises(Unavailable, match=r"LRLINT_TF115_PYTHON is .* which has no TensorFlow 1.15"):
            interpreters.find.__wrapped__("1.15")


def test_no_interpreter_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LRLINT_TF115_PYTHON", raising=False)
    monkeypatch.setattr(interpreters, "_candidates", lambda version: iter([sys.executable]))
    with pytest.raises(Unavailable, match=r"no Python with TensorFlow 1.15 here: name one in LRLINT_TF115_PYTHON"):
        interpreters.find.__wrapped__("1.15")


def test_an_interpreter_in_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LRLINT_TF215_PYTHON", raising=False)
    monkeypatch.setenv("LRLINT_TF_CACHE", str(tmp_path))
    monkeypatch.setattr(interpreters, "has_tensorflow", lambda python, version: version == "2.15")
    assert interpreters.find.__wrapped__("2.15") == str(tmp_path / "tf215" / "bin" / "python")
