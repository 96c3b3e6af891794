"""Fixes in the small: what becomes of code, however it is laid out. All texts are exact."""

from __future__ import annotations

import pytest

import lrlint

HEAD = """\
import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 10, 0.5)
loss = lambda: w ** 2
opt = tf.train.GradientDescentOptimizer(lr)
"""

TAIL = "for _ in range(3):\n    opt.minimize(loss, global_step=step)\n"

MISSING = {
    "on one line": ("opt.minimize(loss)", "opt.minimize(loss, global_step=step)"),
    "a trailing comma": ("opt.minimize(loss,)", "opt.minimize(loss, global_step=step,)"),
    "blanks in the parentheses": ("opt.minimize( loss )", "opt.minimize( loss, global_step=step )"),
    "a comment behind": ("opt.minimize(loss)  # LR", "opt.minimize(loss, global_step=step)  # LR"),
    "a statement behind": ("opt.minimize(loss); print(1)", "opt.minimize(loss, global_step=step); print(1)"),
    "parentheses around the argument": ("opt.minimize((loss))", "opt.minimize((loss), global_step=step)"),
    "parentheses around the call": ("(opt\n .minimize(loss))", "(opt\n .minimize(loss, global_step=step))"),
    "a lambda": ("opt.minimize(lambda: w ** 2)", "opt.minimize(lambda: w ** 2, global_step=step)"),
    "a lambda over lines": (
        "opt.minimize(lambda: (w\n    ** 2))",
        "opt.minimize(lambda: (w\n    ** 2), global_step=step)",
    ),
    "in a lambda": ("(lambda: opt.minimize(loss))()", "(lambda: opt.minimize(loss, global_step=step))()"),
    "in a default": (
        "def train(update=opt.minimize(loss)): pass",
        "def train(update=opt.minimize(loss, global_step=step)): pass",
    ),
    "in a decorator": (
        "def wrap(update): return lambda f: f\n@wrap(opt.minimize(loss))\ndef f(): pass",
        "def wrap(update): return lambda f: f\n@wrap(opt.minimize(loss, global_step=step))\ndef f(): pass",
    ),
    "starred arguments": ("opt.minimize(*[loss])", "opt.minimize(*[loss], global_step=step)"),
    "a generator": (
        "opt.apply_gradients((g, v) for g, v in opt.compute_gradients(loss))",
        "opt.apply_gradients(((g, v) for g, v in opt.compute_gradients(loss)), global_step=step)",
    ),
    "a generator over lines": (
        "opt.apply_gradients(\n    (g, v)  # a pair\n    for g, v in opt.compute_gradients(loss)  # all\n)",
        "opt.apply_gradients(\n    ((g, v)  # a pair\n    for g, v in opt.compute_gradients(loss)), global_step=step  # all\n)",
    ),
    "a keyword that is None": (
        "opt.minimize(loss, global_step = None, var_list=[w])",
        "opt.minimize(loss, global_step = step, var_list=[w])",
    ),
    "a position that is None": ("opt.minimize(loss, None, [w])", "opt.minimize(loss, step, [w])"),
    "the last position that is None": (
        "opt.apply_gradients(opt.compute_gradients(loss), None)",
        "opt.apply_gradients(opt.compute_gradients(loss), step)",
    ),
    "black, one argument a line": (
        "opt.minimize(\n    loss,\n    var_list=[\n        w,\n    ],\n)",
        "opt.minimize(\n    loss,\n    var_list=[\n        w,\n    ],\n    global_step=step,\n)",
    ),
    "black, all arguments on a line": (
        "opt.minimize(\n    loss, var_list=[w]\n)",
        "opt.minimize(\n    loss, var_list=[w], global_step=step\n)",
    ),
    "black, an argument alone": ("opt.minimize(\n    loss\n)", "opt.minimize(\n    loss, global_step=step\n)"),
    "black, an argument alone that leaves no room": (
        f"opt.minimize(\n    lambda: {'w + ' * 15}w ** 2\n)",
        f"opt.minimize(\n    lambda: {'w + ' * 15}w ** 2,\n    global_step=step,\n)",
    ),
    "black, an argument alone over lines": (
        "opt.minimize(\n    lambda: (\n        w ** 2\n    )\n)",
        "opt.minimize(\n    lambda: (\n        w ** 2\n    ),\n    global_step=step,\n)",
    ),
    "black, an argument alone with a comment": (
        "opt.minimize(\n    loss  # why\n)",
        "opt.minimize(\n    loss,  # why\n    global_step=step,\n)",
    ),
    "black, comments": (
        "opt.minimize(\n    loss,  # why\n    # the weights\n    var_list=[w],  # all\n    # no more\n)",
        "opt.minimize(\n    loss,  # why\n    # the weights\n    var_list=[w],  # all\n    global_step=step,\n    # no more\n)",
    ),
    "yapf, below the parenthesis": (
        "opt.minimize(loss,\n             var_list=[w])",
        "opt.minimize(loss,\n             var_list=[w],\n             global_step=step)",
    ),
    "yapf, a closing line": (
        "opt.minimize(\n    loss,\n    var_list=[w]\n)",
        "opt.minimize(\n    loss,\n    var_list=[w],\n    global_step=step\n)",
    ),
    "yapf, all arguments on a line": (
        "opt.minimize(\n    loss, var_list=[w])",
        "opt.minimize(\n    loss, var_list=[w], global_step=step)",
    ),
    "yapf, comments": (
        "opt.minimize(loss, # why\n             var_list=[w] # all\n             )",
        "opt.minimize(loss, # why\n             var_list=[w], # all\n             global_step=step\n             )",
    ),
    "commas first": (
        "opt.minimize(loss\n    , var_list=[w]\n    )",
        "opt.minimize(loss\n    , var_list=[w], global_step=step\n    )",
    ),
    "a comma on a line of its own": (
        "opt.minimize(\n    loss  # why\n    ,)",
        "opt.minimize(\n    loss  # why\n    , global_step=step)",
    ),
    "tabs": (
        "opt.minimize(\n\tloss,\n\tvar_list=[w],\n)",
        "opt.minimize(\n\tloss,\n\tvar_list=[w],\n\tglobal_step=step,\n)",
    ),
    "a backslash in the call": (
        "opt.minimize(loss, \\\n    var_list=[w])",
        "opt.minimize(loss, \\\n    var_list=[w],\n    global_step=step)",
    ),
    "a backslash before the call": ("opt.minimize \\\n    (loss)", "opt.minimize \\\n    (loss, global_step=step)"),
    "weights as the step": ("opt.minimize(loss, [w])", "opt.minimize(loss, var_list=[w], global_step=step)"),
    "weights in parentheses as the step": (
        "opt.minimize(loss, ([w]))",
        "opt.minimize(loss, var_list=([w]), global_step=step)",
    ),
}

