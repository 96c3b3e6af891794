"""The trace by itself: what it follows, asked of the value that it is, and programs that once were too much for it."""

from __future__ import annotations

import pytest

from lrlint import outline
from lrlint.program import Program
from lrlint.trace import Trace, trace
from lrlint.trace.refine import Condition, condition_of
from lrlint.trace.survey import survey
from lrlint.trace.values import GLOBAL_STEP, Derived, Literal, Variable

HEAD = "import tensorflow as tf\ntf.enable_eager_execution()\n"
DECAY = "tf.train.exponential_decay(0.1, {step}, 10, 0.5)"


def story(body: str, head: str = HEAD, mode: str = "auto") -> Trace:
    return trace(Program.parsed(head + body), mode=mode)


def only_step(found: Trace) -> object:
    """What the one schedule of a program reads."""
    (schedule,) = found.schedules
    (atom,) = found.steps(schedule)
    return atom


STRUCTURES = {
    "a name": "step = tf.Variable(0)\nlr = {decay}\n",
    "the order of statements": "step = 0\nstep = tf.Variable(0)\nlr = {decay}\nstep = 1\n",
    "an attribute": "class A:\n    def __init__(self):\n        self.step = tf.Variable(0)\n    def lr(self):\n"
    "        step = self.step\n        return {decay}\n",
    "a base class": "class A:\n    def __init__(self):\n        self.step = tf.Variable(0)\nclass B(A):\n"
    "    def __init__(self):\n        super().__init__()\n        step = self.step\n        self.lr = {decay}\nB()\n",
    "a property": "class A:\n    def __init__(self):\n        self._step = tf.Variable(0)\n    @property\n    def step(self):\n"
    "        return self._step\na = A()\nstep = a.step\nlr = {decay}\n",
    "a setter": "class A:\n    @property\n    def step(self):\n        return self._step\n    @step.setter\n"
    "    def step(self, value):\n        self._step = value\na = A()\na.step = tf.Variable(0)\nstep = a.step\nlr = {decay}\n",
    "a result": "def make():\n    return tf.Variable(0)\nstep = make()\nlr = {decay}\n",
    "a parameter": "def make(step):\n    return {decay}\nlr = make(tf.Variable(0))\n",
    "a keyword": "def make(*, step=0):\n    return {decay}\nlr = make(step=tf.Variable(0))\n",
    "a star": "def make(*args):\n    step = args[1]\n    return {decay}\nlr = make(1, tf.Variable(0))\n",
    "two stars": "def make(**kwargs):\n    step = kwargs['s']\n    return {decay}\nlr = make(s=tf.Variable(0))\n",
    "a dict that is spread": "def make(step):\n    return {decay}\nlr = make(**{{'step': tf.Variable(0)}})\n",
    "a closure": "def outer():\n    def inner():\n        return {decay}\n    step = tf.Variable(0)\n    return inner()\nouter()\n",
    "a lambda": "make = lambda step: {decay}\nlr = make(tf.Variable(0))\n",
    "functools.partial": "import functools\ndef make(a, step):\n    return {decay}\nlr = functools.partial(make, 1)(tf.Variable(0))\n",
    "a tuple": "a, (b, step) = 1, (2, tf.Variable(0))\nlr = {decay}\n",
    "a starred target": "a, *rest = 1, tf.Variable(0)\nstep = rest[0]\nlr = {decay}\n",
    "a dict": "d = {{'step': tf.Variable(0)}}\nstep = d['step']\nlr = {decay}\n",
    "a namespace": "import types\nargs = types.SimpleNamespace(step=tf.Variable(0))\nstep = args.step\nlr = {decay}\n",
    "a dataclass": "import dataclasses\n@dataclasses.dataclass\nclass A:\n    step: object\nstep = A(tf.Variable(0)).step\nlr = {decay}\n",
    "a named tuple": "import collections\nA = collections.namedtuple('A', 'x step')\nstep = A(1, tf.Variable(0)).step\nlr = {decay}\n",
    "a walrus": "if (step := tf.Variable(0)) is not None:\n    lr = {decay}\n",
    "a conditional import": "try:\n    import tensorflow.compat.v1 as tf\nexcept ImportError:\n    import tensorflow as tf\n"
    "step = tf.Variable(0)\nlr = {decay}\n",
    "a global": "def make():\n    global step\n    step = tf.Variable(0)\nmake()\nlr = {decay}\n",
    "getattr": "step = getattr(tf, 'Variable')(0)\nlr = {decay}\n",
    "a generator": "def steps():\n    yield tf.Variable(0)\nfor step in steps():\n    lr = {decay}\n",
    "a with": "import contextlib\n@contextlib.contextmanager\ndef made():\n    yield tf.Variable(0)\nwith made() as step:\n    lr = {decay}\n",
    "a match": "match 1:\n    case _:\n        step = tf.Variable(0)\nlr = {decay}\n",
}


