import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

for epoch in range(3):
    for attempt in range(3):
        opt.minimize(loss)
        if attempt == 1:
            break
    else:
        raise RuntimeError("never")
    step.assign_add(1)
