import tensorflow as tf
def train(lr=0.1, boundaries=[10, 5], values=[0.1, 0.2]):
    step = tf.train.get_or_create_global_step()
    return tf.train.piecewise_constant(step, boundaries, values)
