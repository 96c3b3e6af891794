import tensorflow as tf
x = tf.placeholder(tf.float32)
def opt(loss):
    lr = tf.train.exponential_decay(.1, tf.train.get_global_step(), 10, .9)
    return tf.train.AdamOptimizer(lr).minimize(loss)
def inc():
    return tf.assign_add(tf.train.get_global_step(), 1)
with tf.control_dependencies([opt(x)]):
    train = inc()
