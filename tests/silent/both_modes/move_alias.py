import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
counter = step
lr = tf.train.exponential_decay(.1, counter, 10, .9)
opt = tf.train.AdamOptimizer(lr)
for i in range(10):
    opt.minimize(loss)
    tf.compat.v1.assign_add(step, 1)
