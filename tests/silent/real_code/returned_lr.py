import tensorflow as tf
def decay(hp):
    return tf.train.exponential_decay(hp.lr, tf.train.get_global_step(), 100, .9)
def opt(hp):
    return tf.train.AdamOptimizer(hp.lr)
