import tensorflow as tf
STEPS = 0
exec(open('configurator.py').read())
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(0.1, step, STEPS)
globals().update({'STEPS': 3})
