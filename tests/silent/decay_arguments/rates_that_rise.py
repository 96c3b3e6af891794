import tensorflow as tf

tf.enable_eager_execution()
step = tf.train.get_or_create_global_step()

warm_up = tf.train.polynomial_decay(0.0, step, 500, end_learning_rate=0.1)
also = tf.train.polynomial_decay(1e-5, step, 500, 0.1, power=2.0)
large_batch = tf.train.polynomial_decay(0.1, step, 500, 0.8)
search = tf.train.exponential_decay(1e-7, step, 100, 1.1)
flat = tf.train.polynomial_decay(1e-4, step, 500)
kl_weight = tf.train.natural_exp_decay(0.1, step, 100, -0.5)
temperature = tf.train.exponential_decay(1.0, step, 100, 1.05)
optimizer = tf.train.AdamOptimizer(lambda: tf.minimum(temperature(), 2.0))
optimizer.minimize(lambda: 1.0, global_step=step)
