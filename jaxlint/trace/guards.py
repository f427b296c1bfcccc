"""Code that expects a name to be missing: it tries, asks, or looks at the version first.

    try: from jax import shard_map                       except ImportError: …
    if hasattr(jax, "shard_map"): …                      else: …
    if jax.__version_info__ >= (0, 6): …                 else: …
    HAS_SHARD_MAP = hasattr(jax, "shard_map")            if HAS_SHARD_MAP: …

What stands under such a guard is read by the versions of the library that it is for. The question is about the text of
the module, whichever way the walk took.
"""

from __future__ import annotations

import re

from astroid import nodes

_MISSING = frozenset({"ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "BaseException"})
_ASKS = re.compile(r"version|hasattr|getattr|find_spec|TYPE_CHECKING|__dict__|\bdir\(", re.IGNORECASE)


def is_guarded(node: nodes.NodeNG) -> bool:
    """Whether the code around a node is prepared for a library without a name, or with another version."""
    child, parent = node, node.parent
    while parent is not None:
        if isinstance(parent, nodes.Try) and any(map(_waits, parent.handlers)):
            return True
        if isinstance(parent, nodes.If | nodes.IfExp | nodes.While) and _asks(parent.test):
            return True
        if isinstance(parent, nodes.BoolOp) and any(_asks(value) for value in parent.values if value is not child):
            return True
        if isinstance(parent, nodes.With) and any(_expects(manager) for manager, _ in parent.items):
            return True
        if any(map(_asks, _decorators(parent))) or _left_before(child, parent):
            return True
        child, parent = parent, parent.parent
    return False


def _decorators(node: nodes.NodeNG) -> list[nodes.NodeNG]:
    """Those of a function or class: `@unittest.skipIf(jax.__version__ < "0.5", …)`."""
    decorators = node.decorators if isinstance(node, nodes.FunctionDef | nodes.ClassDef) else None
    return [] if decorators is None else list(decorators.nodes)


def is_annotation(node: nodes.NodeNG) -> bool:
    """Whether a node is part of an annotation that Python does not evaluate when it runs the statement."""
    child, parent = node, node.parent
    while parent is not None and not isinstance(child, nodes.Lambda):
        match parent:
            case nodes.Arguments() if not _among(child, (parent.defaults, parent.kw_defaults)):
                return _postponed(node)
            case nodes.FunctionDef(returns=returns) if child is returns:
                return _postponed(node)
            case nodes.AnnAssign(annotation=annotation) if child is annotation:
                return _postponed(node) or isinstance(parent.scope(), nodes.FunctionDef)
        child, parent = parent, parent.parent
    return False


def _among(node: nodes.NodeNG, lists: tuple[list[nodes.NodeNG] | None, ...]) -> bool:
    return any(node is each for items in lists for each in items or ())


def _postponed(node: nodes.NodeNG) -> bool:
    module = node.root()
    return isinstance(module, nodes.Module) and "annotations" in module.future_imports


def _waits(handler: nodes.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = (name for name in handler.type.nodes_of_class((nodes.Name, nodes.Attribute)))
    return any((name.name if isinstance(name, nodes.Name) else name.attrname) in _MISSING for name in names)


def _expects(manager: nodes.NodeNG) -> bool:
    """`contextlib.suppress(ImportError)`, `pytest.raises(AttributeError)`."""
    return isinstance(manager, nodes.Call) and any(
        isinstance(name, nodes.Name) and name.name in _MISSING for name in manager.args
    )


def _asks(test: nodes.NodeNG) -> bool:
    """Whether a test asks for a version or for a name, itself or through a name that it uses."""
    if _ASKS.search(test.as_string()):
        return True
    return any(_tells(name) for name in test.nodes_of_class(nodes.Name))


def _tells(name: nodes.Name) -> bool:
    """Whether a name of the module was set by a version check or where an import was tried."""
    module = name.root()
    if not isinstance(module, nodes.Module):
        return False
    for bound in module.locals.get(name.name, ()):
        statement = bound.statement()
        value = statement.value if isinstance(statement, nodes.Assign | nodes.AnnAssign) else None
        if value is not None and _ASKS.search(value.as_string()):
            return True
        if isinstance(statement.parent, nodes.Try | nodes.ExceptHandler):
            return True
    return False


def _left_before(child: nodes.NodeNG, parent: nodes.NodeNG) -> bool:
    """Whether a statement before this one leaves for some versions: `if jax.__version__ < "0.5": return …`."""
    body = getattr(parent, "body", None)
    if not isinstance(body, list) or isinstance(parent, nodes.Module):
        return False
    for statement in body:
        if statement is child:
            return False
        match statement:
            case nodes.If(test=test, body=[*_, nodes.Return() | nodes.Raise() | nodes.Continue() | nodes.Break()]):
                if _asks(test):
                    return True
    return False
