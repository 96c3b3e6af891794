# Two updates share a step, and each session call runs one of them.
import sys

import tensorflow as tf

weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
updates = {
    "momentum": tf.train.MomentumOptimizer(rate, 0.9).minimize(weight, global_step=step),
    "adam": tf.train.AdamOptimizer(rate).minimize(weight, global_step=step),
}
chosen = updates[sys.argv[1] if len(sys.argv) > 1 else "adam"]
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for _ in range(3):
        _, now = session.run([chosen, rate])
        print(now)
