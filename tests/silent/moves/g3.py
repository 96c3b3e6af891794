import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
from mylib import setup
setup()
l = tf.train.exponential_decay(.1, tf.train.get_global_step(), 10, .9)
opt = tf.train.AdamOptimizer(l)
opt.minimize(loss, tf.train.get_global_step())
