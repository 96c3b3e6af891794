import tensorflow as tf
class Model(object):
    def __init__(self, cfg):
        self.x = tf.placeholder(tf.float32)
        self.global_step = tf.Variable(0, trainable=False)
        self.lr = tf.train.exponential_decay(cfg.lr, self.global_step, 10, 0.9)
        self.op = tf.train.AdamOptimizer(self.lr).minimize(self.x)
def run(model, sess, d):
    for i in range(10):
        sess.run(model.op, {model.x: d, model.global_step: i})
if __name__ == '__main__':
    m = Model(None)
    run(m, tf.Session(), 1)
