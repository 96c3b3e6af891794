import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
def rate(s, call):
    return s() if call else s
print(rate(lr, True) * 2)
opt = tf.train.AdamOptimizer(rate(lr, False))
opt.minimize(loss, step)
