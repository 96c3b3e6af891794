import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
class Steps:
    def __init__(self): self.n = tf.Variable(0)
    def __enter__(self): return self.n
    def __exit__(self, *a): self.n.assign_add(1)
steps = Steps()
lr = tf.train.exponential_decay(.1, steps.n, 10, .9)
opt = tf.train.AdamOptimizer(lr)
for i in range(10):
    with steps:
        opt.minimize(loss)
