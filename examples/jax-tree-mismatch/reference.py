from jaxlint.verify import Case, Example, Raises, run_example


def descend(weight, gradient):
    return weight - 0.1 * gradient


def averaged(first, second):
    return (first + second) / 2


REFUSED = Raises("ValueError", "pytree structure error")

EXAMPLE = Example([
    Case("descend", (1.0, 2.0), fails=REFUSED),
    Case("averaged", (1.0, 2.0), fails=REFUSED),
])


if __name__ == "__main__":
    run_example(__file__)
