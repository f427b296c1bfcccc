import jax
import jax.numpy as jnp


@jax.jit
def mean_of(samples):
    total = jax.new_ref(jnp.zeros(samples.shape[1]))

    def add(i, _):
        total[...] += samples[i]

    jax.lax.fori_loop(0, len(samples), add, None)
    return total / len(samples)  # [jax-ref-misuse]


def sweep(total, x):
    total[...] += x
    return total, total[...]


def running_sum(xs):
    _, sums = jax.lax.scan(sweep, jax.new_ref(jnp.zeros(())), xs)  # [jax-ref-misuse]
    return sums
