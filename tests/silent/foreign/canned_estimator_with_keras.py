# An Estimator of TensorFlow 2 calls the function in a graph of its own, and makes the global step the optimizer's count.
import tensorflow as tf


def make_optimizer():
    step = tf.compat.v1.train.get_global_step()
    return tf.keras.optimizers.legacy.SGD(tf.compat.v1.train.exponential_decay(0.1, step, 1, 0.5))


def data():
    return tf.data.Dataset.from_tensors(({"x": [[1.0]]}, [[1.0]])).repeat(3)


columns = [tf.feature_column.numeric_column("x")]
estimator = tf.estimator.LinearRegressor(columns, optimizer=make_optimizer).train(data)
for name in estimator.get_variable_names():
    print(name, estimator.get_variable_value(name))
