import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
def rate(sched=None):
    if sched is None:
        return 0.1
    return sched()
print(rate() * 2, rate(lr) * 2)
