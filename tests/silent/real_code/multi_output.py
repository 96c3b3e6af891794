import tensorflow as tf
def build():
    step = tf.Variable(0, trainable=False)
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    opt = tf.train.AdamOptimizer(lr)
    loss = tf.placeholder(tf.float32)
    op = opt.minimize(loss)
    return loss, lr, step, op
