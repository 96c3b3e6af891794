import tensorflow as tf
tf.enable_eager_execution()
w = tf.Variable(1.0)
loss = lambda: w * w
step = tf.Variable(0)
lr = tf.train.exponential_decay(.1, step, 10, .9)
import dataclasses
@dataclasses.dataclass
class C:
    lr: object
    n: int = 0
c = C(lr)
print(c.n + 1, c.lr() * 2)
d = dataclasses.replace(c, lr=0.1)
print(d.lr * 2)
