import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
def make(s):
    def rate():
        return tf.train.exponential_decay(.1, s, 10, .9)()
    return rate
rate = make(step)
print(rate() * 2)
opt = tf.train.AdamOptimizer(rate)
opt.minimize(loss, step)
