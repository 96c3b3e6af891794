import tensorflow as tf
tf.enable_eager_execution()
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
rate = opt._lr() if callable(opt._lr) else opt._lr
print(float(rate))
