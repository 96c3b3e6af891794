import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
d_step = tf.Variable(0, trainable=False)
g_step = tf.Variable(0, trainable=False)
d_lr = tf.train.exponential_decay(0.1, d_step, 10, 0.9)
g_lr = tf.train.exponential_decay(0.1, g_step, 10, 0.9)
d_op = tf.train.AdamOptimizer(d_lr).minimize(loss, d_step)
g_op = tf.train.AdamOptimizer(g_lr).minimize(loss, g_step)
with tf.Session() as sess:
    for i in range(10):
        sess.run(d_op, {x: 1.})
        sess.run(g_op, {x: 1.})
