import tensorflow as tf
class Base(object):
    lr = 1e-5
    steps = 0
class Big(Base):
    lr = 0.1
    steps = 100
def pick(name):
    return {'base': Base, 'big': Big}[name]()
c = pick(open('x').read())
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(c.lr, step, c.steps)
