import tensorflow as tf
class StepHook(tf.train.SessionRunHook):
    def begin(self):
        self.step = tf.train.get_global_step()
        self.inc = self.step.assign_add(1)
    def after_run(self, ctx, values):
        ctx.session.run(self.inc)
def model_fn(features, labels, mode):
    step = tf.train.get_global_step()
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    loss = tf.reduce_mean(features)
    op = tf.train.AdamOptimizer(lr).minimize(loss)
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=op, training_hooks=[StepHook()])