PRINTED = {
    "an argument": ('print("rate", lr, 1)', 'print("rate", lr(), 1)'),
    "in parentheses": ("print(((lr)))", "print(((lr())))"),
    "in parentheses with a comment": (
        "print((  # now\n    lr  # the rate\n))",
        "print((  # now\n    lr()  # the rate\n))",
    ),
    "a choice in parentheses": ("x = lr\ny = lr\nprint((x if w else y))", "x = lr\ny = lr\nprint((x if w else y)())"),
    "a choice": ("x = lr\ny = lr\nprint(x if w else y)", "x = lr\ny = lr\nprint((x if w else y)())"),
    "an assignment": ("print(x := lr)", "print((x := lr)())"),
    "an element": ("rates = [lr]\nprint(rates[0])", "rates = [lr]\nprint(rates[0]())"),
    "a line of its own": (
        'print(\n    "rate",  # its name\n    lr,  # now\n)',
        'print(\n    "rate",  # its name\n    lr(),  # now\n)',
    ),
    "behind a backslash": ('print("rate", \\\n    lr)', 'print("rate", \\\n    lr())'),
    "a backslash in it": (
        "print(tf \\\n    .train.exponential_decay(0.1, step, 1, 0.5))",
        "print(tf \\\n    .train.exponential_decay(0.1, step, 1, 0.5)())",
    ),
    "starred": ("print(*[lr, 1])", "print(*[lr(), 1])"),
    "twice": ("print(lr, lr)", "print(lr(), lr())"),
    "two statements": ("print(lr); print(lr)", "print(lr()); print(lr())"),
    "in a lambda": ("show = lambda: print(lr)\nshow()", "show = lambda: print(lr())\nshow()"),
    "in a default": ("def f(a=print(lr)): pass", "def f(a=print(lr())): pass"),
    "in a decorator": ("@print(lr)\ndef f(): pass", "@print(lr())\ndef f(): pass"),
    "an f-string": ('print(f"{{lr}} {lr}")', 'print(f"{{lr}} {lr()}")'),
    "an f-string with other quotes": ("print(f'{lr}')", "print(f'{lr()}')"),
    "an f-string with blanks": ('print(f"{ lr }")', 'print(f"{ lr() }")'),
    "an f-string with a format": ("print(f'{lr:.3f}')", "print(f'{lr():.3f}')"),
    "an f-string with a nested format": ("print(f'{lr:{w}.{3}f}')", "print(f'{lr():{w}.{3}f}')"),
    "an f-string with a conversion": ("print(f'{lr!r:>10}')", "print(f'{lr()!r:>10}')"),
    "an f-string that names its value": ("print(f'{lr=}')", "print(f'{lr()=}')"),
    "a raw f-string": ('print(rf"\\d{lr}")', 'print(rf"\\d{lr()}")'),
    "an f-string over lines": ('print(f"""\n{lr}\n  {lr:.3f}""")', 'print(f"""\n{lr()}\n  {lr():.3f}""")'),
    "an f-string in an f-string": ("print(f\"{f'{lr}'}\")", "print(f\"{f'{lr()}'}\")"),
    "quotes in an f-string": (
        'd = {"lr": lr}\nprint(f"{d[\'lr\']:.3f}")',
        'd = {"lr": lr}\nprint(f"{d[\'lr\']():.3f}")',
    ),
    "strings side by side": (
        "print(f\"a {lr} b\" ' {lr} ' f'{lr:.2e}')",
        "print(f\"a {lr()} b\" ' {lr} ' f'{lr():.2e}')",
    ),
    "a tuple in an f-string": ('print(f"{lr,}")', 'print(f"{lr(),}")'),
    "per cent": ('print("%.3f" % lr)', 'print("%.3f" % lr())'),
    "per cent, a tuple": ('print("%s %s" % (1, lr))', 'print("%s %s" % (1, lr()))'),
    "per cent, names": ('print("%(a)s" % {"a": lr})', 'print("%(a)s" % {"a": lr()})'),
    "format": ('print("{:.3f} {a!r}".format(lr, a=lr))', 'print("{:.3f} {a!r}".format(lr(), a=lr()))'),
    "a conversion": ("s = str(lr)", "s = str(lr())"),
}

