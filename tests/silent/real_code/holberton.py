import tensorflow as tf
import numpy as np
def learning_rate_decay(alpha, decay_rate, global_step, decay_step):
    return tf.train.inverse_time_decay(alpha, global_step, decay_step, decay_rate, staircase=True)
def create_Adam_op(loss, alpha, beta1, beta2, epsilon):
    return tf.train.AdamOptimizer(alpha, beta1, beta2, epsilon).minimize(loss)
def model(data, alpha=0.001, decay_rate=1, epochs=5, save_path='/tmp/model.ckpt'):
    x = tf.placeholder(tf.float32)
    tf.add_to_collection('x', x)
    loss = tf.reduce_mean(x)
    global_step = tf.Variable(0, trainable=False)
    alpha = learning_rate_decay(alpha, decay_rate, global_step, 1)
    tf.add_to_collection('alpha', alpha)
    train_op = create_Adam_op(loss, alpha, 0.9, 0.999, 1e-8)
    tf.add_to_collection('train_op', train_op)
    saver = tf.train.Saver()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for i in range(epochs + 1):
            sess.run(global_step.assign(i))
            sess.run(alpha)
            sess.run(train_op, {x: data})
        return saver.save(sess, save_path)
