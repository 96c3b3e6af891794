import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
import numpy as np
n = np.array(0)
l = tf.train.exponential_decay(.1, n, 10, .9)
opt = tf.train.AdamOptimizer(l)
for i in range(3):
    opt.minimize(loss)
    n += 1
