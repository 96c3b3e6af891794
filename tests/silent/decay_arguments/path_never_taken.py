import tensorflow as tf

USE_DECAY = False
DECAY_STEPS = 0

step = tf.train.get_or_create_global_step()
rate = 0.1
if USE_DECAY:
    rate = tf.train.exponential_decay(rate, step, DECAY_STEPS, 0.96)
tf.train.AdamOptimizer(rate).minimize(loss=None, global_step=step)
