import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
import functools
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
update = functools.partial(opt.minimize, global_step=step)
for i in range(10):
    update(loss)
