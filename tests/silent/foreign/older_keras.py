# A Keras optimizer that is asked for `_decayed_lr` is one of TensorFlow 2.10 or before, and calls its rate.
import tensorflow as tf

weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.compat.v1.train.exponential_decay(0.1, step, 1, 0.5)
optimizer = tf.keras.optimizers.SGD(rate)
for _ in range(3):
    with tf.GradientTape() as tape:
        loss = weight * 1.0
    optimizer.apply_gradients([(tape.gradient(loss, weight), weight)])
    step.assign_add(1)
    print(optimizer._decayed_lr(tf.float32).numpy())
