import tensorflow as tf
STEPS = 0
for k, v in {'STEPS': 3}.items():
    globals()[k] = v
def f():
    step = tf.train.get_or_create_global_step()
    return tf.train.polynomial_decay(0.1, step, STEPS)
f()
