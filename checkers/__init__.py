"""The rules, one module a family. `CHECKERS` lists every family."""

from jaxlint.rules import JaxChecker

from .keys import KeysChecker
from .mutation import MutationChecker
from .purity import PurityChecker
from .shapes import ShapesChecker
from .tracing import TracingChecker
from .transforms import TransformsChecker

CHECKERS: tuple[type[JaxChecker], ...] = (
    MutationChecker,
    KeysChecker,
    PurityChecker,
    TracingChecker,
    ShapesChecker,
    TransformsChecker,
)
"""The checkers that the plugin registers, in the order of their message numbers."""
