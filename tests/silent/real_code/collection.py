import tensorflow as tf
def build(loss):
    step = tf.get_variable('global_step', [], initializer=tf.constant_initializer(0), trainable=False)
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    train_op = tf.train.GradientDescentOptimizer(lr).minimize(loss)
    tf.add_to_collection('step', step)
    return train_op