@pytest.mark.parametrize("body", STRUCTURES.values(), ids=STRUCTURES.keys())
def test_a_step_is_followed_through(body: str) -> None:
    assert isinstance(only_step(story(body.format(decay=DECAY.format(step="step")))), Variable)


def test_branches_join_and_loops_settle() -> None:
    found = story(
        "step = 0\nif input():\n    step = tf.Variable(0)\nfor _ in range(3):\n    lr = "
        + DECAY.format(step="step")
        + "\n"
        "    step = step + 1\n"
    )
    (schedule,) = found.schedules
    assert {type(atom) for atom in found.steps(schedule)} >= {Literal, Variable, Derived}


def test_a_condition_that_is_met_again_has_the_same_outcome() -> None:
    found = story(
        "import sys\nmany = len(sys.argv)\nif many > 1:\n    step = tf.Variable(0)\nelse:\n    step = 0\n"
        "if many > 1:\n    lr = " + DECAY.format(step="step") + "\n"
    )
    assert isinstance(only_step(found), Variable)


def test_two_contexts_are_two_stories() -> None:
    found = story(
        "def make(step):\n    return " + DECAY.format(step="step") + "\na = make(tf.Variable(0))\nb = make(5)\n"
    )
    kinds = [type(atom) for schedule in found.schedules for atom in found.steps(schedule)]
    assert kinds == [Variable, Literal]


def test_the_global_step_is_one() -> None:
    found = story(
        "def a():\n    return tf.train.get_or_create_global_step()\n"
        "lr = " + DECAY.format(step="a()") + "\nopt = tf.train.AdamOptimizer(lr)\n"
        "opt.minimize(lambda: 1.0, global_step=tf.train.get_or_create_global_step())\n"
    )
    assert only_step(found) == GLOBAL_STEP
    assert [move.kind for move in found.moves_of(GLOBAL_STEP)] == ["update"]


@pytest.mark.parametrize(
    ("head", "mode"),
    [
        ("import tensorflow as tf\ntf.enable_eager_execution()\n", "eager"),
        ("import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n", "graph"),
        ("import tensorflow as tf\nif input():\n    tf.enable_eager_execution()\n", "eager"),
        ("import tensorflow as tf\ndef main(_):\n    tf.enable_eager_execution()\ntf.app.run(main)\n", "eager"),
        ("import tensorflow as tf\nx = tf.placeholder(tf.float32)\n", "graph"),
        ("import tensorflow as tf\nwith tf.GradientTape() as tape:\n    pass\n", "eager"),
        ("import tensorflow as tf\n@tf.function\ndef f():\n    with tf.GradientTape():\n        pass\n", "eager"),
        ("import tensorflow as tf\nwith tf.Graph().as_default():\n    tape = tf.GradientTape()\n", None),
        ("import tensorflow as tf\ntf.random.set_seed(1)\n", "eager"),
        ("import tensorflow as tf\n", None),
        ("import tensorflow as tf\ntf.enable_eager_execution()\ntf.disable_eager_execution()\n", None),
    ],
)
def test_the_mode_of_a_file(head: str, mode: str | None) -> None:
    found = story("lr = " + DECAY.format(step="tf.train.get_or_create_global_step()") + "\n", head)
    (schedule,) = found.schedules
    evidence = found.schedule_mode(schedule)
    assert (evidence.mode if evidence else None) == mode


@pytest.mark.parametrize(
    ("body", "mode"),
    [
        ("with tf.Graph().as_default():\n    lr = {decay}\n", "graph"),
        ("@tf.function\ndef f():\n    return {decay}\nf()\n", "graph"),
        ("def f():\n    return {decay}\ntf.function(f)()\n", "graph"),
        ("def model_fn(features, labels, mode):\n    return {decay}\n", "graph"),
        ("def f(x):\n    return {decay}\ntf.data.Dataset.range(3).map(f)\n", "graph"),
        ("@tf.function\ndef f():\n    tf.py_function(g, [], [])\ndef g():\n    return {decay}\nf()\n", "eager"),
        ("if tf.executing_eagerly():\n    pass\nelse:\n    lr = {decay}\n", "graph"),
    ],
)
def test_the_mode_of_a_place(body: str, mode: str) -> None:
    found = story(body.format(decay=DECAY.format(step="tf.train.get_or_create_global_step()")))
    (schedule,) = found.schedules
    evidence = found.schedule_mode(schedule)
    assert evidence is not None
    assert evidence.mode == mode


