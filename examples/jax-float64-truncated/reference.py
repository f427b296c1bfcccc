from jaxlint.verify import Case, Example, Silent, run_example


def elapsed(start, tick):
    return (start + tick) - start


EXAMPLE = Example([
    Case("elapsed", (100_000_000.0, 1.0), fails=Silent("the tick is lost")),
])

if __name__ == "__main__":
    run_example(__file__)
