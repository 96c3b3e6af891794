import tensorflow as tf
steps = 0
for line in open('x'):
    if line:
        steps = 5
    else:
        continue
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(0.1, step, steps)
