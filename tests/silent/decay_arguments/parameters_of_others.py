import tensorflow as tf


def schedule(step, lr=1e-5, steps=0, rate=2.0, boundaries=(), values=(0.1,)):
    if lr < 1e-4:
        return tf.train.polynomial_decay(lr, step, steps)
    if boundaries:
        return tf.train.piecewise_constant(step, boundaries, values)
    return tf.train.exponential_decay(lr, step, steps, rate)
