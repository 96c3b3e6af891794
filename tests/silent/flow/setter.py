import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

class Trainer:
    def __init__(self):
        self._step = step
    @property
    def count(self):
        return self._step.numpy()
    @count.setter
    def count(self, value):
        self._step.assign(value)
trainer = Trainer()
for _ in range(3):
    opt.minimize(loss)
    trainer.count = trainer.count + 1
