import pytest
import tensorflow as tf


class DecayTest(tf.test.TestCase):
    def test_lengths(self):
        step = tf.train.get_or_create_global_step()
        with self.assertRaises(ValueError):
            tf.train.piecewise_constant(step, [1, 2], [0.1, 0.01])
        with self.assertRaisesRegexp(TypeError, "missing"):
            tf.train.exponential_decay(0.1, step, 10)
        with pytest.raises(AttributeError):
            tf.train.polynominal_decay(0.1, step, 10)


def test_arguments():
    try:
        tf.train.exponential_decay(0.1, 1000, 0.96)
    except TypeError as error:
        print(error)
