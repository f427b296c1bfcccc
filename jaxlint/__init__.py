"""jaxlint: finds what JAX will refuse or silently misunderstand, and proves its fixes."""
