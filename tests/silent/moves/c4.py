import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
class Trainer(tf.keras.Model):
    def __init__(self):
        super(Trainer, self).__init__()
        self.step = tf.Variable(0)
        self.opt = tf.train.AdamOptimizer(tf.train.exponential_decay(.1, self.step, 10, .9))
    def go(self): self.opt.minimize(loss, global_step=self.step)
t = Trainer()
ck = tf.train.Checkpoint(model=t, opt=t.opt)
for i in range(3): t.go()
