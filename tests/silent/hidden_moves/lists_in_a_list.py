"""The step stands in a list in a list, both of which were empty."""

import tensorflow as tf

tf.enable_eager_execution()
reg = []
inner = []
reg.append(inner)
st = tf.Variable(0)
inner.append(st)
opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, st, 100, 0.9))

def inc(v, a, b, c):
    v.assign_add(1)

def after(a, b, c, d):
    print(a, b, c, d)
    for l in reg:
        for v in l:
            inc(v, 1, 2, 3)

for i in range(100):
    opt.minimize(lambda: f())
    after(1, 2, 3, 4)
