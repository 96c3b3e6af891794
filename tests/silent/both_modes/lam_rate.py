import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
warm = lambda: tf.minimum(lr(), 0.01 * tf.cast(step, tf.float32))
opt = tf.train.AdamOptimizer(learning_rate=warm)
def half(): return lr() * 0.5
opt2 = tf.train.AdamOptimizer(half)
for i in range(10):
    opt.minimize(loss, global_step=step)
    opt2.minimize(loss)
