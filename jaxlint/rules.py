"""What a rule is, and the pylint checker that all families share.

    TRACED_WHILE = Rule(6402, "jax-traced-while", Severity.ERROR, "`while` needs …", explanation="…")

    class TracingChecker(JaxChecker):
        name = "jax-tracing"
        rules = (TRACED_WHILE,)

        @listens_to(TruthTest)
        def loop_test(self, test: TruthTest) -> Iterator[Finding]:
            if test.site is Site.WHILE and is_hidden(test.value):
                yield Finding(TRACED_WHILE, test.node, {"value": describe(test)}, because(test, test.value))

A listener is called while the abstract tracer walks; it looks at one observation and yields findings. It keeps nothing:
checkers have no state of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from astroid import nodes
from pylint.checkers import BaseChecker
from pylint.interfaces import HIGH, INFERENCE

from jaxlint.session import Facts, Options, Session
from jaxlint.trace.chains import steps
from jaxlint.trace.observations import Observation
from jaxlint.values import Answer, Array, Confidence, TraceEntry, Tree, Value
from jaxlint.values.provenance import entries
from jaxlint.values.pytree import tracer_in, tracing_of

if TYPE_CHECKING:
    from pylint.lint import PyLinter

    from jaxlint.trace.frame import Frame


class Severity(Enum):
    """What a finding means, by pylint's letters."""

    ERROR = "E"  # the code raises under JAX
    WARNING = "W"  # it runs, and silently does something else than it says
    REFACTOR = "R"  # it is right, and needlessly slow or fragile


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        number: pylint's message number, the family in its first two digits.
        symbol: what a user writes to disable it.
        severity: see `Severity`.
        message: what is wrong and what to write, with `{names}` that a finding fills in.
        explanation: the rule's page: what it does, why, what to write instead, when a fix is unsafe, references.
        default: False for rules that are off until they are enabled.
    """

    number: int
    symbol: str
    severity: Severity
    message: str
    explanation: str = field(repr=False)
    default: bool = True

    @property
    def msgid(self) -> str:
        """Pylint's message id, such as E6401."""
        return f"{self.severity.value}{self.number}"

    @property
    def raises(self) -> bool:
        """Whether the code that it reports raises."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Because:
    """Why a value is what it is, for the message, and how it is known."""

    text: str = ""
    confidence: Confidence = Confidence.HIGH


CERTAIN = Because()
"""No chain to tell: what is wrong can be seen at the place itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: a rule, the node it is about, what fills the message, and the chain that led there."""

    rule: Rule
    node: nodes.NodeNG
    fills: dict[str, str] = field(default_factory=dict)
    because: Because = CERTAIN

    @property
    def text(self) -> str:
        """The whole message."""
        message = self.rule.message.format(**self.fills)
        return f"{message} ({self.because.text})" if self.because.text else message


class AsksFacts:
    """A base for listeners that ask about the program as a whole: `self.facts`."""

    session: Session

    @property
    def facts(self) -> Facts:
        """What is known of the program whose files are being analysed."""
        facts = self.session.facts
        assert facts is not None  # listeners are called during an analysis
        return facts


Listener = Callable[[Any, Any], Iterator[Finding]]
_L = TypeVar("_L", bound=Listener)


def listens_to(*kinds: type[Observation]) -> Callable[[_L], _L]:
    """Mark a method of a checker as a listener for kinds of observations."""

    def mark(method: _L) -> _L:
        method.kinds = kinds  # type: ignore[attr-defined]
        return method

    return mark


EVERY_RULE = "jax"
"""The name of all families in pylint, so that `--enable=jax` is every rule that is not off by default."""

OFF_BY_DEFAULT = "jax-extra"
"""The name of the rules that are: `--enable=` with a name turns on whatever goes by it."""


class JaxChecker(BaseChecker):
    """A family of rules as a pylint checker.

    The checkers of one linter share a session, which analyses the project around a file once; each checker adds the
    messages of its own rules when pylint visits the file's module. Those of a family's rules that are off by default
    belong to an object of their own (`default=False`), because pylint knows them by another name.
    """

    rules: ClassVar[tuple[Rule, ...]] = ()

    def __init__(self, linter: PyLinter, session: Session, *, default: bool = True) -> None:
        self.told = tuple(rule for rule in self.rules if rule.default is default)
        self.msgs = {
            rule.msgid: ("%s", rule.symbol, rule.explanation, {"default_enabled": default}) for rule in self.told
        }
        self.name = EVERY_RULE if default else OFF_BY_DEFAULT
        super().__init__(linter)
        self.session = session
        session.join(self)

    @classmethod
    def listeners(cls) -> Iterator[tuple[type[Observation], str]]:
        """The kinds of observations listened to, with the method's name."""
        for name in dir(cls):
            for kind in getattr(getattr(cls, name), "kinds", ()):
                yield kind, name

    def open(self) -> None:
        """Called by pylint before the first file, once its configuration is read."""
        config = self.linter.config
        self.session.options = Options(
            tuple(config.assume_traced),
            bool(config.read_package),
            tuple(config.jax_rows),
            str(config.jax_version),
            str(config.jax_x64),
            int(config.unrolled_steps),
            int(config.large_constant),
        )

    def visit_module(self, node: nodes.Module) -> None:
        """Add the messages for one module."""
        for finding in self.session.findings(self, node):
            position = finding.node
            self.add_message(
                finding.rule.symbol,
                node=position,
                args=(finding.text,),
                confidence=HIGH if finding.because.confidence is Confidence.HIGH else INFERENCE,
            )


# ------------------------------------------------------------------------------------------------ words for messages


def is_hidden(value: Value) -> bool:
    """Whether a value surely is a tracer that hides its value."""
    return isinstance(value, Array | Tree) and tracing_of(value).hides is Answer.YES


def is_tracer(value: Value) -> bool:
    """Whether a value surely is a tracer, of whatever sort."""
    return isinstance(value, Array | Tree) and tracing_of(value).is_tracer is Answer.YES


def source_of(node: nodes.NodeNG, limit: int = 60) -> str:
    """The code of a node, shortened, as messages quote it."""
    text = " ".join(node.as_string().split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def because(observation: Observation, value: Value) -> Because:
    """The chain that made `value` a tracer: "traced by jax.jit of step (line 12), called at line 30"."""
    leaf = value if isinstance(value, Array | Tree) else tracer_in(value)
    entry = leaf.why if leaf is not None and leaf.why is not None else observation.frame.context.entry
    if entry is None:
        return CERTAIN
    return chain(observation.frame, entry)


def around(observation: Observation, depth: int | None = None) -> Because:
    """The chain of the trace around the code, where there is one: of the innermost, or of that at this depth."""
    around = entries(observation.frame.context.entry)
    entry = next((entry for entry in around if depth is None or entry.depth <= depth), None)
    return CERTAIN if entry is None else chain(observation.frame, entry)


def chain(frame: Frame, entry: TraceEntry) -> Because:
    """The way from the transformation to the frame."""
    way = steps(frame, entry)
    if len(way) > 5:
        way = [*way[:2], "…", *way[-2:]]
    near = entry.location.module == frame.module_name and not entry.contract
    return Because(", ".join(way), Confidence.HIGH if near else Confidence.INFERENCE)
