import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

previous = None
for batch in tf.data.Dataset.range(3):
    if previous is not None:
        step.assign_add(1)
    opt.minimize(loss)
    previous = batch
