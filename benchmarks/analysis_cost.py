"""What the analysis takes beyond building the trees: CPU seconds, ratio and peak memory.

    python benchmarks/analysis_cost.py FOLDER...                     each package by itself
    python benchmarks/analysis_cost.py --curve 10 100 1000 FOLDER... the first modules of all of them together, and all

Each row is a process of its own. The trees are the lean ones that the linter builds for the modules around a linted file.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from jaxlint.analysis import run_analysis
from jaxlint.project import Project


def measure(files: list[Path], *, follow: bool) -> dict[str, float]:
    """Lines, CPU seconds for the trees and for the analysis, and the peak of memory in MiB, of this process."""
    start = time.process_time()
    project = Project(files, follow_package=follow)
    names = [module.name for module in project.modules]
    for name in names:
        project.tree(name)
    built = time.process_time()
    run_analysis(project, names)
    done = time.process_time()
    return {
        "modules": len(names),
        "lines": sum(path.read_bytes().count(b"\n") for path in files),
        "build": built - start,
        "analysis": done - built,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_process(files: list[Path], *, follow: bool) -> dict[str, float]:
    """The same, in a new process."""
    command = [sys.executable, __file__, "--measure", "--follow" if follow else "--alone"]
    text = "\n".join(map(str, files))
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="What the analysis takes beyond building the trees.")
    parser.add_argument("folders", type=Path, nargs="*", help="packages")
    parser.add_argument("--curve", type=int, nargs="+", help="numbers of modules")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--follow", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure([Path(line) for line in sys.stdin.read().splitlines()], follow=options.follow)))
        return
    print(f"{'':16} modules   lines  build s  analysis s  ratio  s/1000 lines  memory MiB")
    rows = {folder.name: sorted(folder.rglob("*.py")) for folder in options.folders}
    if options.curve:
        everything = [path for files in rows.values() for path in files]
        sizes = [size for size in options.curve if size < len(everything)]
        rows = {f"first {size}": everything[:: len(everything) // size][:size] for size in sizes} | {"all": everything}
    for name, files in rows.items():
        row = in_process(files, follow=not options.curve)
        print(
            f"{name:16} {row['modules']:7.0f} {row['lines']:7.0f} {row['build']:8.2f} {row['analysis']:11.2f}"
            f" {row['analysis'] / row['build']:6.2f} {1000 * row['analysis'] / row['lines']:13.3f} {row['memory']:11.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
