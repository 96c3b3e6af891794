import tensorflow as tf

step = tf.train.get_or_create_global_step()


def constant_decay(learning_rate, global_step, decay_steps=0):
    return learning_rate


DECAYS = {"constant": constant_decay, "cosine": tf.train.cosine_decay, "step": tf.train.exponential_decay}
for name in DECAYS:
    DECAYS[name](0.1, step, 1000)
decay = tf.train.polynomial_decay if input() else constant_decay
decay(0.1, step, decay_steps=1000)
