import tensorflow as tf
steps = 0
try:
    from local import steps
except ImportError:
    pass
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(0.1, step, steps)
