import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
lrs = [tf.train.exponential_decay(x, step, 10, .9) for x in (.1, .2)]
opts = [tf.train.AdamOptimizer(l) for l in lrs]
for o in opts: o.minimize(loss, global_step=step if o is opts[0] else None)
print([l() for l in lrs], [float(l()) for l in lrs])
