import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
step = tf.train.create_global_step()
lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
op = tf.train.AdamOptimizer(lr).minimize(loss)
with tf.control_dependencies([op]):
    train_op = tf.assign_add(step, 1)
