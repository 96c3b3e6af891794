import tensorflow as tf
def train(epochs, loss):
    for epoch in range(epochs):
        lr = tf.train.exponential_decay(0.1, epoch, 1, 0.9)()
        opt = tf.train.GradientDescentOptimizer(lr)
        opt.minimize(loss)
tf.enable_eager_execution()
w = tf.Variable(1.0)
train(3, lambda: w * w)
