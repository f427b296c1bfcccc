"""Compares what JAX did with what the rules say, both ways.

An error of JAX's that the catalogue knows has to have an E finding on the line where it arose, or on a line of the program
that led there. An E finding on a line that ran is a false alarm when no entry of the program raised anything. What cannot be
told from a run (a finding on a line that did not run, or that a run may not have come to since it raised before) is counted
as open. The silent rules have judges of their own: JAX's checkers of keys and leaks, and what runs in the second call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from random_programs.programs import Entry, Finding, Outcome, Place, Program, Raised

CATALOGUE: tuple[tuple[str, str], ...] = (
    ("TracerBoolConversionError", ""),
    ("ConcretizationTypeError", ""),
    ("TracerArrayConversionError", ""),
    ("TracerIntegerConversionError", ""),
    ("NonConcreteBooleanIndexError", ""),
    ("KeyReuseError", ""),
    ("TypeError", r"JAX arrays are immutable"),
    ("TypeError", r"unsupported format string passed to"),
    ("TypeError", r"Integers cannot be raised to negative powers"),
    ("TypeError", r"cond branch outputs must have the same pytree structure"),
    ("TypeError", r"cond branches must have equal output types"),
    ("TypeError", r"scan body output must be a pair"),
    ("TypeError", r"differentiating with respect to argnums="),
    ("TypeError", r"unsupported operand type\(s\) for .*(Tracer|ArrayImpl)' and '(list|tuple|dict)'"),
    ("TypeError", r"unsupported operand type\(s\) for .*'(list|tuple|dict)' and '.*(Tracer|ArrayImpl)"),
    ("TypeError", r"vmap in_axes must be"),
    ("ValueError", r"vmap in_axes must be"),
    ("IndexError", r"Slice entries must be static integers"),
    ("TypeError", r"scan body function carry input and carry output must have the same"),
    ("TypeError", r".*<lambda>\(\) (takes|missing) \d+"),
    ("TypeError", r"unexpected PRNG key type"),
    ("ValueError", r"pytree structure error"),
    ("AttributeError", r"The 'block_until_ready' method is not available"),
    ("AttributeError", r"\w*(Tracer|ArrayImpl) has no attribute"),
    ("AttributeError", r"'\w*(Tracer|ArrayImpl)' object has no attribute '(scale|fill)'"),
    ("NameError", r"(Found an )?unbound axis name"),
    ("TypeError", r"Shapes must be 1D sequences of concrete values"),
    ("TypeError", r"unhashable type: '.*(Tracer|ArrayImpl)"),
    ("TypeError", r"(scan|fori_loop|while_loop) body function carry input and carry output must have equal types"),
    ("TypeError", r"body_fun output and input must have identical types"),
    ("TypeError", r"true_fun (output )?and false_fun output must have (identical|equal) types"),
    ("TypeError", r"\w+ requires ndarray or scalar arguments"),
    ("TypeError", r"(grad|jacfwd|jacrev|value_and_grad) requires (real|\w+-valued)"),
    ("TypeError", r"Gradient only defined for scalar-output functions"),
    ("TypeError", r"Argument '.*' of type .* is not a valid JAX type"),
    ("TypeError", r"Value .* with type .* is not a valid JAX type"),
    ("TypeError", r"Error interpreting argument to .* as an abstract array"),
    ("TypeError", r"Cannot interpret value of type"),
    ("TypeError", r"function .* returned a value of type .* which is not a valid JAX type"),
    ("ValueError", r"Non-hashable static arguments"),
    ("ValueError", r"Reverse-mode differentiation does not work for lax\.(while_loop|fori_loop)"),
    ("IndexError", r"Array slice indices must have static start/stop/step"),
    ("AttributeError", r"'numpy\.ndarray' object has no attribute 'at'"),
    ("RuntimeError", r"Array has been deleted"),
    ("ValueError", r"The truth value of an array with more than one element is ambiguous"),
    ("NotImplementedError", r"out argument of|The 'out' argument to"),
    ("OverflowError", r"An overflow was encountered while parsing an argument"),
    ("TypeError", r"'(float|int|Array)' object is not callable"),
    ("TypeError", r"switch branch outputs must have|switch branches must have"),
    ("TypeError", r"while_loop body function carry|body_fun output"),
    ("TypeError", r"primal and tangent arguments to jax\.jvp|grad_with_aux|has_aux"),
    ("TypeError", r"expected function with aux output to return a two-element tuple"),
    ("TypeError", r"Array\.__contains__: unsupported operand type"),
    ("ValueError", r"Cannot extract graph node from different trace level"),
    ("ValueError", r"INVALID_ARGUMENT: Invalid buffer passed"),
    ("ModifyScopeVariableError", ""),
    ("InvalidRngError", ""),
    ("CallCompactUnboundModuleError", ""),
    ("TraceContextError", ""),
    ("ValueError", r"All `hk\.Module`s must be initialized inside an `hk\.transform`"),
    ("ValueError", r"`hk\.\w+` must be used as part of an `hk\.transform`"),
    ("ValueError", r"You are using a transformation that requires the current value of parameters"),
)
"""Errors that the rules are about: the class, and how the message begins (empty: any)."""

ELSEWHERE: tuple[tuple[str, str, str], ...] = (
    ("UnexpectedTracerError", "", "jax-tracer-leak"),
    ("TypeError", r"(Custom VJP bwd|Custom JVP) rule", "jax-custom-rule"),
    ("AttributeError", r"No (VJP|JVP) defined for", "jax-custom-rule"),
)
"""Errors that JAX raises far from the mistake, with the rule that tells where that is."""

KEYS = "jax-key-reuse"
LEAKS = frozenset({"jax-tracer-leak", "jax-cached-traced"})
ONCE = frozenset({"jax-global-rng", "jax-clock-in-traced", "jax-captured-state-write"})
HOST_CALLS = re.compile(r"\b(np\.random\.\w+|random\.random|time\.time)\(|HISTORY\.append\(1\)")
"""What the rules of `ONCE` are about, as random programs write it."""
PRINTS = "jax-print-in-traced"
RETRACING = frozenset({"jax-jit-in-loop", "jax-varying-static"})


class Trouble(Enum):
    """How the linter and JAX disagree."""

    FALSE = "false alarm"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where they do; `about` is the rule, or the error that no rule told."""

    trouble: Trouble
    about: str
    place: Place
    text: str