RATES = {
    "an argument": (
        "opt = tf.train.GradientDescentOptimizer(lr * 0.5)",
        "opt = tf.train.GradientDescentOptimizer(lambda: lr() * 0.5)",
    ),
    "a keyword": (
        "opt = tf.train.GradientDescentOptimizer(\n    learning_rate=lr * 0.5,  # half\n)",
        "opt = tf.train.GradientDescentOptimizer(\n    learning_rate=lambda: lr() * 0.5,  # half\n)",
    ),
    "parentheses": (
        "opt = tf.train.GradientDescentOptimizer((lr\n    * 0.5))",
        "opt = tf.train.GradientDescentOptimizer((lambda: lr()\n    * 0.5))",
    ),
    "a comment": (
        "opt = tf.train.GradientDescentOptimizer(lr  # half\n    * 0.5)",
        "opt = tf.train.GradientDescentOptimizer(lambda: lr()  # half\n    * 0.5)",
    ),
    "a backslash": (
        "rate = lr \\\n    * 0.5\nopt = tf.train.GradientDescentOptimizer(rate)",
        "rate = lambda: lr() \\\n    * 0.5\nopt = tf.train.GradientDescentOptimizer(rate)",
    ),
    "a name": (
        "rate = lr * 0.5\nopt = tf.train.GradientDescentOptimizer(rate)",
        "rate = lambda: lr() * 0.5\nopt = tf.train.GradientDescentOptimizer(rate)",
    ),
    "in a lambda": (
        "make = lambda r: tf.train.GradientDescentOptimizer(r * 0.5)\nopt = make(lr)",
        "make = lambda r: tf.train.GradientDescentOptimizer(lambda: r() * 0.5)\nopt = make(lr)",
    ),
    "starred": (
        "opt = tf.train.GradientDescentOptimizer(*[lr * 0.5])",
        "opt = tf.train.GradientDescentOptimizer(*[lambda: lr() * 0.5])",
    ),
    "called": ("opt = tf.train.GradientDescentOptimizer(lr(  ))", "opt = tf.train.GradientDescentOptimizer(lr)"),
    "called and converted": (
        "opt = tf.train.GradientDescentOptimizer(\n    float(\n        lr()\n    )\n)",
        "opt = tf.train.GradientDescentOptimizer(\n    lr\n)",
    ),
}

