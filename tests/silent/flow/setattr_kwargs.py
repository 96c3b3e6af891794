import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

class Trainer:
    step = None
    def __init__(self, **settings):
        for name, value in settings.items():
            setattr(self, name, value)
    def train(self):
        for _ in range(3):
            opt.minimize(loss, global_step=self.step)
Trainer(step=step).train()
