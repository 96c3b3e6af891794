import tensorflow as tf

step = tf.placeholder(tf.int64, [])
rate = tf.placeholder_with_default(1e-5, [])
steps = tf.constant(0) + tf.placeholder(tf.int32, [])
tf.train.polynomial_decay(rate, step, steps)
tf.train.exponential_decay(tf.constant(1.0), step, tf.cast(steps, tf.float32), rate)
tf.train.piecewise_constant(step, [tf.constant(1, tf.int64), steps], [rate, 0.1, 0.01])
