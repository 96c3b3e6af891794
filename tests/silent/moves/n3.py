import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
class Opt:
    def __init__(self): self.n = 0
    def update(self):
        r = tf.train.exponential_decay(.1, self.n, 10, .9)
        tf.train.GradientDescentOptimizer(r).minimize(loss)
        self.n += 1
o = Opt()
for i in range(3): o.update()
