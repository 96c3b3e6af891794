import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

def settings():
    step = tf.train.get_or_create_global_step()
    rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
    other = tf.train.AdamOptimizer(1e-4)
    return locals()
