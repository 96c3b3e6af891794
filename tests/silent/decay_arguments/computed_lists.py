import tensorflow as tf
import numpy as np
step = tf.train.get_or_create_global_step()
bs = [int(x) for x in np.linspace(0, 100, 4)]
vs = [0.1 * 0.5 ** i for i in range(5)]
tf.train.piecewise_constant(step, bs, vs)
tf.train.piecewise_constant(step, list(range(10, 40, 10)), vs[:4])
tf.train.piecewise_constant(step, [10, 20], vs[:3])
tf.train.piecewise_constant(step, (10, 20), tuple(vs[:3]))
tf.train.piecewise_constant(step, [np.int64(10), 20], [0.1, 0.2, np.float32(1)])
