import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.)
def fold(k):
    step = tf.Variable(0)
    lr = tf.train.exponential_decay(.1, step, 10, .9)
    opt = tf.train.AdamOptimizer(lr)
    for i in range(10):
        opt.minimize(lambda: w * w, global_step=step)
for k in range(5):
    fold(k)
