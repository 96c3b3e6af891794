# One of the functions runs in each turn, and each of them moves the step.
import tensorflow.compat.v1 as tf

tf.enable_eager_execution()

weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
critic, actor = tf.train.AdamOptimizer(rate), tf.train.AdamOptimizer(rate)


def criticize():
    critic.minimize(lambda: weight * 1.0, global_step=step)


def act():
    actor.minimize(lambda: weight * 1.0, global_step=step)


for turn in range(4):
    {0: criticize, 1: act}[turn % 2]()
