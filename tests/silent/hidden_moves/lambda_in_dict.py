"""The step is moved by a lambda in a dict that a call has made."""

import tensorflow as tf
tf.compat.v1.enable_eager_execution()

model = tf.keras.layers.Dense(1)


def loss_of(batch):
    return tf.reduce_mean(model(batch))


step = tf.Variable(0, trainable=False, dtype=tf.int64)
rate = tf.compat.v1.train.exponential_decay(0.1, step, 100, 0.9)
opt = tf.compat.v1.train.GradientDescentOptimizer(rate)

def safely(f):
    return f

tick = dict(a=lambda: step.assign_add(1))

def after(first, second, third, fourth):
    print(first, second, third, fourth)
    tick['a']()

for i in range(100):
    with tf.GradientTape() as tape:
        loss = loss_of(tf.ones((1, 2)))
    opt.apply_gradients(zip(tape.gradient(loss, model.variables), model.variables))
    after(1, 2, 3, 4)
