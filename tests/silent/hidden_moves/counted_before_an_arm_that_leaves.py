"""The step counts all batches that are met, the updates those that are taken; which of both is meant nobody can tell."""

import tensorflow.compat.v1 as tf

tf.enable_eager_execution()

step = tf.Variable(0, trainable=False)
weight = tf.Variable(1.0)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)

for batch in range(6):
    step.assign_add(1)
    if batch % 3 == 2:
        optimizer.minimize(lambda: weight * 1.0, global_step=step)
    else:
        continue
