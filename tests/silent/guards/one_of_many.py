"""What an optimizer follows and moves hangs on a name that is asked for again: however many names there are."""

import sys

import tensorflow as tf

tf.enable_eager_execution()
name = sys.argv[1]
weight = tf.Variable(1.0)
step = tf.Variable(0)
other = tf.Variable(0)
rate = tf.train.cosine_decay(0.1, other, 100)
if name == "adam_0":
    rate = tf.train.exponential_decay(0.1, other, 1, 0.5)
if name == "adam_1":
    rate = tf.train.exponential_decay(0.1, other, 2, 0.5)
if name == "adam_2":
    rate = tf.train.exponential_decay(0.1, other, 3, 0.5)
if name == "adam_3":
    rate = tf.train.exponential_decay(0.1, other, 4, 0.5)
if name == "adam_4":
    rate = tf.train.exponential_decay(0.1, other, 5, 0.5)
if name == "adam_5":
    rate = tf.train.exponential_decay(0.1, other, 6, 0.5)
if name == "adam_6":
    rate = tf.train.exponential_decay(0.1, other, 7, 0.5)
if name == "adam_7":
    rate = tf.train.exponential_decay(0.1, other, 8, 0.5)
if name == "adam_8":
    rate = tf.train.exponential_decay(0.1, other, 9, 0.5)
if name == "adam_9":
    rate = tf.train.exponential_decay(0.1, other, 10, 0.5)
if name == "adam_10":
    rate = tf.train.exponential_decay(0.1, other, 11, 0.5)
if name == "adam_11":
    rate = tf.train.exponential_decay(0.1, other, 12, 0.5)
if name == "adam_12":
    rate = tf.train.exponential_decay(0.1, other, 13, 0.5)
if name == "adam_13":
    rate = tf.train.exponential_decay(0.1, other, 14, 0.5)
if name == "adam_14":
    rate = tf.train.exponential_decay(0.1, other, 15, 0.5)
if name == "adam_15":
    rate = tf.train.exponential_decay(0.1, other, 16, 0.5)
if name == "adam_16":
    rate = tf.train.exponential_decay(0.1, other, 17, 0.5)
if name == "adam_17":
    rate = tf.train.exponential_decay(0.1, other, 18, 0.5)
if name == "adam_18":
    rate = tf.train.exponential_decay(0.1, other, 19, 0.5)
if name == "adam_19":
    rate = tf.train.exponential_decay(0.1, other, 20, 0.5)
if name == "adam_20":
    rate = tf.train.exponential_decay(0.1, other, 21, 0.5)
if name == "adam_21":
    rate = tf.train.exponential_decay(0.1, other, 22, 0.5)
if name == "adam_22":
    rate = tf.train.exponential_decay(0.1, other, 23, 0.5)
if name == "adam_23":
    rate = tf.train.exponential_decay(0.1, other, 24, 0.5)
if name == "adam_24":
    rate = tf.train.exponential_decay(0.1, other, 25, 0.5)
if name == "adam_25":
    rate = tf.train.exponential_decay(0.1, other, 26, 0.5)
if name == "adam_26":
    rate = tf.train.exponential_decay(0.1, other, 27, 0.5)
if name == "adam_27":
    rate = tf.train.exponential_decay(0.1, other, 28, 0.5)
if name == "adam_28":
    rate = tf.train.exponential_decay(0.1, other, 29, 0.5)
if name == "adam_29":
    rate = tf.train.exponential_decay(0.1, other, 30, 0.5)
if name == "adam":
    rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
if name == "adam":
    optimizer = tf.train.AdamOptimizer(rate)
    for _ in range(100):
        optimizer.minimize(lambda: weight * weight, global_step=step)
