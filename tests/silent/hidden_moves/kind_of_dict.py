"""The step stands in an instance of a class that is a dict."""

import tensorflow as tf

tf.enable_eager_execution()
class Registry(dict):
    pass
reg = Registry()
reg["s"] = tf.Variable(0)
opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, reg["s"], 100, 0.9))

def inc(v, a, b, c):
    v.assign_add(1)

def after(a, b, c, d):
    print(a, b, c, d)
    for v in reg.values():
        inc(v, 1, 2, 3)

for i in range(100):
    opt.minimize(lambda: f())
    after(1, 2, 3, 4)
