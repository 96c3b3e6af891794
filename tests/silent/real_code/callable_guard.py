import tensorflow as tf
def f(loss):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    tf.summary.scalar('lr', lr() if callable(lr) else lr)
    if tf.executing_eagerly():
        print(lr())
    else:
        lr = tf.maximum(lr, 1e-5)
    return tf.train.AdamOptimizer(lr).minimize(loss, step)
