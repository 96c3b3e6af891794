import tensorflow as tf
def main(argv):
    if len(argv) > 1:
        tf.enable_eager_execution()
    step = tf.train.get_or_create_global_step()
    lr = tf.train.exponential_decay(.1, step, 10, .9)
    if not tf.executing_eagerly():
        tf.summary.scalar('lr', lr)
        lr = tf.maximum(lr, 1e-4)
        loss = tf.get_variable('w', [])
    else:
        print(lr().numpy())
        loss = lambda: 1.0
    opt = tf.train.AdamOptimizer(lr)
    opt.minimize(loss, global_step=step)
tf.app.run(main)
