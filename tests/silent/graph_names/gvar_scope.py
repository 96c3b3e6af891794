import tensorflow as tf
x = tf.placeholder(tf.float32)
with tf.variable_scope('train'):
    gs = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(.1, tf.train.get_global_step(tf.get_default_graph()), 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x, global_step=gs)
