"""Which mutations are mistakes, and which of these the rules see.

A mutation is confirmed when a test that covers it raises an error that the rules are about, from the function or through
it, or when the judge of its kind sees it. It is found when there is a finding that the file as it was does not have: on a
line that was changed or beside it, on one that the error's traceback names, or for what raises nothing anywhere in the
function.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from mutations.mutation import Judge, Mutation
from mutations.running import Outcome
from mutations.source import Mutant, Source
from random_programs.judging import CATALOGUE
from random_programs.programs import Finding, Place, Raised

FURTHER: tuple[tuple[str, str], ...] = (
    ("TypeError", r"Only scalar arrays can be converted to Python scalars"),
    ("TypeError", r"only 0-dimensional arrays can be converted to Python scalars"),
    ("TypeError", r"Gradient only defined for"),
    ("TypeError", r"unhashable type: '(list|\w+Tracer)'"),
    ("TypeError", r"'list' object cannot be interpreted as an integer"),
    ("ValueError", r"The truth value of an array with more than one element is ambiguous"),
    ("TypeError", r"iteration over a 0-d array"),
    ("TypeError", r"\w+ requires (an array|ndarray|array)"),
    ("TypeError", r"axis_name|.*unbound axis"),
    ("ValueError", r"(vmap|pmap) "),
    ("ValueError", r"(Expected|Custom node|Dict key|Mismatch|Tuple arity|List arity|Arity|Named)"),
    ("TypeError", r"(scan|while_loop|fori_loop|cond) .*(carry|must|output)"),
    ("TypeError", r".*pytree"),
    ("ValueError", r".*argnums"),
    ("ValueError", r"\w+ accepts a single key, but was given a key array"),
    ("ValueError", r"Non-hashable static arguments"),
    ("AttributeError", r"jax\.\w+ (was|is) (deprecated|removed)|module 'jax.*' has no attribute"),
    ("TypeError", r"unhashable type"),
    ("ValueError", r"axes|.*out_axes"),
    ("TypeError", r"(list|tuple) indices must be integers or slices, not"),
    ("TypeError", r"can't multiply sequence by non-int of type '\w+Tracer'"),
)
"""Errors beside those of random programs that the rules are about: the class, and how the message begins."""


BESIDE = 2
"""How many lines a finding may be away: a statement goes over several."""


class Verdict(Enum):
    """What came of a mutation."""

    FOUND = "found"
    MISSED = "missed"
    RIGHT = "no mistake"
    OTHER = "another error"
    BROKEN = "not told"


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutation with what its tests and the rules say of it.

    Attributes:
        findings: those near its place.
    """

    mutation: Mutation
    verdict: Verdict
    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        raised = self.outcome.raised
        said = f"{raised.kind}: {raised.message[:100]}" if raised else self.outcome.broken
        told = ", ".join(sorted({finding.symbol for finding in self.findings}))
        return f"{self.verdict.value}: {self.mutation}" + "".join(f"\n        {text}" for text in (said, told) if text)


def is_catalogued(raised: Raised) -> bool:
    """Whether the rules are about such an error."""
    return any(raised.kind == kind and re.match(message, raised.message) for kind, message in (*CATALOGUE, *FURTHER))


def lines_of(function: str, text: str, file: str) -> range:
    """The lines of a function in a text."""
    for each in Source(file, text).functions:
        if each.name == function:
            first = min([each.node.lineno, *(decorator.lineno for decorator in each.node.decorator_list)])
            return range(first, (each.node.end_lineno or first) + 1)
    return range(0)


def near(mutation: Mutation, mutant: Mutant, outcome: Outcome, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the findings that speak of the mutation."""
    file = mutation.function.source.path
    places: set[Place] = {(file, line + beside) for line in mutant.lines for beside in range(-BESIDE, BESIDE + 1)}
    if outcome.raised is not None:  # JAX's checker of keys raises, too
        places.update(outcome.raised.frames)
    if mutation.kind.judge is not Judge.RAISES:
        places.update((file, line) for line in lines_of(mutation.function.name, mutant.text, file))
    return tuple(finding for finding in findings if finding.place in places)


def judge(mutation: Mutation, mutant: Mutant, outcome: Outcome, findings: Sequence[Finding]) -> Judged:
    """Compare what the tests of a mutant say with the findings that were added by it."""
    told = near(mutation, mutant, outcome, findings)
    if outcome.broken:
        return Judged(mutation, Verdict.BROKEN, outcome, told)
    raised = outcome.raised
    if mutation.kind.judge is not Judge.RAISES:
        confirmed = outcome.shown
    else:
        file = mutation.function.source.path
        own = {(file, line) for line in lines_of(mutation.function.name, mutant.text, file)}
        confirmed = raised is not None and is_catalogued(raised) and bool(own.intersection(raised.frames))
    if confirmed:
        return Judged(mutation, Verdict.FOUND if told else Verdict.MISSED, outcome, told)
    return Judged(mutation, Verdict.RIGHT if raised is None else Verdict.OTHER, outcome, told)


@dataclass(slots=True)
class Tally:
    """Judged mutations, summed by kind, by package and by rule."""

    kinds: dict[str, Counter[Verdict]] = field(default_factory=dict)
    packages: dict[str, Counter[Verdict]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)

    def add(self, package: str, judged: Judged) -> None:
        """Count one in."""
        self.packages.setdefault(package, Counter())[judged.verdict] += 1
        if judged.verdict is Verdict.OTHER and judged.outcome.raised is not None:
            self.others[f"{judged.outcome.raised.kind}: {judged.outcome.raised.message[:60]}"] += 1
        self.kinds.setdefault(judged.mutation.kind.name, Counter())[judged.verdict] += 1
        if judged.verdict is Verdict.FOUND:
            self.rules.update({finding.symbol for finding in judged.findings})

    @property
    def share(self) -> float:
        """The share of the confirmed mutations that were found; 1 of none."""
        found = sum(counts[Verdict.FOUND] for counts in self.kinds.values())
        missed = sum(counts[Verdict.MISSED] for counts in self.kinds.values())
        return found / (found + missed) if found + missed else 1.0

    def __str__(self) -> str:
        lines = [f"{'kind of mutation':38}  made  no mistake  other  not told  confirmed  found"]
        total: Counter[Verdict] = Counter()
        for name, counts in sorted(self.kinds.items()):
            lines.append(_row(name, counts))
            total.update(counts)
        lines += ["", *(_row(name, counts) for name, counts in sorted(self.packages.items()))]
        lines += [_row("all", total), "", f"{'rule':38}  found"]
        lines += [f"{symbol:38} {count:6}" for symbol, count in self.rules.most_common()]
        lines += ["", f"found {100 * self.share:.1f}% of {total[Verdict.FOUND] + total[Verdict.MISSED]} confirmed"]
        lines += [f"{count:6} missed: {cause}" for cause, count in self.causes.most_common()]
        lines += ["", *(f"{count:6} raised, and no rule's matter: {text}" for text, count in self.others.most_common(20))]
        if self.elsewhere:
            lines += ["added elsewhere: " + ", ".join(f"{symbol} {count}" for symbol, count in self.elsewhere.most_common())]
        return "\n".join(lines)


def _row(name: str, counts: Counter[Verdict]) -> str:
    confirmed = counts[Verdict.FOUND] + counts[Verdict.MISSED]
    return (
        f"{name:38} {counts.total():5} {counts[Verdict.RIGHT]:11} {counts[Verdict.OTHER]:6} {counts[Verdict.BROKEN]:9}"
        f" {confirmed:10} {counts[Verdict.FOUND]:6}"
    )
