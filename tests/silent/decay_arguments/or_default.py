import tensorflow as tf
def make(steps, step):
    return tf.train.exponential_decay(0.1, step, steps or 1000, 0.9)
make(0, tf.train.get_or_create_global_step())
