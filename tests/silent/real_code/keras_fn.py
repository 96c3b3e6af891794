import tensorflow as tf
class Sched(tf.keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return tf.compat.v1.train.piecewise_constant(step, [10], [.1, .01])
opt = tf.keras.optimizers.SGD(Sched())
