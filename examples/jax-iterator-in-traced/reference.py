import numpy as np

from jaxlint.verify import Case, Example, Silent, run_example


def train(weights, batches):
    for batch in batches:
        weights = weights - 0.1 * (weights - batch)
    return weights


def smooth(signal, rates):
    for rate in rates:
        signal = signal * (1 - rate) + signal.mean() * rate
    return signal


EXAMPLE = Example([
    Case(
        
        "train",
        (np.zeros(2), np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])),
        fails=Silent("each step sees the first batch"),
        bench=lambda size: (np.zeros(size // 100), np.linspace(0.0, 1.0, size // 100 * 100).reshape(100, -1)),
    ),
    Case(
        "smooth", (np.array([1.0, 5.0, 3.0]), np.array([0.5, 0.1])), fails=Silent("each pass has the first rate"),
        bench=lambda size: (np.linspace(0.0, 1.0, size), np.linspace(0.1, 0.5, 10)),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
