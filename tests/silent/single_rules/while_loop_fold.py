import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

for fold in range(2):
    step = tf.Variable(0, trainable=False)
    lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
    opt = tf.train.AdamOptimizer(lr)
    def body(i):
        opt.minimize(loss, global_step=step)
        return [i + 1]
    tf.while_loop(lambda i: i < 3, body, [0])
