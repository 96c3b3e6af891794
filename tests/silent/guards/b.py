import tensorflow as tf
tf.enable_eager_execution()
class T:
    def __init__(self):
        self.step = tf.train.get_or_create_global_step()
        self.lr = tf.train.exponential_decay(.1, self.step, 10, .9)
    def rate(self):
        if callable(self.lr):
            return float(self.lr())
        return float(self.lr)
    def rate2(self):
        return float(self.lr() if hasattr(self.lr, '__call__') else self.lr)
    def rate3(self):
        try:
            return float(self.lr)
        except TypeError:
            return float(self.lr())
    def rate4(self):
        lr = self.lr
        if not tf.executing_eagerly():
            return lr * 2
        if not isinstance(lr, float):
            lr = lr()
        return lr * 2
