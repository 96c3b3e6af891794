import tensorflow as tf

total = tf.Variable(1000, trainable=False)
initial = tf.Variable(0.1, trainable=False)
for epoch in range(10):
    rate = tf.train.exponential_decay(initial, epoch, total, 0.5)
    print(rate)
at_the_end = tf.train.cosine_decay(0.1, 1000, 1000)
scale = tf.train.inverse_time_decay(0.1, tf.train.get_or_create_global_step(), 0.5, 0.5)
