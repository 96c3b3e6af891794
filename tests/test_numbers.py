"""The numbers that the trace knows: where they come from, and how certain they are."""

from __future__ import annotations

import pytest

from lrlint.decays import DECAYS
from lrlint.program import Program
from lrlint.trace import Trace, trace
from lrlint.trace.numbers import Known, Scalar

HEAD = "import tensorflow as tf\nstep = tf.train.get_or_create_global_step()\n"
SURE, DEFAULT = True, False


def story(body: str) -> Trace:
    return trace(Program.parsed(HEAD + body))


def numbers(body: str) -> dict[str, Known]:
    found = story(body)
    (schedule,) = found.schedules
    return found.numbers(schedule)


def said(found: Trace, known: Known) -> str:
    """What says so, as code."""
    assert known.where is not None
    return found.code(known.where)


DECAY = "tf.train.exponential_decay({}, step, 1000, 0.96)\n"

# What stands before the decay call, and the rate in it.
CERTAIN: dict[str, tuple[str, str, Scalar]] = {
    "a literal": ("", "0.1", 0.1),
    "an exponent": ("", "1e-3", 1e-3),
    "underscores": ("", "1_000", 1000),
    "a sign": ("", "-0.5", -0.5),
    "arithmetic": ("", "0.1 * 3 / 2 - 2 ** -1", 0.1 * 3 / 2 - 2**-1),
    "a name": ("lr = 0.1\n", "lr", 0.1),
    "names": ("base = 0.1\nlr = base * 8\n", "lr / 2", 0.1 * 8 / 2),
    "a conversion": ("", "float(int(1.9))", 1.0),
    "the larger": ("epochs = 0\n", "max(1, epochs * 100)", 1),
    "math": ("import math\n", "math.ceil(10 / 4)", 3),
    "an augmented assignment": ("lr = 0.1\nlr *= 2\n", "lr", 0.2),
    "a dict": ("config = {'lr': 0.1, 'steps': 10}\n", "config['lr']", 0.1),
    "a dict of keywords": ("config = dict(lr=0.1)\n", "config['lr']", 0.1),
    "a list": ("rates = [0.1, 0.01]\n", "rates[1]", 0.01),
    "a tuple": ("lr, steps = 0.1, 10\n", "lr", 0.1),
    "a namespace": ("import types\nhp = types.SimpleNamespace(lr=0.1)\n", "hp.lr", 0.1),
    "a class": ("class Config:\n    lr = 0.1\n", "Config.lr", 0.1),
    "an instance": ("class Config:\n    def __init__(self, lr):\n        self.lr = lr\nc = Config(0.1)\n", "c.lr", 0.1),
    "a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass C:\n    lr: float = 0.1\nc = C()\n",
        "c.lr",
        0.1,
    ),
    "a result": ("def rate():\n    return 0.1\n", "rate()", 0.1),
    "two paths to one number": ("lr = 0.1\nif input():\n    lr = 0.1\n", "lr", 0.1),
}


@pytest.mark.parametrize("name", CERTAIN)
def test_a_certain_number(name: str) -> None:
    before, rate, value = CERTAIN[name]
    found = story(f"{before}lr = {DECAY.format(rate)}")
    known = found.numbers(*found.schedules)["learning_rate"]
    assert (known.value, type(known.value), known.certain) == (value, type(value), True)
    assert said(found, known) == rate


