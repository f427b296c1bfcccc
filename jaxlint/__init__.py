"""jaxlint: a pylint plugin that says, before anything runs, what JAX will refuse or silently misunderstand.

Load it with `pylint --load-plugins jaxlint`. Importing this module needs neither pylint nor JAX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylint.lint import PyLinter

__version__ = "0.1.0"


def register(linter: PyLinter) -> None:
    """Register the checkers; pylint calls this when it loads the plugin."""
    from jaxlint.checkers import CHECKERS  # here, because the runtime half of verify has neither pylint nor astroid
    from jaxlint.faults import FaultChecker
    from jaxlint.options import OptionsChecker
    from jaxlint.rules import JaxChecker
    from jaxlint.session import Session

    # A worker of `pylint -j` registers again: it goes on with the session that it was sent.
    known = [checker for checker in linter.get_checkers() if isinstance(checker, JaxChecker)]
    session = known[0].session if known else Session()
    for checker in CHECKERS:
        linter.register_checker(checker(linter, session))
        if not all(rule.default for rule in checker.rules):
            linter.register_checker(checker(linter, session, default=False))
    linter.register_checker(OptionsChecker(linter))
    linter.register_checker(FaultChecker(linter, session))


def load_configuration(linter: PyLinter) -> None:
    """Look at the options that were chosen; pylint calls this when it has read its configuration."""
    from jaxlint.options import check

    check(linter)
