import tensorflow as tf
tf.enable_eager_execution()
class DecayTest(tf.test.TestCase):
    def test(self):
        lr = tf.train.exponential_decay(0.1, 5, 10, 0.9)
        self.assertAllClose(lr(), 0.1 * .9 ** .5)
        step = tf.Variable(0)
        lr = tf.train.polynomial_decay(.1, step, 10)
        for i in range(10):
            step.assign(i)
            self.evaluate(lr())
