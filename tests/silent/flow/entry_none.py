import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

model = None
def build():
    global model
    model = tf.keras.Sequential()
def train():
    if model is not None:
        step.assign_add(1)
    helper()
    opt.minimize(loss)
def helper():
    helper2(opt)
def helper2(o):
    return o
