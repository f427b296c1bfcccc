"""`python -m jaxlint.trace --json PATH`: what each name of a package holds, as far as the abstract tracer can tell.

Prints one JSON object a line for each place where a name is bound:
`{"file", "line", "col", "name", "claim", "because"}`, with `file` relative to the folder, and `because` the way that
led to the claim, where it can be told. For a script, `file` is its name.
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
    parser.add_argument("path", type=Path, help="the folder of a package, or of scripts, or a script")
    parser.add_argument("--json", action="store_true", help="one JSON object a line (the only format so far)")
    parser.add_argument("--faults", action="store_true", help="list the analyser's own faults and budgets on stderr")
    options = parser.parse_args(arguments)
    path = options.path.resolve()
    if not path.is_dir() and not (path.is_file() and path.suffix == ".py"):
        parser.error(f"{options.path} is no folder, and no Python file")
    wanted = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    folder = path if path.is_dir() else path.parent
    project = Project(wanted)
    claims = Claims()
    tracer = run_analysis(project, [module.name for module in project.modules], recorder=claims)
    files = {module.name: module.path for module in project.modules}
    asked_for = set(wanted)
    for site, claim in claims:
        file = files[site.module]
        if file in asked_for:
            record = {"file": file.relative_to(folder).as_posix(), "line": site.line, "col": site.column}
            why = {"because": claims.because(site, claim)} if claims.because(site, claim) else {}
            print(json.dumps(record | {"name": site.name, "claim": claim.value} | why))
    if options.faults:
        for fault in tracer.faults:
            print(f"{fault.module}:{fault.line}: {fault.function}: {fault.message}", file=sys.stderr)
        print(dict(tracer.spent.reached), len(tracer.faults), "faults", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
