import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
rate = tf.Variable(0.1, trainable=False)
opt = tf.train.AdamOptimizer(rate)
def on_batch_end():
    tf.assign(rate, lr())
for i in range(10):
    opt.minimize(loss, global_step=step)
    on_batch_end()
