# What TensorFlow has, one after the other: the first optimizer has trained before the schedule is made.
import tensorflow as tf

weight = tf.Variable(1.0)
optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.1)
train = optimizer.minimize(weight)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    session.run(train)

optimizer = tf.train.MomentumOptimizer(learning_rate=0.1, momentum=0.5)

optimizer = tf.train.AdamOptimizer()

step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.2, step, decay_steps=1000, decay_rate=0.95, staircase=True)
