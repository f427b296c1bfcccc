"""Random JAX programs, run and linted: JAX is the judge of what the linter says of programs that nobody wrote for a rule.

    seed ─► making (kinds, expressions, statements, mistakes, functions, entries) ─► Program
    Program ─► running: what JAX raised, and where, entry by entry ─┐
    Program ─► linting: what the rules find ────────────────────────┴─► judging ─► shrinking
    campaign: all of that for many programs, in processes of their own ─► tally

`interpreting` makes running fast. `benchmarks/fuzz.py` is the command.
"""

from random_programs.campaign import Options, Report, reports
from random_programs.entries import random_program
from random_programs.interpreting import interpreted
from random_programs.judging import Judgement, Trouble, judge
from random_programs.linting import lint
from random_programs.programs import Finding, Outcome, Program, Raised
from random_programs.running import run
from random_programs.shrinking import shrink
from random_programs.tally import Results, Tally

__all__ = [
    "Finding",
    "Judgement",
    "Options",
    "Outcome",
    "Program",
    "Raised",
    "Report",
    "Results",
    "Tally",
    "Trouble",
    "interpreted",
    "judge",
    "lint",
    "random_program",
    "reports",
    "run",
    "shrink",
]
