"""The step is moved by a closure over a list that another closure fills."""

import tensorflow as tf

tf.enable_eager_execution()
def holder():
    items = []
    def add(x):
        items.append(x)
    def each(f):
        for i in items:
            f(i, 1, 2, 3)
    return add, each

reg, apply_all = holder()
st = tf.Variable(0)
reg(st)
opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, st, 100, 0.9))

def inc(v, a, b, c):
    v.assign_add(1)

def after(a, b, c, d):
    print(a, b, c, d)
    apply_all(inc)

for i in range(100):
    opt.minimize(lambda: f())
    after(1, 2, 3, 4)
