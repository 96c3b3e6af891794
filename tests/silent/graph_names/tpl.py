import tensorflow as tf
x = tf.placeholder(tf.float32)
import collections
gs = tf.Variable(0, trainable=False)
nodes = collections.OrderedDict(); nodes['step'] = gs
lr = tf.train.exponential_decay(.1, nodes['step'], 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
inc = tf.assign(nodes['step'], nodes['step'] + 1)
