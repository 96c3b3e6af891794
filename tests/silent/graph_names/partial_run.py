import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
with tf.Session() as sess:
    h = sess.partial_run_setup([op], [x, gs])
    sess.partial_run(h, op, feed_dict={x: 1, gs: 2})
