"""The options of the plugin, among pylint's own: on its command line and in its configuration files.

[tool.pylint.jax]
assume-traced = ["mylib.losses.*"]
read-package = true
unrolled-steps = 32
large-constant = 1000000
jax-rows = ["jax-rows.toml"]
jax-version = ">=0.4.30"
jax-x64 = "auto"
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from pylint.checkers import BaseChecker
from pylint.typing import OptionDict, Options

from jaxlint.model import DuplicateRowError, RowsError
from jaxlint.model.jax_api import Api
from jaxlint.model.versions import VersionError, Versions
from jaxlint.profiles import ChooseProfile
from jaxlint.rules import EVERY_RULE
from jaxlint.session import model_with

if TYPE_CHECKING:
    from pylint.lint import PyLinter


OPTIONS: Options = (
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
        "large-constant",
        {
            "default": 1_000_000,
            "type": "int",
            "metavar": "<number>",
            "help": "How many elements an array may have that a compiled function captures: it becomes a constant of the "
            "program. XLA takes a sixth of a second for each million, and each program keeps a copy.",
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
    (
        "jax-version",
        {
            "default": "",
            "type": "string",
            "metavar": "<range>",
            "help": "The versions of JAX that the code is for, as in a requirement: >=0.4.30,<0.11. Names are held "
            "against the newest release in it. By default what pyproject.toml, setup.cfg, setup.py or "
            "requirements.txt ask for, else the newest that is known.",
        },
    ),
    (
        "jax-x64",
        {
            "default": "auto",
            "type": "choice",
            "choices": ["auto", "on", "off"],
            "metavar": "<auto, on or off>",
            "help": "Whether jax_enable_x64 is on where the code runs. By default it is off unless something in the "
            "project mentions it, and not known in a package that others install, since they may set it.",
        },
    ),
)


class OptionsChecker(BaseChecker):
    """Declares the options. It has no messages of its own; the checkers of rules hand what was chosen to the session."""

    name = EVERY_RULE

    def __init__(self, linter: PyLinter) -> None:
        profile: OptionDict = {
            "action": ChooseProfile,
            "kwargs": {"linter": linter},
            "metavar": "<profile>",
            "help": "Which rules of jaxlint are on: errors (what raises), default, or strict (all). Acts where it "
            "stands among --enable and --disable.",
        }
        self.options = (*OPTIONS, ("jax-profile", profile))
        super().__init__(linter)


USAGE_ERROR = 32
"""Pylint's exit status for a configuration that it cannot use."""


def check(linter: PyLinter) -> None:
    """Ends pylint when an option names something that cannot be used, as pylint does for options of its own."""
    try:
        model_with(tuple(linter.config.jax_rows))
    except (RowsError, DuplicateRowError) as error:
        _refuse("jax-rows", error)
    try:
        allowed = Versions.parse(linter.config.jax_version)
    except VersionError as error:
        _refuse("jax-version", error)
    else:
        api = Api.known() if allowed.clauses else None
        if api is not None and api.newest(allowed) is None:
            _refuse("jax-version", f"no release of JAX from {api.versions[0]} on is in {allowed.text}")


def _refuse(option: str, why: object) -> NoReturn:
    print(f"pylint: error: argument --{option}: {why}", file=sys.stderr)
    sys.exit(USAGE_ERROR)
