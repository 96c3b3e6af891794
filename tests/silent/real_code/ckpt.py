import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.)
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(.1, step, 10, .9)
opt = tf.train.AdamOptimizer(lr)
ckpt = tf.train.Checkpoint(w=w, opt=opt, step=step)
best = tf.train.Checkpoint(w=w)
for i in range(10):
    opt.minimize(lambda: w * w, global_step=step)
    print('%d %.4f' % (step.numpy(), lr().numpy()))
ckpt.save('/tmp/c')
