import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opts = {}
for i in range(9):
    k = i % 2
    if k not in opts:
        opts[k] = tf.train.AdamOptimizer(lr)
    opts[k].minimize(loss, global_step=step)
