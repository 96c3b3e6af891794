import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
def test_rate():
    assert abs(tf.train.exponential_decay(.1, 0, 10, .9)().numpy() - .1) < 1e-6
opt = tf.train.AdamOptimizer(lr)
opt.minimize(loss, step)
