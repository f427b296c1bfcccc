import jax
import jax.numpy as jnp
import numpy as np


def load_pair(buffer: np.ndarray, first, second):
    """Reads two records into one buffer, and sends each to the device."""
    buffer[:] = first
    on_device = jax.device_put(buffer)
    buffer[:] = second  # [jax-aliased-buffer-mutation]
    return jnp.stack([on_device, jax.device_put(buffer)])


def change_since(samples: np.ndarray, step):
    before = jnp.from_dlpack(samples)
    samples += step  # [jax-aliased-buffer-mutation]
    return jnp.asarray(samples) - before
