"""Faults of the analyser itself, shown to the user as a message of their own.

An error inside of jaxlint costs the findings of the one function that it was walking, and nothing else. That nothing is
said of this function is something that the user has to know, and a report of it is what mends it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from astroid import nodes
from pylint.checkers import BaseChecker

from jaxlint.rules import EVERY_RULE

if TYPE_CHECKING:
    from pylint.lint import PyLinter

    from jaxlint.session import Session


class FaultChecker(BaseChecker):
    """Tells which functions could not be analysed. Informational: it does not change pylint's exit status."""

    name = EVERY_RULE
    msgs = {  # noqa: RUF012 - pylint declares it as an attribute of the instance
        "I6001": (
            "jaxlint failed in `%s`, so it says nothing about it; please report this as a bug of jaxlint: %s",
            "jax-analysis-fault",
            "An error of jaxlint itself, not of your code. The other functions of the file were analysed as ever.",
        )
    }

    def __init__(self, linter: PyLinter, session: Session) -> None:
        super().__init__(linter)
        self._session = session

    def visit_module(self, node: nodes.Module) -> None:
        """Add the messages for one module."""
        if node.file:
            for fault in self._session.faults_in(Path(node.file)):
                arguments = (fault.function, fault.message)
                self.add_message("jax-analysis-fault", node=node, line=fault.line or 1, args=arguments)
