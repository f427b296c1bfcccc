"""Profiles: groups of rules under one name, chosen as pylint's own `--enable` and `--disable` are.

    --jax-profile=errors     the rules that report what raises
    --jax-profile=default    all rules but those that are off by default
    --jax-profile=strict     all rules

A profile acts at its place among the options: `--jax-profile=strict --disable=jax-print-in-traced` is all but one, and
what stands on the command line comes after the configuration file.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from pylint.config.callback_actions import _AccessLinterObjectAction

from jaxlint.rules import EVERY_RULE, JaxChecker

if TYPE_CHECKING:
    from pylint.lint import PyLinter


class Profile(Enum):
    """A group of rules."""

    ERRORS = "errors"
    DEFAULT = "default"
    STRICT = "strict"


def choose(linter: PyLinter, profile: Profile) -> None:
    """Turn the rules of jaxlint on and off as a profile says; pylint's own messages stay as they are."""
    names = {checker.name for checker in linter.get_checkers() if isinstance(checker, JaxChecker)}
    for name in sorted(names):
        turn = linter.enable if profile is Profile.STRICT or name == EVERY_RULE else linter.disable
        turn(name)
    if profile is Profile.ERRORS:
        for checker in linter.get_checkers():
            if isinstance(checker, JaxChecker):
                for rule in checker.told:
                    if not rule.raises:
                        linter.disable(rule.symbol)


class ChooseProfile(_AccessLinterObjectAction):
    """`--jax-profile=…` on the command line or in a configuration file."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002
        values: str | Sequence[Any] | None,
        option_string: str | None = "--jax-profile",  # noqa: ARG002
    ) -> None:
        """Called by pylint where the option stands among the others."""
        given = values if isinstance(values, str) else "".join(values or ())
        try:
            profile = Profile(given)
        except ValueError:
            known = ", ".join(each.value for each in Profile)
            parser.exit(32, f"pylint: error: argument --jax-profile: {given!r} is none of {known}\n")  # pylint's own status
        choose(self.linter, profile)


