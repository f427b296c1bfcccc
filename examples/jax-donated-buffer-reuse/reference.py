import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def step_and_log(params, gradient):
    new = params - 0.1 * gradient
    return new, new - params


def fit(gradients):
    params = np.zeros(2)
    history = []
    for gradient in gradients:
        history.append(float(params[0]))
        params = params - 0.1 * gradient
    return params, history


PARAMS, GRADIENT = np.array([1.0, -2.0]), np.array([0.5, 3.0])
DELETED = Raises("RuntimeError", "Array has been deleted with shape=float32[2]")

EXAMPLE = Example([
    Case("step_and_log", (PARAMS, GRADIENT), plain_python=True, fails=DELETED),
    Case("fit", ([GRADIENT, 2 * GRADIENT, -GRADIENT],), plain_python=True, fails=DELETED),
])

if __name__ == "__main__":
    run_example(__file__)
