# `optimize_loss` calls the function with the rate and the step, and trains with what that gives.
import tensorflow as tf

weight = tf.get_variable("weight", initializer=1.0)
step = tf.train.get_or_create_global_step()
train = tf.contrib.layers.optimize_loss(
    weight * 1.0,
    step,
    learning_rate=0.1,
    optimizer="SGD",
    learning_rate_decay_fn=lambda rate, counter: tf.train.exponential_decay(rate, counter, 1, 0.5),
)

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for _ in range(4):
        session.run(train)
