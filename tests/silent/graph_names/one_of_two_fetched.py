# One of two optimizers is built, and its update fetched beside the rate.
import tensorflow as tf


class Trainer:
    def __init__(self, kind="momentum"):
        self.kind = kind
        self.weight = tf.Variable(1.0)

    def build(self, step):
        if self.kind == "momentum":
            self.rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
            update = tf.train.MomentumOptimizer(self.rate, 0.9).minimize(self.weight, global_step=step)
        elif self.kind == "adam":
            self.rate = tf.Variable(0.01)
            update = tf.train.AdamOptimizer(self.rate).minimize(self.weight, global_step=step)
        return update

    def train(self, updates=3):
        update = self.build(tf.Variable(0, trainable=False))
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            for _ in range(updates):
                _, rate = session.run((update, self.rate))
                print(rate)


Trainer().train()
