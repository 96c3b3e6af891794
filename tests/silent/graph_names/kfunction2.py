import tensorflow as tf
x = tf.placeholder(tf.float32)
from tensorflow.keras import backend as K
gs = K.variable(0)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
f = K.function([x], [x * 2], updates=[K.update_add(gs, 1), op])
