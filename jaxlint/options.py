"""The options of the plugin, among pylint's own: on its command line and in its configuration files.

[tool.pylint.jax]
assume-traced = ["mylib.losses.*"]
read-package = true
unrolled-steps = 32
jax-rows = ["jax-rows.toml"]
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pylint.checkers import BaseChecker

from jaxlint.model import DuplicateRowError, RowsError
from jaxlint.rules import EVERY_RULE
from jaxlint.session import model_with

if TYPE_CHECKING:
    from pylint.lint import PyLinter


class OptionsChecker(BaseChecker):
    """Declares the options. It has no messages of its own; the checkers of rules hand what was chosen to the session."""

    name = EVERY_RULE
    options = (
        (
            "assume-traced",
            {
                "default": (),
                "type": "csv",
                "metavar": "<pattern,...>",
                "help": "Dotted names of functions, with * and ?, that are taken to be called under jax.jit: those of a "
                "library that only its users trace. Parameters with a default stay Python values.",
            },
        ),
        (
            "read-package",
            {
                "default": True,
                "type": "yn",
                "metavar": "<y or n>",
                "help": "Read the rest of the package around a file, so that callers in other modules are known.",
            },
        ),
        (
            "unrolled-steps",
            {
                "default": 32,
                "type": "int",
                "metavar": "<number>",
                "help": "How many steps a Python loop in traced code may have: each is copied into the program. Networks of "
                "32 layers are often written so; XLA takes seconds for some hundred steps.",
            },
        ),
        (
            "jax-rows",
            {
                "default": (),
                "type": "csv",
                "metavar": "<file,...>",
                "help": "TOML files that say what the functions and classes of further libraries mean, by the folder in "
                "which pylint runs.",
            },
        ),
    )


USAGE_ERROR = 32
"""Pylint's exit status for a configuration that it cannot use."""


def check(linter: PyLinter) -> None:
    """Ends pylint when an option names something that cannot be used, as pylint does for options of its own."""
    try:
        model_with(tuple(linter.config.jax_rows))
    except (RowsError, DuplicateRowError) as error:
        print(f"pylint: error: argument --jax-rows: {error}", file=sys.stderr)
        sys.exit(USAGE_ERROR)
