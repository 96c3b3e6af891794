import tensorflow as tf
x = tf.placeholder(tf.float32)
import tflearn
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tflearn.TrainOp(x, tf.train.AdamOptimizer(lr))
