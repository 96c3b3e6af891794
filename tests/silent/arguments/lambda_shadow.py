import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
show = lambda lr: print(lr * 2)
show(lr())
opt.minimize(loss, step)
