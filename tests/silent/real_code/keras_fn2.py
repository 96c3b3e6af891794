import tensorflow as tf
class Sched(tf.keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        lr = tf.compat.v1.train.piecewise_constant(step, [10], [.1, .01])
        return lr() if callable(lr) else lr
opt = tf.keras.optimizers.SGD(Sched())
model = tf.keras.Sequential()
model.compile(optimizer=opt, loss='mse')
