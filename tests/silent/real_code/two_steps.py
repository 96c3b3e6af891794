import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
gstep = tf.train.get_or_create_global_step()
gen = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, gen, 10, 0.9)
op = tf.train.AdamOptimizer(lr).minimize(loss, global_step=gstep)
inc = gen.assign_add(1)
with tf.Session() as sess:
    for epoch in range(5):
        for _ in range(100):
            sess.run(op, {x: 1.})
        sess.run(inc)
