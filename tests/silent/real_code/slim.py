import tensorflow as tf
slim = tf.contrib.slim
def f(loss):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    opt = tf.train.AdamOptimizer(lr)
    op = slim.learning.create_train_op(loss, opt)
    slim.learning.train(op, '/tmp')
