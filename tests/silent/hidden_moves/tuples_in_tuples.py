"""The function that moves the step, and the step, come out of tuples in tuples that calls have made."""

import tensorflow as tf
tf.compat.v1.enable_eager_execution()

model = tf.keras.layers.Dense(1)


def loss_of(batch):
    return tf.reduce_mean(model(batch))


step = tf.Variable(0, trainable=False, dtype=tf.int64)
rate = tf.compat.v1.train.exponential_decay(0.1, step, 100, 0.9)
opt = tf.compat.v1.train.GradientDescentOptimizer(rate)

def inner_most():
    def go(s):
        s.assign_add(1)
    return go

def middle(a, b, c):
    print(a, b, c)
    return inner_most()

def outer(a, b, c, d):
    print(a, b, c, d)
    return middle(a, b, c)

def pack(*a):
    return a

box = pack(pack(outer(1, 2, 3, 4), pack(step)))

def after(first, second, third, fourth):
    print(first, second, third, fourth)
    f, (s,) = box[0]
    f(s)

for i in range(100):
    with tf.GradientTape() as tape:
        loss = loss_of(tf.ones((1, 2)))
    opt.apply_gradients(zip(tape.gradient(loss, model.variables), model.variables))
    after(1, 2, 3, 4)
