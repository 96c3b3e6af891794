import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lambda: tf.maximum(tf.train.exponential_decay(.1, step - 5, 10, .9)(), 1e-4))
for i in range(3): opt.minimize(loss, global_step=step)
