import tensorflow as tf
hparams = tf.contrib.training.HParams(lr=1e-5, steps=0)
hparams.parse('x')
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(hparams.lr, step, hparams.steps)
