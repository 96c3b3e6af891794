"""Programs of any length, and with any number of findings."""

from __future__ import annotations

_HEAD = """\
import tensorflow as tf

tf.enable_eager_execution()
step = tf.Variable(0)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.AdamOptimizer(rate)
"""

_FUNCTION = """

def layer_{0}(inputs, units=({0}, 64), name="layer_{0}"):
    with tf.variable_scope(name):
        shape = inputs.get_shape().as_list()
        if len(shape) > 2 and units[0] % 2 == 0:
            inputs = tf.reshape(inputs, [-1, shape[1] * shape[2]])
        weights = {{"first": tf.get_variable("first", [shape[-1], units[0]]), "second": None}}
        outputs = tf.nn.relu(tf.matmul(inputs, weights["first"]) + units[1] * 0.5)
    return outputs
"""
_LINES = _FUNCTION.count("\n")


def long(lines: int) -> str:
    """A program of about so many lines with one finding, at its end."""
    functions = (_FUNCTION.format(index) for index in range((lines - _HEAD.count("\n")) // _LINES))
    return _HEAD + "".join(functions) + "\n\nprint(rate)\n"


def wrong(findings: int) -> str:
    """A program with so many findings, each of which can be fixed."""
    return _HEAD + "".join(f'print("rate {index}:", rate)\n' for index in range(findings))
