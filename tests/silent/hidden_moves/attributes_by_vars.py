"""The step is moved as one of the attributes of an object, by `vars`."""

import tensorflow as tf

tf.enable_eager_execution()
class Ns: pass
reg = Ns()
st = tf.Variable(0)
reg.x = st
opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, st, 100, 0.9))

def inc(v, a, b, c):
    v.assign_add(1)

def after(a, b, c, d):
    print(a, b, c, d)
    for v in vars(reg).values():
        inc(v, 1, 2, 3)

for i in range(100):
    opt.minimize(lambda: f())
    after(1, 2, 3, 4)
