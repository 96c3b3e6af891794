import sys
import tensorflow as tf
w = tf.Variable(1.0)
step = tf.train.get_or_create_global_step()
if len(sys.argv) > 5:
    print("many")
note = tf.executing_eagerly() and "eager"
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
half = lr * 0.5
train = tf.train.GradientDescentOptimizer(half).minimize(w * w, global_step=step)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    session.run(train)