PARSER = "import argparse\nparser = argparse.ArgumentParser()\n"
DEFAULTS: dict[str, tuple[str, str, Scalar]] = {
    "argparse": (PARSER + "parser.add_argument('--lr', type=float, default=0.1)\nargs = parser.parse_args()\n", "args.lr", 0.1),
    "a dash": (PARSER + "parser.add_argument('-r', '--base-lr', default=1)\nargs = parser.parse_args()\n", "args.base_lr", 1),
    "dest": (PARSER + "parser.add_argument('--lr', dest='rate', default=0.1)\nargs = parser.parse_args()\n", "args.rate", 0.1),
    "text that is converted": (PARSER + "parser.add_argument('--lr', type=float, default='1')\nargs = parser.parse_args()\n", "args.lr", 1.0),
    "a group": (
        PARSER + "group = parser.add_argument_group('rates')\ngroup.add_argument('--lr', default=0.1)\nargs = parser.parse_args()\n",
        "args.lr",
        0.1,
    ),
    "set_defaults": (PARSER + "parser.set_defaults(lr=0.1)\nargs = parser.parse_args()\n", "args.lr", 0.1),
    "known arguments": (
        PARSER + "parser.add_argument('--lr', default=0.1)\nFLAGS, rest = parser.parse_known_args()\n",
        "FLAGS.lr",
        0.1,
    ),
    "a function that parses": (
        "import argparse\ndef options():\n    parser = argparse.ArgumentParser(description='of many words')\n"
        "    parser.add_argument('--lr', type=float, default=0.1)\n    return parser.parse_args()\nargs = options()\n",
        "args.lr",
        0.1,
    ),
    "tf.flags": ("tf.flags.DEFINE_float('lr', 0.1, 'the rate')\nFLAGS = tf.flags.FLAGS\n", "FLAGS.lr", 0.1),
    "tf.app.flags": ("flags = tf.app.flags\nflags.DEFINE_integer('n', 10, '')\nFLAGS = flags.FLAGS\n", "FLAGS.n * 2", 20),
    "absl": ("from absl import flags\nflags.DEFINE_float('lr', default=0.1, help='')\n", "flags.FLAGS.lr", 0.1),
    "a flag's holder": ("from absl import flags\nLR = flags.DEFINE_float('lr', 0.1, '')\n", "LR.value", 0.1),
    "arithmetic with a certain number": (PARSER + "parser.add_argument('--n', default=3)\nn = parser.parse_args().n\n", "n * 100", 300),
    "a conversion": (PARSER + "parser.add_argument('--n', default=3)\nargs = parser.parse_args()\n", "int(args.n * 1.5)", 4),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default(name: str) -> None:
    before, rate, value = DEFAULTS[name]
    found = story(f"{before}lr = {DECAY.format(rate)}")
    known = found.numbers(*found.schedules)["learning_rate"]
    assert (known.value, type(known.value), known.certain) == (value, type(value), False)
    assert said(found, known).startswith(("parser.", "group.", "tf.", "flags."))


def test_a_parameter_of_unknown_callers_has_a_default() -> None:
    body = "def train(lr=0.1, steps=10, *, epochs=3):\n    return " + DECAY.format("lr").replace(
        "1000", "steps * epochs"
    )
    known = numbers(body)
    assert known["learning_rate"][:2] == (0.1, DEFAULT)
    assert known["decay_steps"][:2] == (30, DEFAULT)
    assert known["decay_rate"][:2] == (0.96, SURE)


def test_a_parameter_of_known_callers_is_what_they_pass() -> None:
    body = (
        "def train(lr=0.1, steps=10):\n    return " + DECAY.format("lr").replace("1000", "steps") + "train(steps=20)\n"
    )
    known = numbers(body)
    assert known["learning_rate"][:2] == (0.1, SURE)
    assert known["decay_steps"][:2] == (20, SURE)


def test_a_class_that_nobody_here_makes_is_open() -> None:
    body = "class Net:\n    lr = 0.1\n    def __init__(self):\n        self.steps = 10\n    def rate(self):\n        return "
    known = numbers(body + DECAY.format("self.lr * 2").replace("1000", "self.steps"))
    assert known["learning_rate"][:2] == (0.2, DEFAULT)
    assert known["decay_steps"][:2] == (10, DEFAULT)
    known = numbers(body + DECAY.format("self.lr").replace("1000", "self.steps") + "Net().rate()\n")
    assert known["learning_rate"][:2] == (0.1, SURE)
    assert known["decay_steps"][:2] == (10, SURE)


@pytest.mark.parametrize(
    ("before", "rate"),
    [
        ("", "rate"),
        ("lr = 0.1\nif input():\n    lr = 0.2\n", "lr"),
        ("lr = 0.1\nfor _ in range(3):\n    lr *= 0.5\n", "lr"),
        ("lr = 0.1\nfor _ in range(3):\n    lr = lr / 2\n", "lr"),
        ("lr = 1\ndef halve():\n    global lr\n    lr /= 2\n    return lr\n", "halve()"),
        (PARSER + "parser.add_argument('--lr')\nargs = parser.parse_args()\n", "args.lr"),
        (PARSER + "parser.add_argument('--lr', default=None)\nargs = parser.parse_args()\n", "args.lr"),
        (PARSER + "parser.add_argument('--lr', default=0.1)\nargs = parser.parse_args()\nargs.lr = input()\n", "args.lr"),
        (PARSER + "for rate in (0.1, 0.2):\n    parser.add_argument('--lr', default=rate)\nargs = parser.parse_args()\n", "args.lr"),
        ("from absl import flags\nFLAGS = flags.FLAGS\n", "FLAGS.lr"),
        ("from mine import flags\nflags.DEFINE_float('lr', 0.1, '')\nFLAGS = flags.FLAGS\n", "FLAGS.lr"),
        ("", "tf.constant(0.1)"),
        ("import numpy as np\n", "np.float32(0.1)"),
        ("", "1 / 0"),
        ("", "10.0 ** 400"),
        ("", "'0.1'"),
    ],
)  # fmt: skip
def test_what_is_not_known(before: str, rate: str) -> None:
    assert "learning_rate" not in numbers(f"{before}lr = {DECAY.format(rate)}")


@pytest.mark.parametrize("name", DECAYS)
def test_what_is_not_passed_is_the_decay_s_own_default(name: str) -> None:
    decay = DECAYS[name]
    required = [parameter.name for parameter in decay.parameters if parameter.required]
    passed = {parameter: "[1, 2]" if parameter in ("boundaries", "values") else "0.5" for parameter in required}
    passed[decay.step.name] = "step"
    known = numbers(f"lr = tf.train.{name}({', '.join(passed.values())})\n")
    assert list(known) == [p.name for p in decay.parameters if p is not decay.step and p.name != "name"]
    for parameter in decay.parameters:
        if not parameter.required and parameter.name != "name":
            assert known[parameter.name] == Known(parameter.default)


def test_what_a_star_may_bring_is_not_known() -> None:
    assert set(numbers("lr = tf.train.polynomial_decay(0.1, step, 10, **options)\n")) == {
        "learning_rate",
        "decay_steps",
    }
    assert numbers("lr = tf.train.polynomial_decay(*options)\n") == {}


LISTS: dict[str, tuple[str, tuple[Scalar, ...], bool]] = {
    "[10, 20]": ("", (10, 20), SURE),
    "(10, 20)": ("", (10, 20), SURE),
    "ends": ("ends = [10, 20]\n", (10, 20), SURE),
    "ends + []": ("ends = [10]\n", (), DEFAULT),
    "[n * e for e in [1, 2.5]]": ("n = 4\n", (4, 10.0), SURE),
    "[int(args.n * e) for e in (1, 2)]": (
        PARSER + "parser.add_argument('--n', default=10)\nargs = parser.parse_args()\n",
        (10, 20),
        DEFAULT,
    ),
    "list(ends)": ("ends = [10, 20]\n", (10, 20), SURE),
    "filled": ("filled = []\nfilled.append(10)\nfilled.append(20)\n", (10, 20), SURE),
    "popped": ("popped = [10, 20, 30]\npopped.pop()\n", (), DEFAULT),
    "handed": ("import mine\nhanded = [10, 20]\nmine.change(handed)\n", (), DEFAULT),
    "[10, n]": ("", (), DEFAULT),
    "[e for e in [1, 2] if e > 1]": ("", (), DEFAULT),
}  # fmt: skip


@pytest.mark.parametrize("boundaries", LISTS)
def test_a_list_of_numbers(boundaries: str) -> None:
    before, value, certain = LISTS[boundaries]
    known = numbers(f"{before}lr = tf.train.piecewise_constant(step, {boundaries}, [0.1, 0.2, 0.3])\n")
    assert known["values"].value == (0.1, 0.2, 0.3)
    if value:
        assert known["boundaries"][:2] == (value, certain)
        assert list(map(type, known["boundaries"].value)) == list(map(type, value))  # type: ignore[arg-type]
    else:
        assert "boundaries" not in known


def test_a_list_is_as_it_was_when_the_decay_was_called() -> None:
    body = "ends = [10]\nlr = tf.train.piecewise_constant(step, ends, [0.1, 0.2])\nends.append(20)\n"
    assert numbers(body)["boundaries"].value == (10,)


def test_the_rate_of_an_optimizer() -> None:
    found = story("opt = tf.train.AdamOptimizer(1e-3 * 2)\n")
    (optimizer,) = found.optimizers.values()
    known = found.number(optimizer.rate)
    assert known is not None
    assert known[:2] == (2e-3, SURE)


UPDATE = "opt.minimize(loss, global_step=step)\n"
LOOPS: dict[str, tuple[str, tuple[int, bool] | None]] = {
    "none": (UPDATE, (1, SURE)),
    "a range": (f"for _ in range(1000):\n    {UPDATE}", (1000, SURE)),
    "a range with a step": (f"for _ in range(0, 1000, 100):\n    {UPDATE}", (10, SURE)),
    "computed": (f"n = int(1e3)\nfor _ in range(n // 2):\n    {UPDATE}", (500, SURE)),
    "two loops": (f"for _ in range(10):\n    for _ in range(20):\n        {UPDATE}", (200, SURE)),
    "a list": (f"for _ in [1, 2, 3]:\n    {UPDATE}", (3, SURE)),
    "a caller": (
        f"def train():\n    for _ in range(5):\n        {UPDATE}for _ in range(2):\n    train()\n",
        (10, SURE),
    ),
    "a default": (
        f"{PARSER}parser.add_argument('--n', default=7)\nargs = parser.parse_args()\nfor _ in range(args.n):\n    {UPDATE}",
        (7, DEFAULT),
    ),
    "a parameter": (f"def train(n=5):\n    for _ in range(n):\n        {UPDATE}", (5, DEFAULT)),
    "data": (f"for batch in data:\n    {UPDATE}", None),
    "a while": (f"while True:\n    {UPDATE}", None),
    "one of two": (f"for _ in range(10):\n    for batch in data:\n        {UPDATE}", None),
    "a float": (f"for _ in range(1e3):\n    {UPDATE}", None),
    "two lengths": (f"n = 1\nif input():\n    n = 2\nfor _ in range(n):\n    {UPDATE}", None),
    "a length that changes": (f"n = 1\nfor _ in range(3):\n    for _ in range(n):\n        {UPDATE}    n += 1\n", None),
}


@pytest.mark.parametrize("name", LOOPS)
def test_the_bound_of_a_loop(name: str) -> None:
    body, bound = LOOPS[name]
    found = story("opt = tf.train.AdamOptimizer(0.1)\n" + body)
    (update,) = found.updates.values()
    known = found.updates_bound(update)
    assert (known[:2] if known is not None else None) == bound


def test_the_bound_of_a_loop_that_runs_a_session() -> None:
    found = story(
        "train = tf.train.AdamOptimizer(0.1).minimize(loss, global_step=step)\n"
        "with tf.Session() as session:\n    for _ in range(1000):\n        session.run(train)\n"
    )
    (update,) = found.updates.values()
    known = found.updates_bound(update)
    assert known is not None
    assert known.value == 1000


SURE_STEPS: dict[str, tuple[str, str]] = {
    "a literal": ("", "0"),
    "a literal that is computed": ("", "int(0.5) * 10"),
    "a constant": ("STEPS = 0\n", "STEPS"),
    "computed constants": ("EXAMPLES, BATCH = 100, 128\nSTEPS = EXAMPLES // BATCH\n", "STEPS * 10"),
    "a local constant": ("def make():\n    steps = 0\n    return {}\nmake()\n", "steps"),
    "an attribute of a class": ("class Config:\n    steps = 0\nconfig = Config()\n", "config.steps"),
}


@pytest.mark.parametrize("name", SURE_STEPS)
def test_a_number_that_counts_against_the_program(name: str) -> None:
    before, steps = SURE_STEPS[name]
    call = DECAY.format("0.1").replace("1000", steps).rstrip()
    found = story(before.format(call) if "{}" in before else f"{before}lr = {call}\n")
    (schedule,) = found.schedules
    assert found.sure(schedule)["decay_steps"].value == 0


UNSURE_STEPS = {
    "one that is tested": "STEPS = 0\nassert STEPS >= 0\nlr = {}\n",
    "one behind which another is tested": "N = 0\nSTEPS = N * 2\nif N:\n    pass\nlr = {}\n",
    "one of a path": "STEPS = 0\nif input():\n    lr = {}\n",
    "one that a function sets": "STEPS = 0\ndef f():\n    global STEPS\n    STEPS = len(open('a').read()) * 5\nlr = {}\n",
    "one that is bound twice": "STEPS = 1\nSTEPS = 0\nlr = {}\n",
    "one that anything may bind": "STEPS = 0\nexec('STEPS = 1')\nlr = {}\n",
    "one of a call that may raise": "STEPS = 0\ntry:\n    lr = {}\nexcept ValueError:\n    pass\n",
}


@pytest.mark.parametrize("name", UNSURE_STEPS)
def test_a_number_that_does_not(name: str) -> None:
    found = story(UNSURE_STEPS[name].format(DECAY.format("0.1").replace("1000", "STEPS").rstrip()))
    (schedule,) = found.schedules
    assert "decay_steps" not in found.sure(schedule)
    assert found.numbers(schedule)["decay_steps"].value == 0
