import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w
step = tf.Variable(0, trainable=False)
lr = tf.train.exponential_decay(0.1, step, 1, 0.5)
opt = tf.train.GradientDescentOptimizer(lr)

class State:
    pass
state = State()
state.step = None
def train(turns):
    if state.step is None:
        state.step = step
    for _ in range(turns):
        if state.step is None:
            opt.minimize(loss)
        else:
            opt.minimize(loss, global_step=state.step)
opt.minimize(loss)
train(3)
