"""The step is moved by a function that a decorator has registered."""

import tensorflow as tf
tf.compat.v1.enable_eager_execution()

model = tf.keras.layers.Dense(1)


def loss_of(batch):
    return tf.reduce_mean(model(batch))


step = tf.Variable(0, trainable=False, dtype=tf.int64)
rate = tf.compat.v1.train.exponential_decay(0.1, step, 100, 0.9)
opt = tf.compat.v1.train.GradientDescentOptimizer(rate)
HOOKS = {}

def on(name):
    def add(f):
        HOOKS[name] = f
        return f
    return add

def state():
    return step

@on("end")
def finish(s):
    s.assign_add(1)

def fire(event, first, second, third):
    print(event, first, second, third)
    HOOKS[event](state())

for i in range(100):
    with tf.GradientTape() as tape:
        loss = loss_of(tf.ones((1, 2)))
    opt.apply_gradients(zip(tape.gradient(loss, model.variables), model.variables))
    fire("end", 1, 2, 3)
