import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
class Wrapped:
    def __init__(self, opt, step): self.opt = opt; self.step = step
    def __getattr__(self, name): return getattr(self.opt, name)
    def minimize(self, loss): 
        self.opt.minimize(loss)
        self.step.assign_add(1)
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = Wrapped(tf.train.AdamOptimizer(lr), step)
for i in range(10):
    opt.minimize(loss)
