import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
ks = tf.keras.optimizers.schedules.ExponentialDecay(.1, 10, .9)
opt = tf.keras.optimizers.SGD(ks)
model = tf.keras.Sequential()
model.compile(optimizer=opt)
opt2 = tf.train.AdamOptimizer(lr)
opt2.minimize(loss, global_step=step)
