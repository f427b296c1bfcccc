import jax
import jax.numpy as jnp


@jax.jit
def mean_of(samples):
    total = jax.new_ref(jnp.zeros(samples.shape[1]))

    def add(i, _):
        total[...] += samples[i]

    jax.lax.fori_loop(0, len(samples), add, None)
    return total[...] / len(samples)


def running_sum(xs):
    total = jax.new_ref(jnp.zeros(()))

    def sweep(_, x):
        total[...] += x
        return None, total[...]

    return jax.lax.scan(sweep, None, xs)[1]
