import tensorflow as tf
def decay(name, lr, step, steps):
    fn = getattr(tf.train, name)
    if name == 'exponential_decay':
        return fn(lr, step, steps, 0.9)
    return fn(lr, step, steps)
decay('exponential_decay', 0.1, tf.train.get_or_create_global_step(), 10)
decay('cosine_decay', 0.1, tf.train.get_or_create_global_step(), 10)
