import tensorflow as tf
def model_fn(features, labels, mode, params):
    loss = tf.reduce_mean(features)
    lr = tf.train.exponential_decay(params['lr'], tf.train.get_global_step(), 100, .9)
    opt = tf.train.AdamOptimizer(lr)
    op = opt.minimize(loss, tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=op)
tf.enable_eager_execution()
tf.estimator.Estimator(model_fn).train(lambda: 0)
