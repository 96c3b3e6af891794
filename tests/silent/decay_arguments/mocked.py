import tensorflow as tf
import tensorflow.train as train
import mock
step = tf.train.get_or_create_global_step()
with mock.patch('tensorflow.train.exponential_decay') as m:
    tf.train.exponential_decay(1)
with tf.Session():
    w = tf.train.exponential_decay(tf.constant(1), step, 1, 0.5)
