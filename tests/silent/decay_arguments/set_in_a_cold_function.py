import tensorflow as tf
class H: pass
hp = H()
hp.steps = 0
def setup():
    hp.steps = int(open('x').read())
setup()
step = tf.train.get_or_create_global_step()
tf.train.exponential_decay(0.1, step, hp.steps, 0.9)
