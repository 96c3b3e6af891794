import tensorflow as tf
x = tf.placeholder(tf.float32)
def lr_at(epoch):
    return tf.train.piecewise_constant(epoch, [10, 20], [.1, .01, .001])
lr_ph = tf.placeholder(tf.float32)
op = tf.train.AdamOptimizer(lr_ph).minimize(x)
with tf.Session() as sess:
    for epoch in range(10):
        sess.run(op, {x: 1., lr_ph: sess.run(lr_at(epoch))})
