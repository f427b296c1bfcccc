"""Every bound on the analysis, with its reason. Past a bound, values become unknown; nothing is ever reported for it.

`Spent` counts how often the walk was cut short, for the trace view. `tests/trace/test_budgets.py` reaches every bound.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Budgets:
    """The bounds."""

    call_depth: int = 24
    """Calls followed into one another. Recorded programs enter a quarter of their traced functions six or more calls
    below the transformation; twice that leaves room for helpers, and Python's own stack bounds the rest."""

    contexts: int = 32
    """Ways of being called (summaries) kept apart for one function. Past it constants are forgotten."""

    shaped_contexts: int = 3
    """Ways of being called that are kept apart by the shapes and dtypes of arrays. Which values are traced seldom
    depends on them, and a function that is called with ever other ones spends on them what calls of other kinds need:
    the recorded programs are followed further with 3 than with 16."""

    context_lines: int = 1280
    """Lines walked for the ways of calling a function that is so short that more than `contexts` of them fit in here:
    a helper that looks something up by name is called in as many ways as there are names."""

    behaviours: int = 16
    """How many times these bounds on contexts hold for a function that is given, or captures, unlike functions,
    or is given objects of unlike classes: what it does then is what those do, so that each choice of them is a function of
    its own. A helper of a test suite, say, is called with each class of a library."""

    coarse_contexts: int = 32
    """Summaries of one function once constants are forgotten; past it one more, for arguments of any kind, serves."""

    dispatched: int = 4
    """Ways of being called in which a method is walked by calls that reach more methods than a union holds; one way, once it
    is clear that nothing is known of what all of them return together, and the walks are for their own sake. Without it
    brax, where each wrapper of environments calls every environment, took a quarter longer."""

    recursion: int = 3
    """Walks of one function nested in one another, for arguments that differ. Past it the arguments are joined with those
    of the call around, so that what grows with each call, such as a path, grows no further."""

    loop_passes: int = 3
    """Walks of a loop body before what still changes is widened: first iteration, the join, the check."""

    repetitions: int = 243
    """Walks of one statement that nested loops of one function may multiply to: five loops deep. A loop further inside
    is walked once, with whatever it changes unknown."""

    statements: int = 4_000
    """Statements walked in one function for one way of being called; nobody writes such functions by hand."""

    project_statements: int = 500_000
    """Statements walked in functions for one project together, less than a minute's worth. Past it, and past
    `statements_per_line`, no function is followed any more: nothing is said of those that were not walked by then."""

    statements_per_line: int = 30
    """Statements walked in functions for each line of the modules that were read, for projects that are larger. Ten times
    what eleven releases of libraries take at most."""

    display_items: int = 64
    """Items of a literal tuple, list or dict followed one by one; longer ones are joined into one element."""

    unrolled: int = 8
    """Steps of a Python loop over a known sequence that are walked one by one, to keep unlike items apart."""

    tabulated: int = 40
    """Items of a written-out sequence that a comprehension is walked over one by one: tables of test cases are made so."""

    value_depth: int = 6
    """Nesting of containers and objects in a value that is stored; deeper parts are forgotten."""

    def statements_for(self, lines: int) -> int:
        """Statements that are walked in the functions of a project of so many lines."""
        return max(self.project_statements, self.statements_per_line * lines)

    def contexts_for(self, lines: int) -> int:
        """Ways of being called that are kept apart for a function of so many lines."""
        return max(self.contexts, self.context_lines // max(lines, 1))


@dataclass(slots=True)
class Spent:
    """How often bounds were reached, by name; the lines read and the statements walked in functions so far."""

    reached: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    statements: int = 0

    def note(self, bound: str) -> None:
        """Count one reaching of a bound."""
        self.reached[bound] += 1
