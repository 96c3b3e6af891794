import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
op = tf.train.AdamOptimizer(lr).minimize(loss)
with tf.Session() as sess:
    for epoch in range(10):
        sess.run(op, {x: 1.0})
        step.load(epoch, sess)
