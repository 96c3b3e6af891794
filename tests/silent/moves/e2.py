import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
lrs = [lr, 0.1]
for l in lrs:
    o = tf.train.AdamOptimizer(l)
    for i in range(3): o.minimize(loss, global_step=step)
print(lrs[1] * 2)
