import tensorflow as tf
def get_lr(cfg, step):
    if cfg.decay == 'exp':
        return tf.train.exponential_decay(cfg.lr, step, 10, .9)
    elif cfg.decay == 'poly':
        return tf.train.polynomial_decay(cfg.lr, step, 10)
    return cfg.lr
def train(cfg, loss):
    step = tf.train.get_or_create_global_step()
    lr = get_lr(cfg, step)
    backup = tf.train.AdamOptimizer(1e-3)
    opt = {'adam': tf.train.AdamOptimizer, 'sgd': tf.train.GradientDescentOptimizer}[cfg.opt](lr)
    return opt.minimize(loss, global_step=step), backup.minimize(loss)
