import project
import tensorflow as tf

step = tf.train.get_or_create_global_step()
boundaries = [10, 5]
boundaries.sort()
tf.train.piecewise_constant(step, boundaries, [0.1, 0.01, 0.001])

ends = []
project.fill(ends)
tf.train.piecewise_constant(step, ends, [0.1, 0.01, 0.001])

values = [0.1]
values += [0.01]
values.extend(project.rates)
tf.train.piecewise_constant(step, [10, 20], values)

scaled = [value * project.scale for value in [1, 0.1, 0.01]]
tf.train.piecewise_constant(step, [10, 20], scaled)

some = [end for end in [10, 20, 30] if end < project.last]
tf.train.piecewise_constant(step, some, [0.1, 0.01])

tf.train.piecewise_constant(step, sorted([30, 20, 10]), [0.1, 0.01, 0.001, 0.0001])
tf.train.piecewise_constant(step, list(reversed([30, 20, 10])), [0.1, 0.01, 0.001, 0.0001])
tf.train.piecewise_constant(step, sorted({30, 20, 10}), [0.1, 0.01, 0.001, 0.0001])
tf.train.piecewise_constant(step, sorted(set([30, 20, 20])), [0.1, 0.01, 0.001])
