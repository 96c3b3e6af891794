import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

other = tf.Variable(0, trainable=False)
for _ in range(3):
    for candidate in range(3):
        if candidate == 1:
            current = step
            break
    else:
        current = other
    opt.minimize(loss)
    current.assign_add(1)
