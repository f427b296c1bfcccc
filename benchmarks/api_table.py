"""Makes the table of JAX's public names, `jaxlint/model/jax_api.json`, from the released wheels.

    python benchmarks/api_table.py FOLDER          # downloads what is not in FOLDER yet, and writes the table

Everything in the table is read off the text of the wheels (`module_text`); nothing is imported and nothing written by
hand. To follow a new release of JAX, add it to `VERSIONS` and run the command. How the table is encoded stands in
`jaxlint/model/jax_api.py`, which reads it.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from module_text import ModuleText, Wheel, signature
from releases import Release

VERSIONS = (
    "0.4.16", "0.4.17", "0.4.18", "0.4.19", "0.4.20", "0.4.21", "0.4.22", "0.4.23", "0.4.24", "0.4.25", "0.4.26",
    "0.4.27", "0.4.28", "0.4.29", "0.4.30", "0.4.31", "0.4.33", "0.4.34", "0.4.35", "0.4.36", "0.4.37", "0.4.38",
    "0.5.0", "0.5.1", "0.5.2", "0.5.3", "0.6.0", "0.6.1", "0.6.2", "0.7.0", "0.7.1", "0.7.2", "0.8.0", "0.8.1",
    "0.8.2", "0.8.3", "0.9.0", "0.9.0.1", "0.9.1", "0.9.2", "0.10.0", "0.10.1", "0.10.2", "0.11.0", "0.11.1",
    "0.11.2", "0.12.0", "0.12.0.1",
)  # fmt: skip
"""The releases of which the index has wheels, oldest first."""

TABLE = Path(__file__).resolve().parents[1] / "jaxlint" / "model" / "jax_api.json"

_OF_TESTS = re.compile(r"(\.|_)(tests?|conftest)(\.|$)")
_LEFT_OUT = (
    "jax.tools", "jax.extend.mlir", "jax.experimental.pallas.ops", "jax.experimental.jax2tf", "jax.experimental.mosaic",
)  # fmt: skip
"""Modules of which only that they are there is told."""

_WITH_PARAMETERS = ("jax.numpy", "jax.lax", "jax.nn", "jax.random", "jax.scipy", "jax.tree", "jax.image", "jax.ops")

THERE, DEPRECATED, GONE = "+", "d", "-"


def public_modules(wheel: Wheel) -> list[str]:
    """The modules that users may import."""
    return [name for name in wheel.modules("jax") if not any(part.startswith("_") for part in name.split("."))]


def states(wheel: Wheel, module: ModuleText, loaded: set[str]) -> dict[str, str]:
    """The public names of a module, and whether reading them warns. Submodules count when importing it loads them."""
    names = {name for name in module.names if not name.startswith("_")}
    prefix = module.name + "."
    names |= {each.removeprefix(prefix) for each in loaded if each.startswith(prefix)}
    names = {name for name in names if "." not in name and not name.startswith("_")}
    found = dict.fromkeys(names, THERE)
    for name, (_, there) in module.deprecated.items():
        if name not in found:
            found[name] = DEPRECATED if there else GONE
    return found


def runs(values: Iterable[str]) -> str:
    """`+ + d -` as `0+2d3-`: where a state begins."""
    text, last = "", ""
    for index, value in enumerate(values):
        if value != last:
            text, last = f"{text}{index}{value}", value
    return text


_USE = re.compile(
    r"(?:[Uu]se|[Aa]ccess|renamed to|moved to|in favor of|replaced by|import)\s+(?:the\s+)?`*"
    r"((?:jax|jnp|jaxlib|numpy|np|functools)\.[\w.]*\w(?:\([^()]*\))?)"
)


def successor(message: str) -> str:
    """What a message of JAX's says to use; empty when it names nothing."""
    found = _USE.search(message)
    return "" if found is None else re.sub(r"^jnp\.", "jax.numpy.", found[1])


@dataclass(frozen=True, slots=True)
class Extract:
    """What one wheel tells, so that the trees of its modules need not be kept.

    Attributes:
        names: the public names of each public module, and whether they warn.
        is_open: the modules with names that the text does not show.
        loaded: the public modules that are there after `import jax`, or load when they are read.
        loads: the further public modules that importing one loads.
        instead: what messages about names say to use.
        parameters: the signatures of functions.
    """

    names: dict[str, dict[str, str]]
    is_open: set[str]
    loaded: set[str]
    loads: dict[str, set[str]]
    instead: dict[str, str]
    parameters: dict[str, str]


