from jaxlint.verify import Case, Example, Raises, run_example


def slope(offset):
    return 6.0


def decay(rate):
    return 2 * rate * 10


REFUSED = Raises("TypeError", "grad requires real- or complex-valued inputs")

EXAMPLE = Example([
    Case("slope", (1.0,), fails=REFUSED),
    Case("decay", (0.5,), fails=REFUSED),
])


if __name__ == "__main__":
    run_example(__file__)
