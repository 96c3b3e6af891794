"""The attribute in which the optimizer keeps its rate is set anew by a helper that is handed the optimizer."""

import tensorflow as tf

tf.enable_eager_execution()
n = tf.Variable(0)
schedule = tf.train.exponential_decay(0.1, n, 100, 0.9)
opt = tf.train.AdamOptimizer(schedule())
PARTS = {}
PARTS.update(o=opt, s=schedule)

def setter(o, s):
    o._lr = s()
    n.assign_add(1)

ACTIONS = list((setter,))

def after(a, b, c, d):
    print(a, b, c, d)
    for act in ACTIONS:
        act(*PARTS.values())

for i in range(100):
    opt.minimize(lambda: f())
    after(1, 2, 3, 4)
