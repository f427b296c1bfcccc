from jaxlint.verify import Case, Close, Example, Raises, run_example


def square_root(x):
    return x**0.5


def flight_time(height, velocity, dt):
    time = 0.0
    while height > 0:
        height = height + dt * velocity
        velocity = velocity - dt * 9.81
        time = time + dt
    return time, height


REFUSED = Raises("jax.errors.TracerBoolConversionError", "Attempted boolean conversion of traced array")

EXAMPLE = Example([
    Case("square_root", (2.0,), fails=REFUSED, same=Close(rtol=1e-4), again=(9.0,)),
    Case("flight_time", (2.0, 1.0, 0.125), fails=REFUSED, again=(10.0, 0.0, 0.125)),
])

if __name__ == "__main__":
    run_example(__file__)
