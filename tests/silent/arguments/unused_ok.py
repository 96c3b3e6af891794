import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
def make(): return lr
__all__ = ['make', 'lr']
opt = tf.train.AdamOptimizer(1e-3)
opt.minimize(loss)
