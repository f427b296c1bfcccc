"""64 tracing: Python cannot look at a traced value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.rules import Finding, JaxChecker, Rule, Severity, because, is_hidden, listens_to, source_of
from jaxlint.trace.observations import Site, TruthTest

TRACED_BRANCH = Rule(
    6401,
    "jax-traced-branch",
    Severity.ERROR,
    "`{site}` needs to know `{code}` while tracing; use jnp.where or jax.lax.cond, or make the argument static",
    explanation="""Python chooses a branch while JAX traces.""",
)


class TracingChecker(JaxChecker):
    """64: Python cannot look at a traced value."""

    name = "jax-tracing"
    rules: ClassVar[tuple[Rule, ...]] = (TRACED_BRANCH,)

    @listens_to(TruthTest)
    def branch(self, test: TruthTest) -> Iterator[Finding]:
        """`if`, `elif`, the conditional expression, `case`."""
        if test.site in (Site.IF, Site.ELIF, Site.TERNARY, Site.CASE, Site.GUARD) and is_hidden(test.value):
            fills = {"site": test.site.value, "code": source_of(test.node)}
            yield Finding(TRACED_BRANCH, test.node, fills, because(test, test.value))
