import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
lr = None
opt = tf.keras.optimizers.SGD(0.1)
lr = tf.compat.v1.train.exponential_decay(.1, opt.iterations, 10, .9)
opt.lr = lr
for i in range(10):
    opt.minimize(loss, [w])
