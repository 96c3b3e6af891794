import tensorflow as tf
x = tf.placeholder(tf.float32)
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(.1, step, 10, .9)
ops = [tf.train.AdamOptimizer(lr).minimize(x, global_step=s) for s in (step, None)]
