import numpy as np

from jaxlint.verify import Case, Example, Key, SameDistribution, Silent, run_example


def add_noise(rng, signal, scale):
    return signal + scale * rng.normal(size=signal.shape)


def maybe_flip(rng, image):
    return image[:, ::-1] if rng.random() < 0.5 else image


def dropout(rng, activations):
    keep = rng.random(activations.shape) < 0.8
    return np.where(keep, activations / 0.8, 0.0)


def _with_key(function, *args, effect, bench=None):
    """The mend gives each function a key: the bad one has none."""
    return Case(function, (Key(0), *args), bad_args=args, same=SameDistribution(), fails=Silent(effect), bench=bench)


SIGNAL, IMAGE = np.array([1.0, 0.0, -1.0]), np.array([[1.0, 2.0], [3.0, 4.0]])

EXAMPLE = Example([
    _with_key(
        "add_noise",
        SIGNAL,
        0.5,
        effect="every call adds the noise of the first",
        bench=lambda size: (Key(0), np.zeros(size), 0.5),
    ),
    _with_key("maybe_flip", IMAGE, effect="the first call decides for all"),
    _with_key(
        "dropout",
        SIGNAL + 2.0,
        effect="every call drops the same units",
        bench=lambda size: (Key(0), np.ones(size)),
    ),
])

if __name__ == "__main__":
    run_example(__file__)
