import tensorflow as tf
class Model(object):
    def __init__(self, cfg):
        self.x = tf.placeholder(tf.float32)
        self.global_step = tf.Variable(0, trainable=False)
        self.lr = tf.train.exponential_decay(cfg.lr, self.global_step, 10, 0.9)
        self.op = tf.train.AdamOptimizer(self.lr).minimize(self.x)
    def fit(self, sess, data):
        for epoch in range(10):
            for d in data:
                feed = {self.x: d}
                feed[self.global_step] = epoch
                sess.run(self.op, feed)
