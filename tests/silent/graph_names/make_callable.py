import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
with tf.Session() as sess:
    f = sess.make_callable(op, [x, gs])
    for i in range(5): f(1., i)
