"""`python -m jaxlint.trace --json FOLDER`: what each name of a package holds, as far as the abstract tracer can tell.

Prints one JSON object a line for each place where a name is bound:
`{"file", "line", "col", "name", "claim"}`, with `file` relative to the folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from jaxlint.analysis import run_analysis
from jaxlint.project import Project
from jaxlint.trace.claims import Claims


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m jaxlint.trace", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="the folder of a package, or of scripts")
    parser.add_argument("--json", action="store_true", help="one JSON object a line (the only format so far)")
    parser.add_argument("--faults", action="store_true", help="list the analyser's own faults and budgets on stderr")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    folder = options.folder.resolve()
    project = Project(sorted(folder.rglob("*.py")))
    claims = Claims()
    tracer = run_analysis(project, [module.name for module in project.modules], recorder=claims)
    paths = {module.name: module.path for module in project.modules}
    for site, claim in claims:
        path = paths[site.module]
        if path.is_relative_to(folder):
            record = {"file": path.relative_to(folder).as_posix(), "line": site.line, "col": site.column}
            print(json.dumps(record | {"name": site.name, "claim": claim.value}))
    if options.faults:
        for fault in tracer.faults:
            print(f"{fault.module}:{fault.line}: {fault.function}: {fault.message}", file=sys.stderr)
        print(dict(tracer.spent.reached), len(tracer.faults), "faults", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
