# What stands where the flag is not set is graph code, where it works.
import sys

import tensorflow.compat.v1 as tf

eager = len(sys.argv) > 1
if eager:
    tf.enable_eager_execution()
step = tf.train.get_or_create_global_step()
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
if eager:
    print(rate())
else:
    tf.summary.scalar("rate", rate)


def half():
    made = tf.train.exponential_decay(0.1, step, 10, 0.5)
    return tf.train.FtrlOptimizer(made), made * 0.5


if not eager:
    optimizer, halved = half()
    print(optimizer, halved)
