"""Literate cases: Markdown in which headings name a case, prose says what is expected, and fenced code is the proof.

    ## Under `grad` alone the primal keeps its value
    `grad` calls the function with a value that can be looked at.
    ```py
    def f(x):
        return x if x > 0 else -x      # a line that must be flagged ends in  # error: [jax-traced-branch]
    jax.grad(f)(1.0)
    ```

A section with code is a case. Its first ```py block is `main.py`; a paragraph "`other.py`:" names the file of the next
block. A ```toml block is configuration of the linter. A block whose info string is `py no-run` is linted, not executed.

Comments on a line of code:
`# error: [symbol, symbol]`  exactly these rules flag the line; a line without the comment is flagged by none.
`# raises`, `# raises: Name` the line that raises when the case is run, where that is another one than the flagged line.

A line `needs: module, module` in the prose says which modules the case imports besides JAX: it is run where they are
installed. A line `judge: word, word` says how running the case proves it (`Judge`). Both hold for the sections nested in
their own, too, unless these have a judge of their own; so does a ```toml block.
"""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"(#+)\s+(.+)")
FENCE = re.compile(r"```(.*)")
FILE_NAME = re.compile(r"`([\w./-]+\.pyi?)`:")
JUDGE = re.compile(r"judge:\s*(.+)")
NEEDS = re.compile(r"needs:\s*(.+)")
ERROR = re.compile(r"#\s*error:\s*\[([\w, -]+)\]")
RAISES = re.compile(r"#\s*raises(?::\s*(\w+))?\s*$")


class Judge(enum.Enum):
    """How running a case that has findings proves them. A case without findings must always run to its end."""

    RAISES = "raises"
    """The default: running raises, at a flagged line or at the line that says `# raises`."""
    SILENT = "silent"
    """Running does not raise; asserts in the case show what goes wrong."""
    KEY_REUSE = "key-reuse"
    """Run once more with `jax_debug_key_reuse`: JAX's own checker raises exactly if the case has findings, in a flagged
    line or in what it calls (or at the line that says `# raises`: inside `jit` the checker knows no lines)."""


class CaseError(ValueError):
    """The Markdown file is no list of cases; the message names file and line."""


@dataclass(frozen=True, slots=True)
class File:
    """One source file of a case. `line` is the Markdown line before the first line of `text`."""

    name: str
    text: str
    line: int

    def errors(self) -> dict[int, frozenset[str]]:
        """The symbols that must flag each line, for the lines (from 1) that must be flagged."""
        return {n: frozenset(re.split(r"[,\s]+", m[1].strip())) for n, m in self._matches(ERROR)}

    def raises(self) -> dict[int, str | None]:
        """The lines said to raise though they are not the flagged ones, with the exception's name if it is given."""
        return {n: m[1] for n, m in self._matches(RAISES)}

    def _matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        lines = enumerate(self.text.splitlines(), start=1)
        return ((n, match) for n, line in lines if (match := pattern.search(line)))


@dataclass(frozen=True, slots=True)
class Case:
    """One scenario: its files, `main.py` first, and how it is judged."""

    path: Path
    line: int
    name: str
    prose: str
    files: tuple[File, ...]
    config: str
    judges: frozenset[Judge]
    runnable: bool
    needs: frozenset[str]

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line} {self.name}"

    def flagged(self) -> bool:
        """Whether any line of the case must be flagged."""
        return any(file.errors() for file in self.files)


@dataclass(slots=True)
class _Section:
    """A heading and what was read below it so far."""

    level: int
    title: str
    line: int
    judges: frozenset[Judge]
    prose: list[str]
    files: list[File]
    config: str = ""
    runnable: bool = True
    needs: frozenset[str] = frozenset()


def parse(path: Path) -> list[Case]:
    """All cases of a Markdown file, in order. Raises CaseError for a file that does not follow the format."""
    cases: list[Case] = []
    parents: list[_Section] = [_Section(0, "", 0, frozenset({Judge.RAISES}), [], [])]
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    file_name = "main.py"

    def fail(line: int, why: str) -> CaseError:
        return CaseError(f"{path}:{line}: {why}")

    def finish(section: _Section) -> None:
        if not section.files:
            return
        if section.files[0].name != "main.py":
            raise fail(section.line, "the first file of a case is main.py")
        name = " / ".join([parent.title for parent in parents[2:] if parent.level < section.level] + [section.title])
        cases.append(
            Case(
                path=path,
                line=section.line,
                name=name,
                prose="\n".join(section.prose).strip(),
                files=tuple(section.files),
                config=section.config,
                judges=section.judges,
                runnable=section.runnable,
                needs=section.needs,
            )
        )

    for number, line in lines:
        section = parents[-1]
        if heading := HEADING.fullmatch(line):
            finish(section)
            level = len(heading[1])
            while parents[-1].level >= level:
                parents.pop()
            above = parents[-1]
            section = _Section(level, heading[2], number, above.judges, [], [], above.config, needs=above.needs)
            parents.append(section)
            file_name = "main.py"
        elif fence := FENCE.fullmatch(line):
            block = []
            for _, inner in lines:
                if inner == "```":
                    break
                block.append(inner)
            else:
                raise fail(number, "the code block is not closed")
            text = "\n".join(block) + "\n"
            match fence[1].split():
                case ["py", *flags] if set(flags) <= {"no-run"}:
                    if any(file.name == file_name for file in section.files):
                        raise fail(number, f"a second {file_name}: name the file, or give the case a heading")
                    section.files.append(File(file_name, text, number))
                    section.runnable &= not flags
                case ["toml"]:
                    section.config = text
                case _:
                    raise fail(number, f"no such kind of block: {fence[1]!r}")
        elif named := FILE_NAME.fullmatch(line):
            file_name = named[1]
        elif needs := NEEDS.fullmatch(line):
            section.needs |= {word.strip() for word in needs[1].split(",")}
        elif judge := JUDGE.fullmatch(line):
            try:
                section.judges = frozenset(Judge(word.strip()) for word in judge[1].split(","))
            except ValueError as error:
                raise fail(number, str(error)) from None
        else:
            section.prose.append(line)
    finish(parents[-1])
    return cases
