import tensorflow as tf
from project import train
from project.schedules import exponential_decay

step = tf.train.get_or_create_global_step()
train.exp_decay(step, 0)
train.polynominal_decay(0.1)
exponential_decay(1, step, 0, -0.5)
tf.keras.optimizers.schedules.ExponentialDecay(1, 0, 200.0)
tf.keras.experimental.CosineDecay(1e-5, 0)
