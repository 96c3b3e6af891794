import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
opt = tf.train.AdamOptimizer(lr)
g_op = opt.minimize(loss, var_list=[w])
d_op = opt.minimize(loss, global_step=step)
