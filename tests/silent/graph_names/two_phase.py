import tensorflow as tf
x = tf.placeholder(tf.float32)
def build(loss, step, train_bn):
    lr = tf.train.exponential_decay(.1, step, 10, .9)
    return tf.train.AdamOptimizer(lr).minimize(loss, global_step=step if train_bn else None)
step = tf.train.get_or_create_global_step()
a = build(x, step, True)
b = build(x, step, False)
