import tensorflow as tf
import config
config.STEPS = 0
config.load()
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(0.1, step, config.STEPS)
