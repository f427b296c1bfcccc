"""`jaxlint verify train.py:step --like "x=f32[128], n=3"`: a function of the user's own.

It imports and runs the user's code, and says so before.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jaxlint.verify.claims import Claim, Outcome, Proof, Status, Verdict
from jaxlint.verify.own.like import Like, LikeError
from jaxlint.verify.own.like import parsed as parsed_like
from jaxlint.verify.own.named import Named, NamedError
from jaxlint.verify.own.named import parsed as parsed_name
from jaxlint.verify.own.revisions import RevisionError, exported
from jaxlint.verify.platforms import Platform
from jaxlint.verify.processes import ProcessFailed, carried_out, means

WIDE = {"JAX_ENABLE_X64": "1"}


class CommandError(Exception):
    """The command is wrong; the message says in what."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be shown, and how."""

    functions: Sequence[str]
    """One function, or it before and after."""
    like: str
    platforms: Sequence[Platform]
    before: str | None = None
    """A git revision in which the function is what it was before."""
    host: bool = False
    same_distribution: bool = False
    seconds: float = 1200.0


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found on one platform."""

    proof: Proof
    reference: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A function, the folder from which it is found, and the revision whose files these are."""

    named: Named
    root: Path
    revision: str | None = None
    written: str = ""
    """The function's name as the command has it, where the file of a revision is another one."""

    def to_json(self) -> dict[str, Any]:
        """For the process that imports it."""
        where, function = self.named.where, self.named.function
        return {"where": where, "function": function, "root": str(self.root), "revision": self.revision}

    def __str__(self) -> str:
        return f"{self.written or self.named} of {self.revision}" if self.revision else str(self.named)


def shown(order: Order) -> list[Shown]:
    """What is found on each platform, after a word on standard error about whose code is run.

    Raises:
        CommandError: a function or its arguments are not there.
    """
    try:
        like = parsed_like(order.like)
        names = [parsed_name(text) for text in order.functions]
    except (LikeError, NamedError) as error:
        raise CommandError(str(error)) from error
    if len(names) > (1 if order.before else 2):
        raise CommandError("name one function and --before REVISION, or the function before and the one after")
    with ExitStack() as stack:
        after, before = Version(names[-1], Path.cwd()), Version(names[0], Path.cwd()) if len(names) > 1 else None
        if order.before:
            before = _in_revision(after.named, order.before, Path(stack.enter_context(tempfile.TemporaryDirectory())))
        told = " and ".join(str(version) for version in (before, after) if version)
        print(f"jaxlint verify imports and runs {told}", file=sys.stderr, flush=True)
        return [_shown(order, like, after, before, platform) for platform in order.platforms]


def _in_revision(named: Named, revision: str, folder: Path) -> Version:
    """The function as it was: the same file or module, from the same folder."""
    path = Path.cwd() / named.where
    try:
        if not named.is_file:
            return Version(named, exported(revision, Path.cwd(), folder), revision)
        if not path.parent.is_dir():
            raise CommandError(f"there is no file {named.where}")
        root = exported(revision, path.parent, folder)
    except RevisionError as error:
        raise CommandError(str(error)) from error
    if not (root / path.name).is_file():
        raise CommandError(f"there is no {named.where} in {revision}")
    return Version(Named(str(root / path.name), named.function), root, revision, str(named))


def _shown(order: Order, like: Like, after: Version, before: Version | None, platform: Platform) -> Shown:
    name, found = str(after.named), means(platform)
    if isinstance(found, str):
        return Shown(Proof.unavailable(name, platform.name, (Claim.COMPILES,), found))
    where = found.platform
    if like.is_wide:
        where = replace(where, environment={**where.environment, **WIDE})
    told = {
        "name": name,
        "after": after.to_json(),
        "before": before.to_json() if before and not found.compiling else None,
        "like": order.like,
        "platform": platform.name,
        "compiling": found.compiling,
        "host": order.host,
        "same_distribution": order.same_distribution,
    }
    try:
        (answer,) = carried_out("jaxlint.verify.own.child", told, where, order.seconds)
    except ProcessFailed as failed:
        return Shown(Proof.broken(name, platform.name, (Claim.COMPILES,), str(failed)))
    if "error" in answer:
        raise CommandError(answer["error"])
    return Shown(Proof.from_json(answer["proof"]), answer["reference"], tuple(answer["notes"]))


def as_json(order: Order, found: Sequence[Shown]) -> str:
    """All that was found, as JSON."""
    values = {
        "function": order.functions[-1],
        "before": order.before or (order.functions[0] if len(order.functions) > 1 else None),
        "like": order.like,
        "platforms": [
            {
                **{name: value for name, value in one.proof.to_json().items() if name != "rule"},
                "reference": one.reference or None,
                "notes": list(one.notes),
            }
            for one in found
        ],
    }
    return json.dumps(values, indent=1)


def as_text(order: Order, found: Sequence[Shown]) -> str:
    """All that was found, for people: a paragraph a platform."""
    return "\n\n".join([f"{order.functions[-1]} ({order.like})", *map(_paragraph, found)])


def _paragraph(one: Shown) -> str:
    proof, lines = one.proof, []
    if proof.status is Status.UNAVAILABLE and len(proof.verdicts) == 1:
        return f"{proof.platform}: unavailable: {proof.verdicts[0].detail}"
    for claim in dict.fromkeys(verdict.claim for verdict in proof.verdicts if verdict.claim is not Claim.LOADS):
        verdicts = [verdict for verdict in proof.verdicts if verdict.claim is claim]
        lines.append(f"  {claim.value:<11} {proof.outcome(claim).value:<5} {_details(verdicts, one)}".rstrip())
    return "\n".join([f"{proof.platform}: {proof.status.value}", *lines, *(f"  {note}" for note in one.notes)])


def _details(verdicts: Sequence[Verdict], one: Shown) -> str:
    claim = verdicts[0].claim
    if claim in (Claim.JIT, Claim.PLAIN) and all(verdict.outcome is Outcome.HOLDS for verdict in verdicts):
        return f"equals {one.reference}"
    return ", ".join(verdict.detail for verdict in verdicts if verdict.detail)
