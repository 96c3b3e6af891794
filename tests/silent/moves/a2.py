import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
class Opt(tf.train.AdamOptimizer):
    @property
    def learning_rate(self): return self._lr
    @learning_rate.setter
    def learning_rate(self, v): self._lr = v
opt = Opt(0.1)
opt.learning_rate = lr
opt.minimize(loss, step)
