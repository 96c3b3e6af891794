# The rate itself is fed: no step needs to move.
import tensorflow as tf

weight = tf.get_variable("weight", initializer=1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
train = tf.train.GradientDescentOptimizer(rate).minimize(weight * 1.0)

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for turn in range(4):
        session.run(train, feed_dict={rate: 0.1 / (turn + 1)})
