import tensorflow as tf
from mylib import Trainer
def f(loss):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(.1, step, 10, .9)
    def get():
        return tf.train.AdamOptimizer(lr)
    warm = get().minimize(loss)
    Trainer(optimizer=get).fit()
    return warm
