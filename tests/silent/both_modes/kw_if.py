import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
import sys
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
kw = {}
if len(sys.argv) > 1:
    kw['global_step'] = step
else:
    kw = {'global_step': step, 'name': 'x'}
for i in range(10):
    opt.minimize(loss, **kw)
