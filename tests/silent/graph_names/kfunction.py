import tensorflow as tf
x = tf.placeholder(tf.float32)
from tensorflow.keras import backend as K
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
f = K.function([x], [x * 2], updates=[(gs, gs + 1), op])
