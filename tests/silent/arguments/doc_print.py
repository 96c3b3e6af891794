import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
print(lr.__doc__, lr.func.__name__)
print(callable(lr), lr is None, type(lr), id(lr), isinstance(lr, float))
