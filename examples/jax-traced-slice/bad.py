import jax


@jax.jit
def window_mean(signal, start):
    return signal[start:start + 3].mean()  # [jax-traced-slice]


@jax.jit
def silence_after(signal, end):
    return signal.at[end:].set(0.0)  # [jax-traced-slice]
