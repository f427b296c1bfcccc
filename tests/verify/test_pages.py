"""What a rule's page says JAX raises is what JAX raises: page and run are compared, class by class and quote by quote.

Run is the bad side of the rule's example, and `MORE` for classes of which no example shows one. CI does this under the
oldest JAX and under the newest; where they differ, the page names both classes.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys

import pytest
from jaxlint.checkers import CHECKERS

from jaxlint.rules import Rule, Severity
from jaxlint.verify.cli import EXAMPLES

RULES = [rule for checker in CHECKERS for rule in checker.rules]

NAMED = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning)\b")

MORE: dict[str, list[str]] = {
    "jax-out-argument": ["np.random.default_rng(0).random(3, out=jnp.zeros(3))"],
    "jax-donated-buffer-reuse": ["f = jax.jit(lambda x: x + 1, donate_argnums=0); x = jnp.ones(3); f(x); f(x)"],
    "jax-debug-print-arguments": ["jax.debug.print('{} {}', 1.0)", "jax.debug.print(1.0)"],
    "jax-traced-conversion": ["jax.jit(lambda x: hex(x))(1)", "jax.jit(lambda x: f'{x:.2f}')(1.0)"],
    "jax-out-of-bounds": ["np.arange(3)[5]"],
    "jax-custom-rule": ["f = jax.custom_jvp(lambda x: x); f.defvjp(abs, abs)"],
    "jax-ref-misuse": ["jax.new_ref(jnp.zeros(3)) + 1"],
    "jax-nnx-captured": [
        """
from flax import nnx
model = nnx.Linear(2, 2, rngs=nnx.Rngs(0))
jax.jit(lambda x: nnx.grad(lambda m: m(x).sum())(model))(jnp.ones((1, 2)))
"""
    ],
    "jax-removed-api": ["from jax import tree_map"],
    "jax-unknown-api": ["from jax.numpy import random"],
    "jax-unsupported-argument": ["jnp.array([1.0], order='F')"],
    "jax-truncated-update": ["jnp.zeros(3, int).at[0].set(0.5)"],
    "jax-float64-truncated": ["jnp.zeros(3, 'float64')"],
    "jax-linen-variables": [
        """
import flax.linen as nn
class Model(nn.Module):
    def setup(self):
        self.encoder = nn.Dense(3)
    def __call__(self, x):
        return self.encoder(x)
Model()(jnp.ones(3))
"""
    ],
    "jax-static-array": [
        """
import flax
@flax.struct.dataclass
class State:
    w: object = flax.struct.field(pytree_node=False)
f = jax.jit(lambda state: 1)
f(State(jnp.ones(3))), f(State(jnp.zeros(3)))
"""
    ],
}
"""Lines that raise what a page names besides that which its example shows."""

VARIES: dict[str, set[str]] = {"jax-donated-buffer-reuse": {"ValueError"}}
"""Classes that only some versions of JAX raise: a page may name them where this one does not."""

RUN = """
import json, sys, warnings
from pathlib import Path
import jax, jax.numpy as jnp, numpy as np
from jaxlint.verify.expect import Raises, Warns
from jaxlint.verify.isolation import isolated
from jaxlint.verify.runtime import quiet
from jaxlint.verify.sides import SideName, MissingModule, lesson
from jaxlint.verify.subjects import subject_of

def raised(function):
    with quiet(), isolated(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            function()
        except Exception as error:
            yield type(error).__name__, str(error)
        for warning in caught:
            yield warning.category.__name__, str(warning.message)

def of_case(found, case):
    "What the case is about: the exception; or the warnings of the class that it says, and not what else is deprecated."
    is_error = isinstance(case.fails, Raises)
    stated = case.fails.error if is_error else case.fails.category
    for kind, message in raised(lambda: subject_of(found, case).callee(SideName.BAD)(case.bad_inputs)):
        if kind == stated.rpartition(".")[2] or is_error and not kind.endswith("Warning"):
            yield kind, message

def of_line(line):
    return raised(lambda: exec(line, {"jax": jax, "jnp": jnp, "np": np}))

order = json.load(sys.stdin)
answer = {}
for symbol, lines in order["more"].items():
    try:
        found = lesson(Path(order["examples"]) / symbol)
    except MissingModule:
        continue
    cases = [case for case in found.cases if isinstance(case.fails, (Raises, Warns))]
    answer[symbol] = {
        "example": [one for case in cases for one in of_case(found, case)],
        "more": [one for line in lines for one in of_line(line)],
    }
json.dump(answer, sys.stdout)
"""


@pytest.fixture(scope="module")
def raised() -> dict[str, dict[str, list[tuple[str, str]]]]:
    """What JAX raises for each rule: class and message. In a process of its own, as everything that runs examples."""
    more = {rule.symbol: MORE.get(rule.symbol, []) for rule in RULES}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps({"examples": str(EXAMPLES), "more": more}),
        env={**os.environ, "JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def prose(rule: Rule, heading: str | None = None) -> str:
    """The page without its code and references; or what stands under a heading."""
    text = rule.explanation.partition("\nReferences\n")[0]
    if heading is not None:
        text = text.partition(f"\n{heading}\n")[2].partition("\nWrite instead\n")[0]
    return "\n".join(line for line in text.splitlines() if not line.startswith("    "))


def quotes(text: str) -> list[re.Pattern[str]]:
    """The messages that are quoted, in which … stands for anything."""
    found = [" ".join(quote.split()) for quote in re.findall(r'"([^"]+)"', text)]
    return [re.compile(".*".join(map(re.escape, quote.split("…"))), re.DOTALL) for quote in found]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.symbol)
def test_a_page_says_what_jax_raises(rule: Rule, raised: dict[str, dict[str, list[tuple[str, str]]]]) -> None:
    if rule.symbol not in raised:
        pytest.skip("what the example needs is not installed")
    shown = raised[rule.symbol]
    if any("flax" in line for line in MORE.get(rule.symbol, ())) and importlib.util.find_spec("flax") is None:
        pytest.skip("flax is not installed")
    on_page, said = set(NAMED.findall(prose(rule))), set(NAMED.findall(prose(rule, "Why")))
    by_run = {kind for kind, _ in (*shown["example"], *shown["more"])}
    assert {kind for kind, _ in shown["example"]} <= on_page, "the example raises what the page does not name"
    assert said - VARIES.get(rule.symbol, set()) <= by_run, "the page names what nothing here raises"
    messages = [message for _, message in (*shown["example"], *shown["more"])]
    unseen = [quote.pattern for quote in quotes(prose(rule, "Why")) if not any(map(quote.search, messages))]
    assert unseen == [], "the page quotes what nothing here says"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.severity is Severity.ERROR], ids=lambda rule: rule.symbol)
def test_the_page_of_an_error_names_a_class(rule: Rule) -> None:
    assert NAMED.search(prose(rule, "Why"))


def test_every_line_here_belongs_to_a_rule() -> None:
    assert set(MORE) | set(VARIES) <= {rule.symbol for rule in RULES}
