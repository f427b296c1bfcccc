"""Rows of the libraries built on JAX, one module each."""

from __future__ import annotations

from jaxlint.model.frameworks import (
    brax,
    chex,
    distrax,
    equinox,
    evojax,
    flax,
    flax_nnx,
    gymnax,
    haiku,
    jumanji,
    numpyro,
    optax,
)

LIBRARIES = (chex, equinox, flax, flax_nnx, haiku, optax, distrax, numpyro, brax, gymnax, jumanji, evojax)
"""The modules about libraries, in the order in which they are read."""

__all__ = ["LIBRARIES"]
