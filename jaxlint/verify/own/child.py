"""The process in which the user's function is imported, run and compiled: its order comes on standard input."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jaxlint.verify.claims import Claim, Outcome, Proof, Verdict
from jaxlint.verify.own.judging import Trial
from jaxlint.verify.own.like import parsed
from jaxlint.verify.own.named import Imported, Named, NamedError, imported
from jaxlint.verify.platforms import PLATFORMS
from jaxlint.verify.runtime import quiet


def judged(order: dict[str, Any]) -> dict[str, Any]:
    """What was found, or what was wrong with the command (`error`)."""
    # What lies in the current folder is found from the roots of the order: a revision must not see today's files.
    sys.path[:] = [place for place in sys.path if place and Path(place).resolve() != Path.cwd()]
    platform = PLATFORMS[order["platform"]]
    with ExitStack() as stack:
        stack.enter_context(quiet())
        try:
            before = _side(order["before"]) if order["before"] else None
            after = _side(order["after"])
            stack.enter_context(after.entered())
            trial = Trial(after, before, parsed(order["like"]), host=order["host"], random=order["same_distribution"])
        except NamedError as error:
            return {"error": str(error)}
        found = trial.compiled(platform.targets) if order["compiling"] else trial.executed()
    loads = Verdict(Claim.LOADS, Outcome.HOLDS)
    proof = Proof(order["name"], platform.name, (loads, *found.verdicts))
    return {"proof": proof.to_json(), "reference": found.reference, "notes": list(found.notes)}


def _side(order: dict[str, Any]) -> Imported:
    named, root = Named(order["where"], order["function"]), Path(order["root"])
    found = imported(named, root)
    file = getattr(found.module, "__file__", None)
    if order["revision"] and not (file and Path(file).resolve().is_relative_to(root.resolve())):
        raise NamedError(
            f"{named.where} as it was in {order['revision']} cannot be imported: Python finds {file}; "
            "name the function by its file instead"
        )
    return found


def _main() -> None:
    order = json.load(sys.stdin)
    Path(order["output"]).write_text(json.dumps([judged(order)]), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)  # threads of the user's program would keep the process


if __name__ == "__main__":
    _main()
