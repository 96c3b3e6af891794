import tensorflow as tf

tf.enable_eager_execution()
w = tf.Variable(0.0)
step = tf.Variable(0)
opt = tf.train.GradientDescentOptimizer(tf.train.exponential_decay(0.1, step, 10, 0.9))
for _ in range(3):
    opt.minimize(lambda: w * 1.0)
    for variable in tf.trainable_variables():
        if variable.dtype == tf.int32:
            variable.assign_add(1)
