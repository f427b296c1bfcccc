"""The options of the plugin, among pylint's own: on its command line and in its configuration files.

[tool.pylint.jax]
assume-traced = ["mylib.losses.*"]
read-package = true
"""

from __future__ import annotations

from pylint.checkers import BaseChecker

from jaxlint.rules import EVERY_RULE


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
    )
