import tensorflow as tf
w = tf.Variable(1.0)
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
value = lr if isinstance(lr, tf.Tensor) else lr()
train = tf.train.GradientDescentOptimizer(lr).minimize(w * w, global_step=step)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for _ in range(3):
        session.run(train)
