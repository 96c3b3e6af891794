import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
opt = tf.train.AdamOptimizer(lr)
def body(i):
    with tf.control_dependencies([opt.minimize(x), gs.assign_add(1)]):
        return i + 1
r = tf.while_loop(lambda i: i < 10, body, [0])
