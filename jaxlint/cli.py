"""The command `jaxlint`: hands over to a subcommand, which is loaded only then."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A subcommand: the module whose `main(arguments, prog=…)` returns the exit code, and a line of help."""

    module: str
    help: str


SUBCOMMANDS: Mapping[str, Subcommand] = {
    "verify": Subcommand("jaxlint.verify.cli", "show under JAX that the examples are true, or run a function of your own"),
}


def usage() -> str:
    """The help text."""
    width = max(map(len, SUBCOMMANDS))
    lines = [f"  {name.ljust(width)}  {command.help}" for name, command in SUBCOMMANDS.items()]
    return "\n".join(["usage: jaxlint COMMAND …", "", *lines, "", "jaxlint COMMAND --help tells more."])


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code, 2 for a subcommand that there is not."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage())
        return 0
    name, *rest = arguments
    command = SUBCOMMANDS.get(name)
    if command is None:
        print(f"jaxlint: there is no command {name!r}\n\n{usage()}", file=sys.stderr)
        return 2
    code: int = importlib.import_module(command.module).main(rest, prog=f"jaxlint {name}")
    return code
