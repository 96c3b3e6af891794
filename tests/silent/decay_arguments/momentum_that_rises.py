import tensorflow as tf

tf.enable_eager_execution()
step = tf.train.get_or_create_global_step()
weight = tf.Variable(0.0)

momentum = tf.train.polynomial_decay(0.85, step, 500, 0.95)
optimizer = tf.train.MomentumOptimizer(0.1, momentum)
sampling = tf.train.polynomial_decay(0.1, step, 500, 0.9)
for _ in range(500):
    optimizer.minimize(lambda: sampling() * weight, global_step=step)
