import tensorflow as tf
from dataclasses import dataclass, field
@dataclass
class C:
    lr: float = 1e-5
    steps: int = 0
def run(c: C):
    step = tf.train.get_or_create_global_step()
    return tf.train.polynomial_decay(c.lr, step, c.steps)
run(C(steps=5, lr=0.1))
