import tensorflow as tf

step = tf.train.get_or_create_global_step()
steps = 0
for shard in ["a", "b"]:
    steps += len(open(shard).read())
tf.train.exponential_decay(0.1, step, steps, 0.96)

count = 0


def note():
    global count
    count = count + 1


note()
tf.train.exponential_decay(0.1, step, count, 0.96)

lengths = {"steps": 0}
for shard in ["a", "b"]:
    lengths["steps"] = lengths["steps"] + 1
tf.train.exponential_decay(0.1, step, lengths["steps"], 0.96)
