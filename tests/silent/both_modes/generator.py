import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
def steps(n):
    for i in range(n):
        yield i
        step.assign_add(1)
for i in steps(10):
    opt.minimize(loss)
