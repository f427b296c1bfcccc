"""What many programs showed: the table that is printed, and the file in which it is kept from one run to the next."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from jaxlint.checkers import CHECKERS

from jaxlint.rules import Severity
from random_programs.campaign import Report
from random_programs.judging import KEYS, LEAKS, PRINTS, Disagreement, Judgement, Trouble

GROUPS = {
    "keys and leaks": frozenset({KEYS, "leak", *LEAKS}),
    "what is silent": frozenset({"runs once", "a tracer printed", "traced again"}),
}
"""What JAX says only when it is asked; the rest it raises."""

RAISES = "what raises"
NOBODY = "(an error that no rule told)"
RULE_OF = {KEYS: KEYS, "leak": "jax-tracer-leak", "a tracer printed": PRINTS, "traced again": "jax-jit-in-loop"}
"""The rules of what is silent; "runs once" has several."""


def errors() -> set[str]:
    """The rules that say that JAX raises, of those that are on by default."""
    rules = (rule for checker in CHECKERS for rule in checker.rules)
    return {rule.symbol for rule in rules if rule.severity is Severity.ERROR and rule.default}


@dataclass(slots=True)
class Tally:
    """Judgements of many programs, summed."""

    programs: int = 0
    broken: int = 0
    agreed: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    by: Counter[tuple[str, str]] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    undecided: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)

    def add(self, judgement: Judgement, broken: str) -> None:
        """Count one program in."""
        self.programs += 1
        self.broken += bool(broken)
        self.agreed.update(judgement.agreed)
        self.told.update(judgement.told)
        self.by.update((error, rule) for error, rule in judgement.by)
        self.undecided.update(judgement.undecided)
        self.other.update(judgement.other)
        for disagreement in judgement.disagreements:
            counter = self.false if disagreement.trouble is Trouble.FALSE else self.missed
            counter[disagreement.about] += 1

    def __str__(self) -> str:
        told, missed = self._by_rule()
        lines = [f"{self.programs} programs, {self.broken} of them broken", ""]
        lines.append(f"{'findings, and the errors that are theirs':60}  right  false  open   told missed")
        for symbol in sorted({*self.agreed, *self.false, *self.undecided, *told, *missed}):
            said = f"{self.agreed[symbol]:6} {self.false[symbol]:6} {self.undecided[symbol]:5}"
            lines.append(f"{symbol:60} {said} {told[symbol]:6} {missed[symbol]:6}")
        if idle := sorted(errors() - {*self.agreed, *told}):
            lines += ["", "rules about errors that no program shows: " + ", ".join(idle)]
        lines += ["", f"{'what JAX says':60}   told missed"]
        for error in sorted({*self.told, *self.missed}):
            lines.append(f"{error[:60]:60} {self.told[error]:6} {self.missed[error]:6}")
        lines += ["", *self._summary()]
        if self.other:
            others = (f"{count:6} {name}" for name, count in self.other.most_common(12))
            lines += ["", "errors that no rule is about:", *others]
        return "\n".join(lines)

    def _by_rule(self) -> tuple[Counter[str], Counter[str]]:
        """The errors told and missed, by rule: one that was missed belongs to the rule that most often tells it."""
        told, missed = Counter[str](), Counter[str]()
        owners = dict[str, tuple[int, str]]()
        for (error, rule), count in self.by.items():
            told[rule] += count
            owners[error] = max(owners.get(error, (0, "")), (count, rule))
        for error, count in self.missed.items():
            missed[owners[error][1] if error in owners else RULE_OF.get(error, NOBODY)] += count
        return told, missed

    def _summary(self) -> Iterator[str]:
        grouped = {about for group in GROUPS.values() for about in group}
        raising = {*self.told, *self.missed} - grouped
        for name, group in {RAISES: raising, **GROUPS}.items():
            told, missed = (sum(counter[about] for about in group) for counter in (self.told, self.missed))
            yield f"{name}: found {100 * told / max(told + missed, 1):.1f}% of {told + missed}"
        yield f"false alarms {self.false.total()} of {self.false.total() + self.agreed.total()} that are decided"


class Results:
    """Reports in a file, a line each; without a file there are none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seeds: set[int] = set()

    def __contains__(self, seed: int) -> bool:
        return seed in self._seeds

    def earlier(self) -> Iterator[tuple[Judgement, str]]:
        """What the file holds."""
        if self._path is None or not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8").splitlines():
            seed, broken, kept = json.loads(line)
            self._seeds.add(seed)
            kept["disagreements"] = [
                Disagreement(Trouble(trouble), about, (file, number), text)
                for trouble, about, (file, number), text in kept["disagreements"]
            ]
            yield Judgement(**kept), broken

    def add(self, report: Report) -> None:
        """Write one more."""
        if self._path is None:
            return
        judgement = asdict(report.judgement)
        judgement["disagreements"] = [(d.trouble.value, d.about, d.place, d.text) for d in report.judgement.disagreements]
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps((report.seed, report.broken, judgement)) + "\n")
