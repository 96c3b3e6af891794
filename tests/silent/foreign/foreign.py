import tensorflow as tf
from mylib import pretrain
def f(loss):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(.1, step, 10, .9)
    opt = tf.train.AdamOptimizer(lr)
    pretrain(opt, loss)          # may well do opt.minimize(loss, tf.train.get_global_step())
    return opt.minimize(loss)
