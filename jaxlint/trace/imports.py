"""Imports: what a name means, through every form of import, aliases and re-exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.trace.assignment import bind_name
from jaxlint.trace.attributes import module_attribute
from jaxlint.trace.observations import ModuleImport, NameImport
from jaxlint.values import UNKNOWN, Module, Value

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def run_import(t: Tracer, frame: Frame, node: nodes.Import) -> None:
    """`import a.b`, `import a.b as c`."""
    for name, alias in node.names:
        t.observe(ModuleImport(node, frame, name, alias))
        if alias is not None:
            bind_name(t, frame, node, alias, t.module(name))
            continue
        top = name.split(".")[0]
        t.module(name)  # the project's submodule is loaded, and becomes an attribute of its package
        bind_name(t, frame, node, top, t.module(top))


def run_import_from(t: Tracer, frame: Frame, node: nodes.ImportFrom) -> None:
    """`from .a import b as c`, `from a import *`."""
    base = t.sources.resolve_import(frame.module_name, node.modname or "", node.level or 0)
    module = t.module(base)
    if not isinstance(module, Module):
        t.observe(ModuleImport(node, frame, base, names=tuple(name for name, _ in node.names)))
    for name, alias in node.names:
        if name == "*":
            _star(t, frame, module)
            continue
        if not isinstance(module, Module):
            t.observe(NameImport(node, frame, f"{base}.{name}"))
        bind_name(t, frame, node, alias or name, imported(t, module, base, name))


def imported(t: Tracer, module: Value, base: str, name: str) -> Value:
    """What `from base import name` binds."""
    if isinstance(module, Module):
        value = module_attribute(t, module, name)
        source = t.modules.get(base)
        if value is UNKNOWN and source is not None and name not in source.env and name not in source.local_names:
            return UNKNOWN
        return value
    return t.external(f"{base}.{name}")


def _star(t: Tracer, frame: Frame, module: Value) -> None:
    if not isinstance(module, Module):
        t.spent.note("star import of a library")
        return
    source = t.modules.get(module.name)
    if source is None:
        return
    for name, value in list(source.env.items()):
        if isinstance(name, str) and not name.startswith("_"):
            frame.env[name] = value
