import tensorflow as tf
class Config(object):
    STEPS = 0
config = Config()
for k, v in {'STEPS': 3}.items():
    setattr(config, k, v)
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(0.1, step, config.STEPS)
