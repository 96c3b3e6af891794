import tensorflow.compat.v1 as tf
tf.enable_eager_execution()
step = tf.train.get_or_create_global_step()
w = tf.Variable(1.0)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
opt = tf.train.GradientDescentOptimizer(rate)
history = []
for _ in range(30):
    opt.minimize(lambda: w ** 2, global_step=step)
    history.append(rate)
print(history[-1]().numpy(), [kept().numpy() for kept in history])
