import tensorflow as tf
hparams = {'steps': 0, 'lr': 1e-5}
import json
hparams.update(json.load(open('f')))
step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(hparams['lr'], step, hparams['steps'])
