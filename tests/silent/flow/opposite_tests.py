# Each of two tests that are never true together guards a use, a move or an update.
import sys

import tensorflow.compat.v1 as tf

tf.enable_eager_execution()

weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
kind, turns = len(sys.argv), 4
rate = 0.1
if kind == 1:
    rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
first, second = tf.train.AdamOptimizer(rate), tf.train.AdamOptimizer(rate)
for turn in range(turns):
    if kind != 1:
        print("%.3f" % rate)
    kind == 1 or print("%.3f" % rate)
    kind == 1 and print("%.3f" % rate())
    if turn < 2:
        first.minimize(lambda: weight * 1.0, global_step=step)
    if turn >= 2:
        second.minimize(lambda: weight * 1.0)
        step.assign_add(1)
