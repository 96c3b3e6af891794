import tensorflow as tf
x = tf.placeholder(tf.float32)
w = tf.Variable(1.0)
loss = tf.square(w * x)
step = tf.train.get_or_create_global_step()
lr = tf.train.piecewise_constant(step, [10], [.1, .01])
opt = tf.train.MomentumOptimizer(lr, .9)
ops = []
for i in range(2):
    with tf.device('/gpu:%d' % i):
        ops.append(opt.apply_gradients(opt.compute_gradients(loss), global_step=step if i == 0 else None))
train = tf.group(*ops)
