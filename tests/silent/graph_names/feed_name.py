import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, name='gs', trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
with tf.Session() as sess:
    for i in range(5):
        sess.run(op, {x: 1., gs.name: i})
