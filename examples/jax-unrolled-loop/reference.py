import jax
import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def cool(temperature):
    return 20.0 + (temperature - 20.0) * 0.99**100


def polynomial(x):
    return sum(0.5**power * x**power for power in range(40))


def _is_long(function, x):
    return str(jax.make_jaxpr(function)(x)).count("\n") > 80


LONG = Silent("each step is in the program", shows=_is_long)

EXAMPLE = Example([
    Case("cool", (np.array([80.0, 5.0]),), fails=LONG),
    Case("polynomial", (np.array([0.5, -0.9]),), fails=LONG, bench=lambda size: (np.linspace(-0.9, 0.9, size),)),
])

if __name__ == "__main__":
    run_example(__file__)
