import tensorflow as tf

tf.enable_eager_execution()

w = tf.Variable(0.0)
step = tf.Variable(0, trainable=False)
a = b = c = d = e = f = g = None
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)
for _ in range(9):
    if a is not None:
        a.assign_add(1)
    a = b
    b = c
    c = d
    d = e
    e = f
    f = g
    g = step
    opt.minimize(lambda: w * 1.0)
