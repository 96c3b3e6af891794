import tensorflow as tf

if hasattr(tf.train, "cosine_decay"):
    decay = tf.train.cosine_decay
else:
    tf.random.set_seed(1)
    decay = tf.compat.v1.train.cosine_decay


def for_tensorflow_1(step):
    return tf.train.exponential_decay(0.1, step, 1000, 0.96)


def for_tensorflow_2(step):
    tf.random.set_seed(1)
    return tf.compat.v1.train.exponential_decay(0.1, step, 1000, 0.96)
