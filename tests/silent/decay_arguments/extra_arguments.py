import tensorflow as tf
def decay(kind, lr, step, steps):
    if kind == 'exp':
        fn = tf.train.exponential_decay
        extra = [0.9]
    else:
        fn = tf.train.cosine_decay
        extra = []
    return fn(lr, step, steps, *extra)
import sys
decay(sys.argv[1], 0.1, tf.train.get_or_create_global_step(), 10)
