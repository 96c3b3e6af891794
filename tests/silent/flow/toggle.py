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
state.by_hand = False
for _ in range(4):
    if state.by_hand:
        step.assign_add(1)
    state.by_hand = not state.by_hand
    if state.by_hand:
        opt.minimize(loss, global_step=step)
