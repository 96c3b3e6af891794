import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

import base
class Trainer(base.Trainer):
    step = None
    def __init__(self):
        super().__init__()
        self.lr = tf.train.exponential_decay(0.1, tf.train.get_or_create_global_step(), 1, 0.5)
        self.opt = tf.train.GradientDescentOptimizer(self.lr)
    def train(self):
        for _ in range(3):
            self.opt.minimize(loss, global_step=self.step)
Trainer().train()
