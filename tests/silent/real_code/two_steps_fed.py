import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
gstep = tf.train.get_or_create_global_step()
epoch_ph = tf.placeholder(tf.int32)
lr = tf.train.exponential_decay(0.1, epoch_ph, 10, 0.9)
op = tf.train.AdamOptimizer(lr).minimize(loss, global_step=gstep)
with tf.Session() as sess:
    for epoch in range(5):
        sess.run(op, {x: 1., epoch_ph: epoch})
