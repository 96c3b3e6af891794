import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.keras.optimizers.SGD(learning_rate=lambda: lr())
for i in range(9):
    opt.minimize(loss, [w])
    step.assign_add(1)
