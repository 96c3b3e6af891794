import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
gs = tf.train.get_or_create_global_step()
l = tf.train.exponential_decay(.1, gs, 10, .9)
opt = tf.train.AdamOptimizer(l)
ck = tf.train.Checkpoint(opt=opt, w=w)
ck.gs = gs
opt.minimize(loss, gs)
