"""All mutations that can be made in a package, in a random order that gives each kind and each function its turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from mutations.covering import Coverage
from mutations.mutation import Kind, Mutation, Place
from mutations.source import Source


def mutations(folder: Path, coverage: Coverage, kinds: Sequence[Kind], seed: int) -> Iterator[Mutation]:
    """One of each kind, then a second one of each, …; those of a kind in functions that had none yet come first."""
    random = Random(f"{folder.name} {seed}")
    queues = {kind: _spread(made, random) for kind, made in _all(folder, coverage, kinds).items() if made}
    while queues:
        for kind in [*queues]:
            yield queues[kind].pop()
            if not queues[kind]:
                del queues[kind]


def _spread(made: list[Mutation], random: Random) -> list[Mutation]:
    """Shuffled; taken from the end, each function comes once before one comes twice."""
    random.shuffle(made)
    counts: Counter[str] = Counter()
    turns: list[tuple[int, Mutation]] = []
    for mutation in made:
        where = f"{mutation.function.source.path} {mutation.function.name}"
        turns.append((counts[where], mutation))
        counts[where] += 1
    return [mutation for _, mutation in sorted(turns, key=lambda turn: turn[0], reverse=True)]


def _all(folder: Path, coverage: Coverage, kinds: Iterable[Kind]) -> dict[Kind, list[Mutation]]:
    found: dict[Kind, list[Mutation]] = defaultdict(list)
    under, ran = coverage.functions(traced=True), coverage.functions(traced=False)
    for path in sorted(folder.rglob("*.py")):
        file = path.relative_to(folder.parent).as_posix()
        if not any(where[0] == file for where in ran):
            continue
        source, is_test = Source(file, path.read_text(encoding="utf-8")), "test" in path.name
        for function in source.functions:
            names = (coverage.names.get((file, each), set()) for each in (function.name, *function.outer))
            place = Place(function, frozenset().union(*names))
            for kind in kinds:
                if (file, function.name) in (under if kind.traced else ran) and not (is_test and kind.traced):
                    found[kind] += (Mutation(kind, function, edits) for edits in kind.make(place))
    return found
