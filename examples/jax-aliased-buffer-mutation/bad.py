import jax
import jax.numpy as jnp
import numpy as np


def _aligned_zeros(size):
    """Memory at a multiple of 64 bytes, as large arrays have it: the CPU backend shares such."""
    memory = np.zeros(4 * size + 64, np.uint8)
    start = -memory.ctypes.data % 64
    return memory[start : start + 4 * size].view(np.float32)


def load_pair(first, second):
    """Reads two records into one buffer, and sends each to the device."""
    buffer = _aligned_zeros(4)
    buffer[:] = first
    on_device = jax.device_put(buffer)
    buffer[:] = second  # [jax-aliased-buffer-mutation]
    return jnp.stack([on_device, jax.device_put(buffer)])


def change_after(step):
    samples = _aligned_zeros(4)
    before = jnp.from_dlpack(samples)
    samples[:] = step  # [jax-aliased-buffer-mutation]
    return jnp.asarray(samples) - before