@dataclass(slots=True)
class Judgement:
    """What a program shows.

    Attributes:
        agreed: findings that JAX confirmed, by rule.
        told: errors that were told, by error.
        by: the same errors, each with a rule that told it.
        disagreements: findings and errors of which one is without the other.
        undecided: findings of which the run shows nothing.
        other: errors that no rule is about.
    """

    agreed: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    by: list[tuple[str, str]] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def tell(self, error: str, rule: str) -> None:
        """Count an error that a rule told."""
        self.told.append(error)
        self.by.append((error, rule))


def catalogued(raised: Raised) -> str:
    """The name of an error that the rules are about, empty for another one."""
    for kind, message in CATALOGUE:
        if _is(raised, kind, message):
            return f"{kind}: {message}" if message else kind
    return next((f"{kind}: {message}" for kind, message, _ in ELSEWHERE if _is(raised, kind, message)), "")


def _is(raised: Raised, kind: str, message: str) -> bool:
    return raised.kind == kind and re.match(message, raised.message) is not None


def _told(raised: Raised, findings: Sequence[Finding], flagged: Mapping[Place, str]) -> str:
    """The rule that told an error: on the line where it arose, on one that led there, or elsewhere; else empty."""
    here = (flagged[place] for place in reversed(raised.frames) if place in flagged)
    return next(here, "") or _told_elsewhere(raised, findings)


def _told_elsewhere(raised: Raised, findings: Sequence[Finding]) -> str:
    rules = {rule for kind, message, rule in ELSEWHERE if _is(raised, kind, message)}
    return next((finding.symbol for finding in findings if finding.symbol in rules), "")


def judge(program: Program, outcome: Outcome, findings: Sequence[Finding]) -> Judgement:
    """Compare the run of a program with its findings."""
    result = Judgement()
    _errors(outcome.entries, findings, result)
    _alarms(outcome.entries, findings, result)
    _keys(outcome.entries, findings, result)
    _leaks(outcome.entries, findings, result)
    _once(program, outcome.entries, findings, result)
    _prints(outcome.entries, findings, result)
    _retraces(outcome.entries, findings, result)
    return result


