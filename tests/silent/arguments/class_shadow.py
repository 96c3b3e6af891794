import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
class C:
    lr = 0.5
    def f(self): return self.lr * 2
opt = tf.train.AdamOptimizer(lr)
print(C().f())
opt.minimize(loss, step)
