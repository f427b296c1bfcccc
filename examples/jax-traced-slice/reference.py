import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def window_mean(signal, start):
    return signal[start:start + 3].mean()


def silence_after(signal, end):
    signal = signal.copy()
    signal[end:] = 0.0
    return signal


SIGNAL = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
REFUSED = Raises("IndexError", "static")

EXAMPLE = Example([
    Case("window_mean", (SIGNAL, 1), fails=REFUSED, again=(SIGNAL, 2)),
    Case(
        "silence_after", (SIGNAL, 3), fails=REFUSED, again=(SIGNAL, 1),
        bench=lambda size: (np.linspace(0.0, 1.0, size), size // 2),
    ),
])


if __name__ == "__main__":
    run_example(__file__)
