import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
nxt = gs.count_up_to(100)
