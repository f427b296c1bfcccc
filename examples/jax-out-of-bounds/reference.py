import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def velocity(generator):
    drawn = generator.uniform(size=2)
    return drawn[1] - drawn[0]


def marked(count):
    counts = np.zeros(3)
    counts[2] = count
    return counts


EXAMPLE = Example([
    Case("velocity", (Key(0),), fails=Silent("both reads are the last element"), same=SameDistribution()),
    Case("marked", (4.0,), fails=Silent("the update is dropped")),
])


if __name__ == "__main__":
    run_example(__file__)
