import tensorflow as tf
tf.enable_eager_execution()
def build(cfg):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(.1, step, 10, .9) if cfg.decay else cfg.lr
    return lr
def train(cfg):
    lr = build(cfg)
    rate = lr() if callable(lr) else lr
    print(float(rate))
def train2(cfg):
    opt = tf.train.AdamOptimizer(build(cfg))
    rate = opt._lr
    if callable(rate):
        rate = rate()
    print(float(rate))
