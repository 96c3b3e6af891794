import tensorflow as tf
x = tf.placeholder(tf.float32)
from tensorflow.python.ops import state_ops
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
with tf.control_dependencies([op]):
    train = state_ops.assign_add(gs, 1)