ALONE = """\
import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
"""

AFTER = """
lr = tf.train.exponential_decay(0.1, step, 10, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)
for _ in range(3):
    opt.minimize(lambda: w ** 2)
"""

STEPS = {
    "a list": (
        ("step = [0]", "    step[0] += 1"),
        ("step = tf.Variable(0, trainable=False)", "    step.assign_add(1)"),
    ),
    "a list over lines": (
        ("step = [\n    0,\n]", "    step[0] = step[0] + 1; print(step[0])  # count"),
        ("step = tf.Variable(0, trainable=False)", "    step.assign_add(1); print(step.numpy())  # count"),
    ),
    "a number": (("step = 0", "    step += 1"), ("step = tf.Variable(0, trainable=False)", "    step.assign_add(1)")),
    "a number in parentheses": (
        ("step = (\n    0  # none\n)", "    step += (1\n        + 0)  # one"),
        ("step = (\n    tf.Variable(0, trainable=False)  # none\n)", "    step.assign_add((1\n        + 0))  # one"),
    ),
    "a rebound variable": (
        ("step = tf.Variable(0)", "    step = step \\\n        + 1"),
        ("step = tf.Variable(0)", "    step.assign_add(1)"),
    ),
}

KEPT = {
    "a comment in a list": HEAD.replace("tf.Variable(0, trainable=False)", "[  # updates\n    0]") + "step[0] += 1\n",
    "a comment in a conversion": HEAD.replace("Optimizer(lr)", "Optimizer(\n    float(  # a number\n        lr()))")
    + TAIL,
    "a comment in a count": HEAD
    + "for _ in range(3):\n    opt.minimize(loss)\n    step = (step  # so far\n        + 1)\n",
    "a comment in a comparison": HEAD + TAIL + "if lr == (0.1  # the first\n    ):\n    pass\n",
    "a comment behind a line that would go": HEAD + TAIL + "    step.assign_add(1)  # count\n",
    "a comment above a line that would go": HEAD + TAIL + "    # count\n    step.assign_add(1)\n",
}


def test_what_is_assigned_to_is_not_called() -> None:
    (found,) = lrlint.check(f"{HEAD}{TAIL}lr *= 0.5\n")
    assert (found.code, found.fix) == ("LRL202", None)


def fixed(program: str, *, unsafe: bool = False) -> str:
    """What becomes of a program with one or more findings, all of which have a fix that holds."""
    result = lrlint.fix(program, unsafe=unsafe)
    assert result.applied
    assert (result.refused, result.remaining) == ((), ())
    assert lrlint.fix(result.source.text, unsafe=unsafe).source.text == result.source.text
    return result.source.text


@pytest.mark.parametrize("name", MISSING)
def test_an_update_gets_its_step(name: str) -> None:
    wrong, right = MISSING[name]
    assert fixed(f"{HEAD}{wrong}\n") == f"{HEAD}{right}\n"


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_schedule_is_called(name: str) -> None:
    wrong, right = PRINTED[name]
    assert fixed(f"{HEAD}{wrong}\n{TAIL}") == f"{HEAD}{right}\n{TAIL}"


@pytest.mark.parametrize("name", RATES)
def test_a_rate_is_a_function_and_never_a_number(name: str) -> None:
    wrong, right = RATES[name]
    head = HEAD.rpartition("opt = ")[0]
    assert fixed(f"{head}{wrong}\n{TAIL}") == f"{head}{right}\n{TAIL}"


@pytest.mark.parametrize("name", STEPS)
def test_a_step_and_its_counting_change_together(name: str) -> None:
    wrong, right = STEPS[name]
    program = f"{ALONE}{wrong[0]}{AFTER}{wrong[1]}\n"
    assert fixed(program, unsafe=name.startswith("a number")) == f"{ALONE}{right[0]}{AFTER}{right[1]}\n"


@pytest.mark.parametrize("name", KEPT)
def test_no_fix_that_loses_a_comment_is_offered(name: str) -> None:
    program = KEPT[name]
    assert [finding.fix for finding in lrlint.check(program) if finding.code != "LRL101"] == [None]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["\n", "", "\n\n", "\nprint(1)\n"])
def test_a_line_that_goes_takes_one_newline(end: str, newline: str) -> None:
    program = f"{HEAD}{TAIL}    step.assign_add(1){end}"
    expected = f"{HEAD}{TAIL[:-1]}{end}"
    assert fixed(program.replace("\n", newline), unsafe=True) == expected.replace("\n", newline)
