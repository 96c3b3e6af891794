import tensorflow as tf
for fold in range(5):
    tf.reset_default_graph()
    x = tf.placeholder(tf.float32)
    step = tf.Variable(0, trainable=False)
    lr = tf.train.exponential_decay(.1, step, 10, .9)
    op = tf.train.AdamOptimizer(lr).minimize(x, step)
    with tf.Session() as sess:
        for i in range(10):
            sess.run(op, {x: 1.})
