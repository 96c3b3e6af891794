import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
def train_batch(batch, double):
    opt = tf.train.GradientDescentOptimizer(lr())
    if double:
        opt.minimize(lambda: 2.0 * loss(), global_step=step)
    else:
        opt.minimize(loss, global_step=step)
