import tensorflow as tf
tf.enable_eager_execution()
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
config = {'lr': lr, 'b': 1.0}
d2 = {**config}
print(d2['b'])
