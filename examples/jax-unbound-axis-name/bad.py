import jax
import jax.numpy as jnp


def centred(values):
    return jax.vmap(lambda v: v - jax.lax.pmean(v, "batch"))(jnp.asarray(values))  # [jax-unbound-axis-name]


def shares(values):
    def share(v):
        return v / jax.lax.psum(v, "devices")  # [jax-unbound-axis-name]

    return jax.vmap(share, axis_name="batch")(jnp.asarray(values))


if __name__ == "__main__":
    print(centred([1.0, 2.0]), shares([1.0, 2.0]))
