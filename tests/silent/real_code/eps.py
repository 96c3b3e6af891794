import tensorflow as tf
tf.enable_eager_execution()
step = tf.train.get_or_create_global_step()
eps = tf.train.polynomial_decay(1.0, step, 1000, 0.1)
opt = tf.train.AdamOptimizer(1e-3)
w = tf.Variable(1.0)
for i in range(100):
    if eps() > 0.5: pass
    opt.minimize(lambda: w * w)
    step.assign_add(1)
    print('eps %.3f' % eps())