def _errors(entries: Iterable[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    flagged = {finding.place: finding.symbol for finding in findings if finding.severity == "E"}
    for raised in dict.fromkeys(entry.raised for entry in entries if entry.raised):
        name = catalogued(raised)
        if not name:
            result.other.append(f"{raised.kind}: {raised.message[:60]}")
        elif symbol := _told(raised, findings, flagged):
            result.tell(name, symbol)
        else:
            place = raised.frames[-1] if raised.frames else ("", 0)
            result.disagreements.append(Disagreement(Trouble.MISSED, name, place, raised.message))


def _alarms(entries: Sequence[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    ran = frozenset[Place]().union(*(entry.first for entry in entries))
    raised = [entry.raised for entry in entries if entry.raised]
    guilty = {frame for error in raised for frame in error.frames}
    leaked = any(entry.leaks for entry in entries)
    for finding in findings:
        if finding.severity != "E" or finding.symbol in LEAKS:
            continue
        if finding.place in guilty:
            result.agreed.append(finding.symbol)
        elif finding.place not in ran or raised or leaked:
            result.undecided.append(finding.symbol)
        else:
            result.disagreements.append(Disagreement(Trouble.FALSE, finding.symbol, finding.place, finding.text))


def _keys(entries: Sequence[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    places = {finding.place: finding for finding in findings if finding.symbol == KEYS}
    confirmed: set[Place] = set()
    for entry in entries:
        if entry.raised is not None:
            continue
        told = [place for place in places if place in entry.first | entry.checked]
        if entry.keys is None:
            continue
        if entry.keys.kind != "KeyReuseError":
            result.other.append(f"keys: {entry.keys.kind}: {entry.keys.message[:60]}")
        elif told:
            result.tell(KEYS, KEYS)
            confirmed.update(told)
        else:
            place = entry.keys.frames[-1] if entry.keys.frames else ("", 0)
            result.disagreements.append(Disagreement(Trouble.MISSED, KEYS, place, entry.keys.message))
    settled = not any(entry.raised or entry.keys for entry in entries)
    ran = frozenset[Place]().union(*(entry.first for entry in entries))
    for place, finding in places.items():
        if place in confirmed:
            result.agreed.append(KEYS)
        elif settled and place in ran:
            result.disagreements.append(Disagreement(Trouble.FALSE, KEYS, place, finding.text))
        else:
            result.undecided.append(KEYS)


def _leaks(entries: Sequence[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    told = [finding for finding in findings if finding.symbol in LEAKS]
    ran = frozenset[Place]().union(*(entry.first for entry in entries))
    leaks = [entry for entry in entries if entry.leaks and "Leaked" in entry.leaks.message]
    for entry in leaks:
        if symbol := next((finding.symbol for finding in told if finding.place in entry.checked), ""):
            result.tell("leak", symbol)
        else:
            result.disagreements.append(Disagreement(Trouble.MISSED, "leak", ("", 0), str(entry.leaks)))
    for finding in told:
        if any(finding.place in entry.checked for entry in leaks):
            result.agreed.append(finding.symbol)
        elif any(entry.raised or entry.leaks for entry in entries) or finding.place not in ran:
            result.undecided.append(finding.symbol)
        else:
            result.disagreements.append(Disagreement(Trouble.FALSE, finding.symbol, finding.place, finding.text))


def _once(program: Program, entries: Sequence[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    """What draws or asks for the time in code that the second call does not run any more."""
    calls = set(_host_calls(program))
    told = {finding.place: finding for finding in findings if finding.symbol in ONCE}
    if any(entry.raised for entry in entries):
        result.undecided += [finding.symbol for finding in told.values()]
        return
    once = {place for entry in entries for place in entry.first - entry.second if place in calls}
    again = {place for entry in entries for place in entry.second}
    for place in once:
        if place in told:
            result.tell("runs once", told[place].symbol)
            result.agreed.append(told[place].symbol)
        else:
            result.disagreements.append(Disagreement(Trouble.MISSED, "runs once", place, program.line(place)))
    for place, finding in told.items():
        if place in again and place not in once:
            # Eagerly called code that builds a jaxpr (`scan`, a fresh `jit`) traces again in each call.
            result.undecided.append(finding.symbol)


def _host_calls(program: Program) -> Iterator[Place]:
    for name, text in program.files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if HOST_CALLS.search(line):
                yield name, number


def _prints(entries: Sequence[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    """Tracers that are printed: the text is the same in each call, where the value should differ."""
    printed = frozenset[Place]().union(*(entry.printed for entry in entries))
    ran = frozenset[Place]().union(*(entry.first for entry in entries))
    told = {finding.place: finding for finding in findings if finding.symbol == PRINTS}
    for place in printed:
        if place in told:
            result.tell("a tracer printed", PRINTS)
        else:
            result.disagreements.append(Disagreement(Trouble.MISSED, "a tracer printed", place, PRINTS))
    for place, finding in told.items():
        if place in printed:
            result.agreed.append(PRINTS)
        elif place not in ran or any(entry.raised for entry in entries):
            result.undecided.append(PRINTS)
        else:
            result.disagreements.append(Disagreement(Trouble.FALSE, PRINTS, place, finding.text))


def _retraces(entries: Sequence[Entry], findings: Sequence[Finding], result: Judgement) -> None:
    """What is traced again, in one call or in the next, as JAX counts it."""
    told = {finding.place: finding for finding in findings if finding.symbol in RETRACING}
    for frames in {frames for entry in entries if not entry.raised for frames in entry.retraced}:
        if symbol := next((told[place].symbol for place in frames if place in told), ""):
            result.tell("traced again", symbol)
        else:
            result.disagreements.append(Disagreement(Trouble.MISSED, "traced again", frames[-1], "in one call"))
    again = {place for entry in entries for place in entry.again}
    again |= {place for entry in entries for frames in entry.retraced for place in frames}
    ran = {place for entry in entries for place in entry.second}
    for place, finding in told.items():
        if place in again:
            result.agreed.append(finding.symbol)
        elif place not in ran:
            result.undecided.append(finding.symbol)
        else:
            result.disagreements.append(Disagreement(Trouble.FALSE, finding.symbol, place, finding.text))
