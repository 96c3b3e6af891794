import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
ks = tf.keras.optimizers.schedules.ExponentialDecay(.1, 10, .9)
opt = tf.train.AdamOptimizer(lambda: ks(step))
opt.minimize(loss, global_step=step)
