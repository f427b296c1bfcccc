import os

import jax.numpy as jnp


def scaled(values):
    largest = jnp.max(values)
    reader, writer = os.pipe()
    if os.fork() == 0:  # [jax-fork]
        os.write(writer, b"0.5")
        os._exit(0)
    return values / largest * float(os.read(reader, 16))
