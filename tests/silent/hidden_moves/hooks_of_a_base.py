"""The step is moved by a hook that the base class calls with what its state holds."""

import tensorflow as tf

tf.enable_eager_execution()
class Base:
    def __init__(self):
        self.hooks = []
        self.state = {}

    def on(self, f):
        self.hooks.append(f)

    def fire(self, a, b, c, d):
        print(a, b, c, d)
        for h in self.hooks:
            h(*self.state.values())

class T(Base):
    def __init__(self):
        super().__init__()
        self.n = tf.Variable(0)
        self.state["n"] = self.n
        self.opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, self.n, 100, 0.9))
        self.on(count)

    def fit(self, data):
        for d in data:
            self.opt.minimize(lambda: f())
            self.fire(1, 2, 3, 4)

def count(v):
    v.assign_add(1)

T().fit([1])
