import tensorflow as tf


class Config:
    """Every experiment derives from this."""

    lr = 1e-5
    steps = 0
    rate = -1.0

    def schedule(self, step):
        return tf.train.polynomial_decay(self.lr, step, self.steps)

    def other(self, step):
        return tf.train.exponential_decay(self.lr * 2, step, self.steps + 0, self.rate)
