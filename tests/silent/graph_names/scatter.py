import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable([0], trainable=False)
lr = tf.train.exponential_decay(.1, gs[0], 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
nxt = tf.scatter_add(gs, [0], [1])
