import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
d_op = tf.train.AdamOptimizer(lr).minimize(loss, step)
g_op = tf.train.AdamOptimizer(lr).minimize(loss, step)
with tf.Session() as sess:
    for i in range(10):
        if i % 2:
            sess.run(d_op, {x: 1.})
        else:
            sess.run(g_op, {x: 1.})
