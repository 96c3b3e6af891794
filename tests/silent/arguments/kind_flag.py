import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
def rate(kind):
    if kind == 'const': return 0.1
    if kind == 'exp': return lr
x = rate('const') * 2
opt = tf.train.AdamOptimizer(rate('exp'))
opt.minimize(loss, step)
