import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_integer("decay_steps", 0, "over how many steps; must be given")
flags.DEFINE_float("lr", 1e-5, "the first rate")
flags.DEFINE_float("decay_rate", 200.0, "how fast")
FLAGS = flags.FLAGS

step = tf.train.get_or_create_global_step()
tf.train.polynomial_decay(FLAGS.lr, step, FLAGS.decay_steps)
tf.train.natural_exp_decay(FLAGS.lr, step, 1000, FLAGS.decay_rate)
tf.train.exponential_decay(FLAGS.lr, step, max(FLAGS.decay_steps, 0), FLAGS.decay_rate)
