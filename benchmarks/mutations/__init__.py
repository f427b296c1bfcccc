"""Mutations of real code: known mistakes, made in functions that a library's own tests run under a trace.

    package ─► covering: which test runs which function under a trace ─┐
    package ─► source ─► kinds (arrays, branches, host, keys, …) ──────┴─► Mutation
    Mutation ─► running: does a test that covers it break? ─┐
    Mutation ─► linting: what do the rules find? ───────────┴─► judging

`benchmarks/mutation.py` is the command.
"""

from mutations.covering import Coverage, cover
from mutations.judging import Judged, Tally, judge
from mutations.kinds import KINDS
from mutations.linting import added, lint
from mutations.making import mutations
from mutations.mutation import Kind, Mutation
from mutations.running import Outcome, Trial, keep_compiled, preload, run
from mutations.source import Source
from mutations.testing import files_of_tests

__all__ = [
    "KINDS",
    "Coverage",
    "Judged",
    "Kind",
    "Mutation",
    "Outcome",
    "Source",
    "Tally",
    "Trial",
    "added",
    "cover",
    "files_of_tests",
    "judge",
    "keep_compiled",
    "lint",
    "mutations",
    "preload",
    "run",
]
