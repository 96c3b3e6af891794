import tensorflow as tf
class Trainer:
    def setup(self, model):
        model.step = tf.Variable(0, trainable=False)
        lr = tf.train.exponential_decay(0.1, model.step, 10, 0.9)
        self.op = tf.train.AdamOptimizer(lr).minimize(model.loss)
