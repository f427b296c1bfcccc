"""Shows that every rule's example is true: the bad code fails, the fixed code compiles and matches its reference.

`examples/README.md` describes an example; `python -m jaxlint.verify` prints the table. What a reference.py needs is here.

    cli         the command
    own         a package: the same for a function of the user's
    page        the table as a web page
    report      the table
    processes   starts one process a platform
    workplace   that process
    workers     its processes, in which examples are proven one after another
    isolation   what one example changed there is undone for the next
    bench       measures fixed code against its reference
    runtime     judges each claim of an example under JAX
    bad_side    the judges of the bad side
    variations  the judges of the fixed side in other settings: mapped, with 64 bits, over several devices
    fixed_side  the judges of the fixed side
    subjects    a case's functions, ready to be called
    callbacks   programs without their callbacks into Python
    compilers   XLA's compilers, without their devices
    match       whether a result equals the reference's
    evidence    what a call prints and compiles
    inputs      from a case's inputs to a side's arguments
    sides       the three files of an example, loaded
    lint        what pylint reports, against the marks
    errors      an exception, told in a line
    platforms   where examples run
    timings     what was measured, as a table and a plot
    claims      claims, outcomes, verdicts
    expect      what a reference.py states

Each module knows only those below it. JAX is imported by bench, variations, fixed_side, subjects, callbacks, compilers,
match, evidence, isolation, inputs, own.judging and own.drawn alone; none of these modules imports pylint or astroid.
"""

from jaxlint.verify.cli import run_example
from jaxlint.verify.expect import (
    Case,
    Close,
    Devices,
    Example,
    Host,
    Key,
    Made,
    Raises,
    SameDistribution,
    Seed,
    Silent,
    Warns,
)

__all__ = [
    "Case",
    "Close",
    "Devices",
    "Example",
    "Host",
    "Key",
    "Made",
    "Raises",
    "SameDistribution",
    "Seed",
    "Silent",
    "Warns",
    "run_example",
]
