import jax


@jax.jit
def square_root(x):
    """Newton's method."""
    guess = x
    while abs(guess**2 - x) > 1e-4 * x:  # [jax-traced-while]
        guess = 0.5 * (guess + x / guess)
    return guess


@jax.jit
def flight_time(height, velocity, dt):
    """How long a ball flies until it is on the ground, and where it then is."""
    time = 0.0
    while height > 0:  # [jax-traced-while]
        height = height + dt * velocity
        velocity = velocity - dt * 9.81
        time = time + dt
    return time, height
