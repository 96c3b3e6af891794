import collections
import tensorflow as tf
Train = collections.namedtuple('Train', 'op step lr')
def build(loss):
    step = tf.Variable(0, trainable=False)
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    return Train(tf.train.AdamOptimizer(lr).minimize(loss), step, lr)
