import tensorflow as tf
steps = 0
def count():
    global steps
    steps = 100
count()
step = tf.train.get_or_create_global_step()
tf.train.exponential_decay(0.1, step, steps, 0.9)
