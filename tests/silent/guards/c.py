import tensorflow as tf
tf.enable_eager_execution()
def build(cfg):
    step = tf.train.get_or_create_global_step()
    lr = None
    if cfg.decay:
        lr = tf.train.exponential_decay(.1, step, 10, .9)
    if lr is None:
        lr = cfg.lr
    return tf.train.AdamOptimizer(lr)
def train(cfg):
    opt = build(cfg)
    rate = opt._lr() if callable(opt._lr) else opt._lr
    print(float(rate))
