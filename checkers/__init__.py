"""The rules, one module a family. `CHECKERS` lists every family."""

from jaxlint.rules import JaxChecker

from .api import ApiChecker
from .frameworks import FrameworksChecker
from .jit import JitChecker
from .keys import KeysChecker
from .mutation import MutationChecker
from .performance import PerformanceChecker
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
    JitChecker,
    TransformsChecker,
    ApiChecker,
    PerformanceChecker,
    FrameworksChecker,
)
"""The checkers that the plugin registers, in the order of their message numbers."""
