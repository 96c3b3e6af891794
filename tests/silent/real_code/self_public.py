import tensorflow as tf
class Net:
    """Another file does sess.run(net.op, {net.step: epoch}) or net.step.assign(...)."""
    def __init__(self, loss):
        self.step = tf.Variable(0, trainable=False)
        self.lr = tf.train.exponential_decay(0.1, self.step, 10, 0.9)
        self.op = tf.train.AdamOptimizer(self.lr).minimize(loss)
