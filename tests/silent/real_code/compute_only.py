import tensorflow as tf
def f(loss):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    opt = tf.train.AdamOptimizer(lr)
    grads = opt.compute_gradients(loss)
    pre = opt.apply_gradients(grads[:1])
    main = opt.apply_gradients(grads[1:], global_step=step)
    return tf.group(pre, main)
