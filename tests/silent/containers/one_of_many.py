"""Which of many things in a dict is meant, the program knows: however many there are."""

import sys

import tensorflow as tf

tf.enable_eager_execution()
step = tf.Variable(0)
things = {
    "rate": tf.train.exponential_decay(0.1, step, 10, 0.5),
    "weight_1": tf.Variable(1.0),
    "weight_2": tf.Variable(2.0),
    "weight_3": tf.Variable(3.0),
    "weight_4": tf.Variable(4.0),
    "weight_5": tf.Variable(5.0),
    "weight_6": tf.Variable(6.0),
    "weight_7": tf.Variable(7.0),
    "weight_8": tf.Variable(8.0),
    "weight_9": tf.Variable(9.0),
    "weight_10": tf.Variable(10.0),
    "weight_11": tf.Variable(11.0),
    "weight_12": tf.Variable(12.0),
    "weight_13": tf.Variable(13.0),
    "weight_14": tf.Variable(14.0),
    "weight_15": tf.Variable(15.0),
    "weight_16": tf.Variable(16.0),
    "weight_17": tf.Variable(17.0),
    "weight_18": tf.Variable(18.0),
    "weight_19": tf.Variable(19.0),
    "weight_20": tf.Variable(20.0),
    "weight_21": tf.Variable(21.0),
    "weight_22": tf.Variable(22.0),
    "weight_23": tf.Variable(23.0),
    "weight_24": tf.Variable(24.0),
    "weight_25": tf.Variable(25.0),
    "weight_26": tf.Variable(26.0),
    "weight_27": tf.Variable(27.0),
    "weight_28": tf.Variable(28.0),
    "weight_29": tf.Variable(29.0),
    "weight_30": tf.Variable(30.0),
}
print(things[sys.argv[1]])
for key in sys.argv[2:]:
    print(things[key])
