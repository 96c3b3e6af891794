import tensorflow as tf
class MyOpt(tf.train.AdamOptimizer):
    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        op = super(MyOpt, self).apply_gradients(grads_and_vars, tf.train.get_global_step(), name)
        return op
def f(loss):
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(0.1, step, 10, 0.9)
    return MyOpt(lr).minimize(loss)
