import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

count = 0
def train_batch(batch, double):
    global count
    lr = tf.train.exponential_decay(0.1, count, 1, 0.5)
    opt = tf.train.GradientDescentOptimizer(lr)
    if double:
        opt.minimize(lambda: 2.0 * loss())
    else:
        opt.minimize(loss)
    count += 1
