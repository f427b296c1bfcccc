"""The rules, one module a family. `CHECKERS` lists every family."""

from jaxlint.checkers.tracing import TracingChecker
from jaxlint.rules import JaxChecker

CHECKERS: tuple[type[JaxChecker], ...] = (TracingChecker,)
"""The checkers that the plugin registers, in the order of their message numbers."""
