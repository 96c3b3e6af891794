import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
get = lr
for i in range(10):
    opt.minimize(loss, global_step=step)
    print(f'{get():.4f}', '%.4f' % lr(), '{:.4f}'.format(lr().numpy()), str(lr()), repr(lr.func))
    print(lr.__class__, lr.args, lr.keywords)
