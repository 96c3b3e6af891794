import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

current = None
try:
    n = 0
    while True:
        current = step
        opt.minimize(loss)
        n += 1
        if n == 3:
            raise StopIteration
        current.read_value()
except StopIteration:
    current.assign_add(1)
opt.minimize(loss)
