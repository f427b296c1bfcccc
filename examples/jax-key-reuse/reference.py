import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def init_layer(rng, inputs, outputs):
    weights = rng.normal(size=(inputs, outputs)) / np.sqrt(inputs)
    bias = 0.1 * rng.normal(size=outputs)
    return weights, bias


def random_walk(rng, steps):
    position = np.zeros(2)
    for _ in range(steps):
        position += rng.normal(size=2)
    return position


def actor_and_critic(rng):
    return rng.normal(size=3), rng.normal(size=3)


EXAMPLE = Example([
    Case(
        "init_layer",
        (Key(0), 3, 2),
        static=("inputs", "outputs"),
        same=SameDistribution(),
        fails=Silent("the bias is a copy of the first weights"),
    ),
    Case(
        "random_walk",
        (Key(0), 4),
        static=("steps",),
        same=SameDistribution(),
        fails=Silent("every step is the same step"),
    ),
    Case(
        "actor_and_critic",
        (Key(0),),
        same=SameDistribution(),
        fails=Silent("fold_in(key, 1) is split(key)[1]: both get the same weights"),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
