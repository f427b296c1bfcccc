import numpy as np

from jaxlint.verify import Case, Example, Raises, run_example


def as_table(samples, width):
    return samples.reshape(-1, width)


def drop_phase(spectrum):
    spectrum = spectrum.copy()
    spectrum.imag = 0.0
    return spectrum


def add_ridge(covariance, ridge):
    regular = covariance.copy()
    regular.flat[:: len(covariance) + 1] += ridge
    return regular


def in_kelvin(celsius):
    return celsius + 273.15


SPECTRUM = np.array([1 + 2j, 0.5 - 1j, -3j])
COVARIANCE = np.array([[2.0, 0.5], [0.5, 1.0]])

EXAMPLE = Example([
    Case("as_table", (np.arange(6.0), 3), static=("width",), fails=Raises("AttributeError", "has no setter")),
    Case("drop_phase", (SPECTRUM,), fails=Raises("AttributeError", "has no setter")),
    Case("add_ridge", (COVARIANCE, 0.1), fails=Raises("NotImplementedError", "do not implement the arr.flat property")),
    Case("in_kelvin", (np.array([21.5, -4.0]),), fails=Raises("AttributeError", "has no attribute 'unit'")),
])

if __name__ == "__main__":
    run_example(__file__)
