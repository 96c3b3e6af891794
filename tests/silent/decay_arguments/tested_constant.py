import tensorflow as tf

DECAY_STEPS = 0
END = 1e-4


def learning_rate(step):
    if DECAY_STEPS <= 0:
        return 0.1
    return tf.train.polynomial_decay(0.1, step, DECAY_STEPS, END)


learning_rate(tf.train.get_or_create_global_step())
