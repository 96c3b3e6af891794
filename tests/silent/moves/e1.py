import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
if lr is not None and str(step.numpy()) == 'x': pass
opt = tf.train.AdamOptimizer(lr)
opt.minimize(loss, step)
assert lr == lr
cache = {lr: 1}
