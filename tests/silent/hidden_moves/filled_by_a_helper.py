"""The list of what is moved is filled by a helper."""

import tensorflow as tf

tf.enable_eager_execution()
REG = []

def inc(v, a, b, c):
    v.assign_add(1)

def after(a, b, c, d):
    print(a, b, c, d)
    for v in REG:
        inc(v, 1, 2, 3)

def loop(opt, a, b, c):
    for i in range(100):
        opt.minimize(lambda: f())
        after(1, 2, 3, 4)

def register(x):
    REG.append(x)

def main():
    st = tf.Variable(0)
    register(st)
    opt = tf.train.AdamOptimizer(tf.train.exponential_decay(0.1, st, 100, 0.9))
    loop(opt, 1, 2, 3)

if __name__ == "__main__":
    main()
