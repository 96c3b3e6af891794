import tensorflow.compat.v1 as tf

tf.disable_eager_execution()

gs = tf.constant(0, name="gs")
rate = tf.train.exponential_decay(0.1, gs, 1, 0.5)
w = tf.Variable(1.0)
train = tf.train.GradientDescentOptimizer(rate).minimize(w * 1.0)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for i in range(5):
        session.run(train, feed_dict={"gs:0": i})
