"""The attribute in which the optimizer keeps its rate is set anew after each update."""

import tensorflow as tf
tf.enable_eager_execution()
n = tf.Variable(0)
schedule = tf.train.exponential_decay(0.1, n, 100, 0.9)
opt = tf.train.AdamOptimizer(schedule())
for i in range(100):
    opt.minimize(lambda: f())
    opt._lr = schedule()
    n.assign_add(1)
