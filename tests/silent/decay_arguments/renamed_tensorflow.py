try:
    import tensorflow.compat.v1 as tf
except ImportError:
    import tensorflow as tf

tf.random.set_seed(1)
tf.train.exponential_decay(0.1, tf.Variable(0), 1000, 0.96)
