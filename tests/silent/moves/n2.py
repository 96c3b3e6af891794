import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
for s in range(100):
    r = tf.train.polynomial_decay(.1, s, 100)()
    print(float(r))
