import tensorflow as tf
def schedule(epoch):
    return float(tf.compat.v1.train.exponential_decay(.1, epoch, 10, .9)())
cb = tf.keras.callbacks.LearningRateScheduler(schedule)
model = tf.keras.Sequential()
model.compile('sgd')
model.fit(None, callbacks=[cb])
