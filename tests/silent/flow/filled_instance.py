import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

import lib
class Trainer:
    def __init__(self):
        self.step = None
        lib.set_up(self)
    def train(self):
        for _ in range(3):
            opt.minimize(loss, global_step=self.step)
Trainer().train()
