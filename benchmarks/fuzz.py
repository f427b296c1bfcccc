"""Holds the linter against JAX on random programs that nobody wrote with a rule in mind.

    python benchmarks/fuzz.py --minutes 5               as many programs as that takes, from seed 0
    python benchmarks/fuzz.py --programs 1000 --seed 7  so many, from another seed
    python benchmarks/fuzz.py --results FILE            keeps what was found in FILE, and goes on where that ends
    python benchmarks/fuzz.py --show 1234               the program of one seed, its findings and what JAX does

Each program is run under JAX and linted, in processes that are ended when one hangs. Prints what they agree on and
not, by rule and by error; `--cases FOLDER` writes the smallest program that shows each disagreement, as Markdown. The exit
status is 1 when there are false alarms.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("JAX_PLATFORMS", "cpu")
# What the programs compute does not matter here, only how long compiling takes.
os.environ.setdefault(
    "XLA_FLAGS",
    "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true --xla_force_host_platform_device_count=2",
)

from random_programs import Options, Program, Results, Tally, Trouble, judge, lint, random_program, reports, run
from random_programs.judging import Disagreement

SHOWN = 5
"""Disagreements of one kind that are printed as they come."""


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
        print(f"raised {entry.raised}\nkeys {entry.keys}\nleaks {entry.leaks}\ntraced again {entry.retraced}")
    for disagreement in judge(program, outcome, findings).disagreements:
        print(disagreement)


def main() -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(description="Holds the linter against JAX on random programs.")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--programs", type=int, default=10**9, help="how many, those in the results included")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", type=int, metavar="SEED")
    parser.add_argument("--cases", type=Path, metavar="FOLDER", help="write the smallest program of each disagreement")
    parser.add_argument("--results", type=Path, metavar="FILE", help="add to what earlier runs found")
    parser.add_argument("--compile", action="store_true", help="compile the programs, as JAX does; slow")
    options = parser.parse_args()
    if options.show is not None:
        show(options.show)
        return 0
    tally, seen = Tally(), dict[tuple[Trouble, str], int]()
    results = Results(options.results)
    for judgement, broken in results.earlier():
        tally.add(judgement, broken)
    how = Options(shrinks=options.cases is not None, compiles=options.compile)
    seeds = (seed for seed in range(options.seed, options.seed + options.programs) if seed not in results)
    for report in reports(seeds, options.jobs, time.monotonic() + 60 * options.minutes, how):
        tally.add(report.judgement, report.broken)
        results.add(report)
        if report.broken:
            print(f"seed {report.seed}: {report.broken}", flush=True)
        for disagreement in report.judgement.disagreements:
            same = (disagreement.trouble, disagreement.about)
            seen[same] = seen.get(same, 0) + 1
            if seen[same] <= SHOWN:
                print(f"seed {report.seed}: {disagreement}", flush=True)
        for number, (disagreement, program) in enumerate(report.smallest):
            options.cases.mkdir(parents=True, exist_ok=True)
            path = options.cases / f"{disagreement.trouble.name.lower()}-{report.seed}-{number}.md"
            path.write_text(as_case(disagreement, program), encoding="utf-8")
    print(tally)
    return 1 if tally.false else 0


if __name__ == "__main__":
    sys.exit(main())
