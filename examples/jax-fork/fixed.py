import subprocess
import sys

import jax.numpy as jnp


def scaled(values):
    largest = jnp.max(values)
    child = subprocess.run([sys.executable, "-c", "print(0.5)"], capture_output=True, check=True)
    return values / largest * float(child.stdout)