def extract(wheel: Wheel) -> Extract:
    """Read one wheel."""
    public = public_modules(wheel)
    at_once = wheel.loaded_by("jax")
    lazy = {name for module in map(wheel.module, public) if module is not None for name in module.lazy}
    made = Extract({}, set(), (at_once | lazy) & set(public), {}, {}, {})
    for name in public:
        module = None if name.startswith(_LEFT_OUT) or _OF_TESTS.search(name) else wheel.module(name)
        if module is None:
            made.names[name] = {}
            made.is_open.add(name)
            continue
        loaded = wheel.loaded_by(name)
        made.names[name] = states(wheel, module, at_once | loaded)
        if module.is_open:
            made.is_open.add(name)
        if name not in made.loaded:
            made.loads[name] = (loaded & set(public)) - made.loaded - {name}
        for known, (message, _) in module.deprecated.items():
            use = successor(message)
            if use and use != f"{name}.{known}":
                made.instead[f"{name}.{known}"] = use
        if name == "jax" or name.startswith(_WITH_PARAMETERS):
            for function in made.names[name]:
                text = signature(wheel.definition(name, function))
                if text is not None:
                    made.parameters[f"{name}.{function}"] = text
    return made


def table(extracts: list[Extract]) -> dict[str, object]:
    """All that the wheels tell, one after the other."""
    every = sorted({name for each in extracts for name in each.names})
    functions = sorted({name for each in extracts for name in each.parameters})
    loads = {name: " ".join(sorted({o for each in extracts for o in each.loads.get(name, ())})) for name in every}
    instead = {name: use for each in extracts for name, use in each.instead.items()}
    return {
        "versions": list(VERSIONS),
        "modules": {name: _module(name, extracts) for name in every},
        "loads": {name: others for name, others in loads.items() if others},
        "instead": dict(sorted(instead.items())),
        "parameters": {name: _changes([each.parameters.get(name, "") for each in extracts]) for name in functions},
    }


def _module(name: str, extracts: list[Extract]) -> dict[str, object]:
    """When a module is there, when `import jax` loads it, the names that it always has, and those that come and go."""
    each = [made.names.get(name) for made in extracts]
    names = sorted({known for found in each if found is not None for known in found})
    always = [known for known in names if all(found.get(known) == THERE for found in each if found is not None)]
    moving = {
        known: runs((found or {}).get(known, GONE) for found in each) for known in names if known not in always
    }
    entry: dict[str, object] = {"is": runs(THERE if found is not None else GONE for found in each)}
    if any(name in made.loaded for made in extracts):
        entry["loaded"] = runs(THERE if name in made.loaded else GONE for made in extracts)
    if any(name in made.is_open for made in extracts):
        entry["open"] = runs(THERE if name in made.is_open else GONE for made in extracts)
    return entry | {"always": " ".join(always)} | ({"moving": moving} if moving else {})


def _changes(texts: list[str]) -> dict[str, str]:
    """What differs from the release before, by the number of the release."""
    return {str(i): text for i, text in enumerate(texts) if text != (texts[i - 1] if i else "")}


def unpacked(folder: Path, version: str) -> Wheel:
    """The wheel of one release, downloaded and unpacked when that was not done before."""
    target = folder / version
    if not target.is_dir():
        ready = list(folder.glob(f"jax-{version}-*.whl"))
        if ready:
            with zipfile.ZipFile(ready[0]) as archive:
                archive.extractall(target)
        else:
            Release("jax", version, "jax").download(target)
            return Wheel(target / "jax")
    return Wheel(target / "jax" if (target / "jax" / "jax").is_dir() else target)


def main() -> int:
    """Write the table."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    made = table([extract(unpacked(folder, version)) for version in VERSIONS])
    TABLE.write_text(json.dumps(made, separators=(",", ":"), sort_keys=False) + "\n", encoding="utf-8")
    print(f"{TABLE.name}: {TABLE.stat().st_size:,} bytes, {len(VERSIONS)} releases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
