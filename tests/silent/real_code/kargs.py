import tensorflow as tf
def build(loss, **kwargs):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    return tf.train.AdamOptimizer(lr).minimize(loss, **kwargs)
