"""The list of what is moved is filled at the end of the first turn."""

import tensorflow as tf

tf.enable_eager_execution()
reg = []
st = tf.Variable(0)

opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, st, 100, 0.9))

def inc(v, a, b, c):
    v.assign_add(1)

def after(a, b, c, d):
    print(a, b, c, d)
    for v in reg:
        inc(v, 1, 2, 3)

for i in range(100):
    opt.minimize(lambda: f())
    after(1, 2, 3, 4)
    if i == 0:
        reg.append(st)
