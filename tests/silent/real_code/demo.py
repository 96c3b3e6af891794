import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
global_step = tf.Variable(0, name='global_step', trainable=False)
y = []
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for global_step in range(200):
        lr1 = tf.train.inverse_time_decay(0.1, global_step, 20, 0.2, staircase=True)
        y.append(sess.run([lr1]))
