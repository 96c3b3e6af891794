import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

step = tf.train.get_or_create_global_step()
generator_rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
discriminator_optimizer = tf.train.AdamOptimizer(1e-4)
