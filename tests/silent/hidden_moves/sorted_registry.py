"""The step is moved by a function out of a sorted list that was filled late."""

import tensorflow as tf
tf.compat.v1.enable_eager_execution()

model = tf.keras.layers.Dense(1)


def loss_of(batch):
    return tf.reduce_mean(model(batch))


step = tf.Variable(0, trainable=False, dtype=tf.int64)
rate = tf.compat.v1.train.exponential_decay(0.1, step, 100, 0.9)
opt = tf.compat.v1.train.GradientDescentOptimizer(rate)
HOOKS = []
STATE = []
STATE.append(step)

def bump(s):
    s.assign_add(1)

def register(f):
    HOOKS.append(f)

register(bump)

def fire(first, second, third, fourth):
    print(first, second, third, fourth)
    for hook in sorted(HOOKS, key=id):
        hook(STATE[0])

for i in range(100):
    with tf.GradientTape() as tape:
        loss = loss_of(tf.ones((1, 2)))
    opt.apply_gradients(zip(tape.gradient(loss, model.variables), model.variables))
    fire(1, 2, 3, 4)
