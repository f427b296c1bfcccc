import jax


@jax.jit
def square_root(x):
    """Newton's method."""

    def is_far(guess):
        return abs(guess**2 - x) > 1e-4 * x

    def improve(guess):
        return 0.5 * (guess + x / guess)

    return jax.lax.while_loop(is_far, improve, x)


@jax.jit
def flight_time(height, velocity, dt):
    """How long a ball flies until it is on the ground, and where it then is."""

    def flies(state):
        _, height, _ = state
        return height > 0

    def step(state):
        time, height, velocity = state
        return time + dt, height + dt * velocity, velocity - dt * 9.81

    time, height, _ = jax.lax.while_loop(flies, step, (0.0, height, velocity))
    return time, height
