import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.get_variable('global_step', [], dtype=tf.int64, initializer=tf.zeros_initializer(), trainable=False, collections=[tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.GLOBAL_STEP])
lr = tf.train.exponential_decay(.1, tf.train.get_global_step(), 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x, global_step=gs)
