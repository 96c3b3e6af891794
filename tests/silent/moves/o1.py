import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
for run in range(3):
    step2 = tf.Variable(0)
    l2 = tf.train.exponential_decay(.1, step2, 10, .9)
    opt = tf.train.AdamOptimizer(l2)
    while step2.numpy() < 10:
        opt.minimize(loss, global_step=step2)
