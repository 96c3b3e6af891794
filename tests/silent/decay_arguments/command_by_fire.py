import tensorflow as tf
import optparse, click, fire, yaml
cfg = yaml.safe_load(open('c'))
class A:
    def __init__(self, lr=1e-5, steps=0, rate=2.0):
        self.lr = lr; self.steps = steps; self.rate = rate
    def build(self):
        step = tf.train.get_or_create_global_step()
        return tf.train.exponential_decay(self.lr, step, self.steps, self.rate)
fire.Fire(A)
