# An Estimator calls the function in a graph of its own, where the global step is there and moves.
import tensorflow as tf
import tensorflow.compat.v1 as tf1

tf1.enable_eager_execution()


def decayed(factor):
    return lambda: tf1.train.AdamOptimizer(
        tf1.train.exponential_decay(0.1, tf1.train.get_global_step(), 10, 0.5) * factor
    )


def data():
    return tf1.data.Dataset.from_tensors(({"x": [[1.0]]}, [[1.0]])).repeat(3)


columns = [tf1.feature_column.numeric_column("x")]
tf1.estimator.DNNRegressor([1], columns, optimizer=decayed(0.5)).train(data)
print(tf.reduce_sum([1.0]).numpy())
