"""Rows of the libraries built on JAX, one module each."""
