import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
a = tf.train.AdamOptimizer(lr); b = tf.train.AdamOptimizer(lr)
for i in range(3):
    a.minimize(loss, global_step=step)
    b.minimize(loss)