TOO_MUCH = {
    "an optimizer that wraps itself": "lr = {decay}\nopt = tf.train.AdamOptimizer(lr)\nfor _ in range(3):\n"
    "    opt = tf.contrib.opt.MovingAverageOptimizer(opt)\nopt.minimize(lambda: 1.0)\n",
    "numbers without end": "a = 10 ** 60\n" + "a = a * a\n" * 26 + "lr = {decay}\n",
    "functions that call each other": "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nf({decay})\n",
    "functions that call two others": "".join(f"def f{n}(x):\n    f{n + 1}(x)\n    f{n + 1}(x)\n" for n in range(40))
    + "def f40(x):\n    print(x)\nf0({decay})\n",
    "a list in itself": "a = []\na.append(a)\nlr = {decay}\nprint(a, lr)\n",
    "a dict that grows": "d = {{}}\nfor i in range(9):\n    d = {{'d': d, 'lr': {decay}}}\n",
    "a class of itself": "class A(A):\n    lr = {decay}\nA()\n",
}


@pytest.mark.parametrize("body", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_what_goes_on_for_ever_comes_to_an_end(body: str) -> None:
    found = story(body.format(decay=DECAY.format(step="tf.Variable(0)")))
    assert found.schedules or not found.complete


MAKING = "step = tf.Variable(0)\n{indent}{where} = " + DECAY.format(step="step") + "\n"
SHOW = "print(box.rate, box.one, box.two, box.three, box.four)"
LATER = {
    "an attribute that another method sets": "class Box:\n    def show(self):\n        box = self\n        "
    + SHOW
    + "\n"
    "    def report(self):\n        self.show()\n    def run(self):\n        self.report()\n    def build(self):\n        "
    + MAKING.format(indent=" " * 8, where="self.rate"),
    "an attribute that the loop sets behind the call": "class Box:\n    pass\nbox = Box()\nbox.rate = 0.1\n"
    f"def show():\n    {SHOW}\ndef report():\n    show()\nfor _ in range(3):\n    report()\n    "
    + MAKING.format(indent=" " * 4, where="box.rate"),
    "an attribute that an entry sets behind the callback": "import atexit\nclass Box:\n    pass\nbox = Box()\n"
    f"def show():\n    {SHOW}\natexit.register(show)\ndef build():\n    "
    + MAKING.format(indent=" " * 4, where="box.rate"),
}


@pytest.mark.parametrize("body", LATER.values(), ids=LATER.keys())
def test_a_function_in_which_nothing_mattered_is_run_when_something_does(body: str) -> None:
    (use,) = story(body).distinct_uses("text")
    assert (use.kind, use.how) == ("text", "`print()`")


@pytest.mark.parametrize(
    ("callee", "matters"),
    [
        ("tf.train.polynominal_decay", True),
        ("tf.train.exponential_decay", True),
        ("tf.train.anything", False),
        ("slim.learning.train", True),
        ("self.train", False),
        ("tf.experimental.numpy.array", True),
        ("numpy.array", False),
    ],
)
def test_words_that_are_vague_count_with_the_one_before_them(callee: str, matters: bool) -> None:
    module = Program.parsed(f"def f(self, first, second, third):\n    {callee}(first, second, third)\n").module
    assert survey(module).matters(module.body[0]) is matters


TESTS = {
    "a != 1": ("a == 1", False),
    "not a == 1": ("a == 1", False),
    "not a != 1": ("a == 1", True),
    "a >= 1": ("a < 1", False),
    "a > 1": ("a <= 1", False),
    "a not in b": ("a in b", False),
    "a is not None": ("a is None", False),
    "not a": ("a", False),
    "(a == 1) != (b > 2)": ("(a == 1) == (b > 2)", False),
}
UNLIKE = [
    "a == 1",
    "a < 1",
    "a <= 1",
    "a in b",
    "a and b",
    "a or b",
    "a + b",
    "a - b",
    "0 < a < 1",
    "0 < a <= 1",
    "-a",
    "~a",
]


def asked(test: str) -> Condition:
    (line,) = Program.parsed(f"if {test}: pass\n").module.body
    assert isinstance(line, outline.If)
    found = condition_of(line.test)
    assert found is not None
    return found


@pytest.mark.parametrize("test", TESTS)
def test_a_test_and_its_opposite_are_one_condition(test: str) -> None:
    same, holds = TESTS[test]
    assert asked(test) == asked(same)._replace(holds=holds)


def test_tests_that_differ_in_an_operator_are_two() -> None:
    assert len({asked(test).text for test in UNLIKE}) == len(UNLIKE)
