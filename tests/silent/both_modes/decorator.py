import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
import functools
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
def counted(f):
    @functools.wraps(f)
    def inner(*a, **k):
        r = f(*a, **k)
        step.assign_add(1)
        return r
    return inner
@counted
def train():
    opt.minimize(loss)
for i in range(10): train()
