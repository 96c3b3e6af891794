import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
def f():
    global lr
    lr = 0.1
f()
print(lr * 2)
opt.minimize(loss, step)
