"""Holds the linter against JAX on random programs that nobody wrote with a rule in mind.

    python benchmarks/fuzz.py --minutes 5               as many programs as that takes, from seed 0
    python benchmarks/fuzz.py --programs 1000 --seed 7  so many, from another seed
    python benchmarks/fuzz.py --show 1234               the program of one seed, its findings and what JAX does

Each program is run under JAX and linted, in processes that are ended when one hangs. Prints what they agree on and
not, by rule and by error; `--cases FOLDER` writes the smallest program that shows each disagreement, as Markdown. The exit
status is 1 when there are false alarms.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

os.environ.setdefault("JAX_PLATFORMS", "cpu")
# What the programs compute does not matter here, only how long compiling takes.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

from random_programs import Judgement, Program, Tally, Trouble, judge, lint, random_program, run, shrink
from random_programs.judging import Disagreement

FORK = multiprocessing.get_context("fork")
"""Copies this process, which has imported JAX and started no backend: the only time when a fork is safe."""

BATCH = 40
"""Programs for one process: JAX keeps what it compiled, so a process that runs on and on grows."""

SECONDS = 60.0
"""For one program, shrinking excepted; one takes half a second."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one program showed, and the smallest one that shows each of its disagreements."""

    seed: int
    judgement: Judgement = field(default_factory=Judgement)
    broken: str = ""
    smallest: tuple[tuple[Disagreement, Program], ...] = ()


def examine(program: Program) -> tuple[Judgement, str]:
    """Run and lint; the text says why nothing can be told of the program."""
    outcome = run(program)
    if outcome.broken:
        return Judgement(), outcome.broken
    return judge(program, outcome, lint(program)), ""


def report(seed: int, *, shrinks: bool) -> Report:
    """Examine the program of a seed."""
    program = random_program(seed)
    judgement, broken = examine(program)
    smallest = []
    for disagreement in judgement.disagreements if shrinks else ():
        smallest.append((disagreement, shrink(program, lambda smaller, d=disagreement: _shows(smaller, d))))  # type: ignore[misc]
    return Report(seed, judgement, broken, tuple(smallest))


def _shows(program: Program, disagreement: Disagreement) -> bool:
    try:
        judgement, broken = examine(program)
    except (RuntimeError, SyntaxError):
        return False
    same = (disagreement.trouble, disagreement.about)
    return not broken and same in {(d.trouble, d.about) for d in judgement.disagreements} and not judgement.other


def work(seeds: range, shrinks: bool, results: Connection) -> None:
    """In the forked process: reports on one seed after the other."""
    for seed in seeds:
        try:
            results.send(report(seed, shrinks=shrinks))
        except Exception as error:  # told, and looked at like a false alarm
            results.send(Report(seed, broken=f"fault: {type(error).__name__}: {error}"))
    results.close()
    os._exit(0)  # JAX's threads, copied by the fork in name only, are not waited for


def reports(first: int, count: int, jobs: int, end: float, *, shrinks: bool) -> Iterator[Report]:
    """Reports on seeds from `first`, until there are `count` or the time is over."""
    running: dict[Connection, tuple[range, ForkProcess, float, list[int]]] = {}
    following = first
    limit = SECONDS * (10 if shrinks else 1)
    while running or (following < first + count and time.monotonic() < end):
        while len(running) < jobs and following < first + count and time.monotonic() < end:
            seeds = range(following, min(following + BATCH, first + count))
            following = seeds.stop
            _start(seeds, shrinks, running, limit)
        for pipe in wait(list(running), timeout=1.0):
            assert isinstance(pipe, Connection)
            seeds, process, _, done = running[pipe]
            try:
                result: Report = pipe.recv()
            except EOFError:
                process.join()
                del running[pipe]
                if len(done) < len(seeds):
                    yield Report(seeds[len(done)], broken="the process died")
                    _start(seeds[len(done) + 1 :], shrinks, running, limit)
                continue
            done.append(result.seed)
            running[pipe] = (seeds, process, time.monotonic() + limit, done)
            yield result
        for _, process, deadline, _ in list(running.values()):
            if time.monotonic() > deadline:
                process.kill()


def _start(
    seeds: range, shrinks: bool, running: dict[Connection, tuple[range, ForkProcess, float, list[int]]], limit: float
) -> None:
    if not seeds:
        return
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=work, args=(seeds, shrinks, theirs))
    process.start()
    theirs.close()
    running[ours] = (seeds, process, time.monotonic() + limit, [])


def as_case(disagreement: Disagreement, program: Program) -> str:
    """A program as a literate case, to be told what it expects."""
    files = sorted(program.files.items(), reverse=True)
    blocks = "".join(f"\n`{file}`:\n```py\n{text}```\n" for file, text in files)
    return f"# {disagreement.about}\n\n{disagreement.text}\n{blocks}"


def show(seed: int) -> None:
    """Print one program with what the rules and JAX say of it."""
    program = random_program(seed)
    outcome = run(program)
    findings = lint(program)
    for name, text in sorted(program.files.items()):
        print(f"# {name}")
        for number, line in enumerate(text.splitlines(), 1):
            said = [f"{f.severity} {f.symbol}" for f in findings if f.place == (name, number)]
            print(f"{number:4} {line}{'   # <- ' + ', '.join(said) if said else ''}")
    print(outcome.broken)
    for entry in outcome.entries:
        print(f"raised {entry.raised}\nkeys {entry.keys}\nleaks {entry.leaks}")
    for disagreement in judge(program, outcome, findings).disagreements:
        print(disagreement)


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="Holds the linter against JAX on random programs.")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--programs", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", type=int, metavar="SEED")
    parser.add_argument("--cases", type=Path, metavar="FOLDER", help="write the smallest program of each disagreement")
    options = parser.parse_args()
    if options.show is not None:
        show(options.show)
        return 0
    tally, seen = Tally(), dict[tuple[Trouble, str], int]()
    end = time.monotonic() + 60 * options.minutes
    for result in reports(options.seed, options.programs, options.jobs, end, shrinks=options.cases is not None):
        tally.add(result.judgement)
        if result.broken:
            tally.broken += 1
            print(f"seed {result.seed}: {result.broken}", flush=True)
        for disagreement in result.judgement.disagreements:
            same = (disagreement.trouble, disagreement.about)
            seen[same] = seen.get(same, 0) + 1
            if seen[same] <= 5:
                print(f"seed {result.seed}: {disagreement}", flush=True)
        for number, (disagreement, program) in enumerate(result.smallest):
            options.cases.mkdir(parents=True, exist_ok=True)
            path = options.cases / f"{disagreement.trouble.name.lower()}-{result.seed}-{number}.md"
            path.write_text(as_case(disagreement, program), encoding="utf-8")
    print(tally)
    return 1 if tally.false else 0


if __name__ == "__main__":
    sys.exit(main())
