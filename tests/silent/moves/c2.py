import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
class T(tf.train.Checkpoint if False else object):
    pass
opt = tf.train.AdamOptimizer(lr)
things = dict(opt=opt)
things['step'] = step
ck = tf.train.Checkpoint(**things)
opt.minimize(loss, step)
