import gin
import tensorflow as tf

step = tf.train.get_or_create_global_step()
decay = gin.external_configurable(tf.train.exponential_decay)
decay(global_step=step)
tf.train.polynomial_decay = gin.external_configurable(tf.train.polynomial_decay)
tf.train.polynominal_decay = tf.train.polynomial_decay
tf.train.polynominal_decay(0.1, step, 10)
tf.train.exponential_decay = gin.external_configurable(tf.train.exponential_decay)
tf.train.exponential_decay(global_step=step)
