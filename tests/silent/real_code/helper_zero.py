import tensorflow as tf
class DecayTest(tf.test.TestCase):
    def test(self):
        lr = tf.train.exponential_decay(0.1, 5, 10, 0.9)
        lr3 = tf.train.piecewise_constant(3, [2], [1., .1])
        with self.test_session() as sess:
            self.assertAllClose(sess.run(lr), 0.1 * .9 ** .5)
            self.assertAllClose(lr3.eval(), .1)
