import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
def loss():
    return w * w

def build(graph):
    with graph.as_default():
        counter = tf.train.get_or_create_global_step()
        rate = tf.train.exponential_decay(0.1, counter, 10, 0.5)
        return rate * 2.0
build(tf.Graph())
def build2(graph):
    with graph.as_default():
        counter = tf.train.get_or_create_global_step()
        rate = tf.train.exponential_decay(0.1, counter, 10, 0.5)
        return rate * 2.0
