import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
class H:
    def __init__(self): self.values = {}
    def add(self, **kw): self.values.update(kw)
h = H(); h.add(lr=lr(), n=1)
print(h.values['lr'] * 2)
h2 = H(); h2.add(lr=lr)
print(h2.values['lr']() * 2)
