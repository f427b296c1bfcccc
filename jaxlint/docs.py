"""What README.md says that the program knows better: the table of rules, and the output of its first command.

    python -m jaxlint.docs                  prints the table of rules
    python -m jaxlint.docs README.md        writes both into the file

The table stands between two comments, `<!-- rules -->` and `<!-- end -->`. The program is the file's first ```python
block; the command is the first line of its first ```console block, and what that program says of it is the rest.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jaxlint.checkers import CHECKERS
from jaxlint.rules import JaxChecker, Rule

TABLE = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- end -->)", re.DOTALL)
PROGRAM = re.compile(r"```python\n(?P<text>.*?)```", re.DOTALL)
CONSOLE = re.compile(r"(?<=```console\n)\$ pylint (?P<arguments>[^\n]*)\n.*?(?=```)", re.DOTALL)


def rules_table() -> str:
    """All rules in Markdown, a table a family."""
    return "\n".join(line for checker in CHECKERS for line in _family(checker))


def _family(checker: type[JaxChecker]) -> Iterator[str]:
    yield f"**{first_sentence(checker.__doc__ or '').rstrip('.')}**\n"
    yield "| | symbol | what it finds |"
    yield "|---|---|---|"
    for rule in sorted(checker.rules, key=lambda rule: rule.number):
        yield f"| {rule.msgid} | `{rule.symbol}` | {_cell(rule)} |"
    yield ""


def _cell(rule: Rule) -> str:
    text = first_sentence(rule.explanation).replace("|", "\\|")
    return text if rule.default else f"{text} Off until enabled."


def first_sentence(text: str) -> str:
    """The first sentence of a text, in one line, without the heading that it may have."""
    body = re.sub(r"^What it does:? ", "", " ".join(text.split()))
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])", body, maxsplit=1)[0]


def program_of(readme: str) -> str:
    """The program that the README shows first."""
    found = PROGRAM.search(readme)
    if found is None:
        raise ValueError("there is no block of Python")
    return found["text"]


def output_of(readme: str) -> str:
    """What pylint says of the README's program, given the arguments that the README shows."""
    found = CONSOLE.search(readme)
    if found is None:
        raise ValueError("there is no console block that starts with `$ pylint`")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "train.py").write_text(program_of(readme), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pylint", *shlex.split(found["arguments"])],
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return f"$ pylint {found['arguments']}\n{done.stdout.strip()}\n"


def updated(readme: str) -> str:
    """The README with its generated parts as they are to be."""
    if TABLE.search(readme) is None:
        raise ValueError("there is no place for the table of rules")
    output = output_of(readme)
    readme = CONSOLE.sub(lambda _: output, readme, count=1)
    return TABLE.sub(lambda _: rules_table(), readme, count=1)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m jaxlint.docs", description="Print the table of rules.")
    parser.add_argument("readme", type=Path, nargs="?", help="write the generated parts into this file")
    options = parser.parse_args(arguments)
    if options.readme is None:
        print(rules_table())
        return 0
    try:
        options.readme.write_text(updated(options.readme.read_text(encoding="utf-8")), encoding="utf-8")
    except (OSError, ValueError) as error:
        parser.error(f"{options.readme}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
