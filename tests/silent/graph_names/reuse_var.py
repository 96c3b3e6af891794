import tensorflow as tf
x = tf.placeholder(tf.float32)
def step():
    with tf.variable_scope('s', reuse=tf.AUTO_REUSE):
        return tf.get_variable('step', [], initializer=tf.zeros_initializer(), trainable=False)
lr = tf.train.exponential_decay(.1, step(), 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x, global_step=step())
