import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
assert lr is not None, 'no schedule: %s' % lr.__class__
config = {'lr': lr, 'opt': opt}
for k in sorted(config): print(k)
for i in range(10):
    opt.minimize(loss, global_step=step)
