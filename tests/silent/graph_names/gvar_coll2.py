import tensorflow as tf
x = tf.placeholder(tf.float32)
gs = tf.Variable(0, trainable=False)
tf.add_to_collection(tf.GraphKeys.GLOBAL_STEP, gs)
lr = tf.train.exponential_decay(.1, tf.train.get_or_create_global_step(), 10, .9)
op = tf.train.AdamOptimizer(lr).minimize(x, global_step=gs)
