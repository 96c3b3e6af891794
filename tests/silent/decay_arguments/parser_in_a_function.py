import argparse

import tensorflow as tf

tf.enable_eager_execution()


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1)
    parser.add_argument("--steps", type=int, default=-1)
    return parser.parse_args()


def main(args):
    step = tf.train.get_or_create_global_step()
    return tf.train.exponential_decay(args.lr, step, args.steps, 0.96)


main(options())
