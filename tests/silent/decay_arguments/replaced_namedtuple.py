import tensorflow as tf
from collections import namedtuple
HP = namedtuple('HP', 'lr steps')
hp = HP(1e-5, 0)
hp = hp._replace(lr=0.1, steps=10)
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(hp.lr, step, hp.steps)
