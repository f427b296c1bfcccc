"""The rules, one module a family. `CHECKERS` lists every family."""

from jaxlint.checkers.keys import KeysChecker
from jaxlint.checkers.mutation import MutationChecker
from jaxlint.checkers.purity import PurityChecker
from jaxlint.checkers.tracing import TracingChecker
from jaxlint.rules import JaxChecker

CHECKERS: tuple[type[JaxChecker], ...] = (MutationChecker, KeysChecker, PurityChecker, TracingChecker,)
"""The checkers that the plugin registers, in the order of their message numbers."""
