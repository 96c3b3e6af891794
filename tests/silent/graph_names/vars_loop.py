import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(.1, gs, 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x)
incs = [tf.assign_add(v, 1) for v in tf.global_variables() if 'Variable' in v.name]
