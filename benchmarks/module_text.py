"""What a module of a wheel defines, read off its text: names, deprecations, signatures, and which modules it loads.

Nothing is imported, so that releases of any age can be read by one interpreter. What runs when a module is imported is
followed as far as public modules are written: imports, definitions, assignments, `del`, tables of deprecations.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(slots=True)
class ModuleText:
    """A module: the names that it holds once it is imported, in terms of the text.

    Attributes:
        names: what each name was bound by: a definition, or the module and name that it was imported from.
        deprecated: the message of each name in its table of deprecations, and whether the name is still there.
        loads: the modules that are loaded when it is.
        lazy: submodules that are loaded when their name is read.
        is_open: whether it has names that the text does not show.
    """

    name: str
    names: dict[str, ast.AST | tuple[str, str] | None] = field(default_factory=dict)
    deprecated: dict[str, tuple[str, bool]] = field(default_factory=dict)
    loads: list[str] = field(default_factory=list)
    lazy: tuple[str, ...] = ()
    is_open: bool = False


class Wheel:
    """The modules of an unpacked wheel."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._modules: dict[str, ModuleText | None] = {}

    def modules(self, top: str) -> Iterator[str]:
        """The names of all modules of a package, private ones too."""
        for path in sorted((self.folder / top).rglob("*.py")):
            parts = list(path.relative_to(self.folder).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            yield ".".join(parts)

    def has(self, name: str) -> bool:
        """Whether there is such a module or package, folders without `__init__.py` included."""
        return self._path(name) is not None or (self.folder / Path(*name.split("."))).is_dir()

    def module(self, name: str) -> ModuleText | None:
        """A module as its text has it; None when the wheel has no such file."""
        if name not in self._modules:
            path = self._path(name)
            self._modules[name] = None
            if path is not None:
                self._modules[name] = _Reader(self, name, path).read()
        return self._modules[name]

    def definition(self, module: str, name: str, depth: int = 0) -> ast.AST | None:
        """The statement that defines a name, through re-exports."""
        found = self.module(module)
        bound = found.names.get(name) if found is not None else None
        if isinstance(bound, tuple) and depth < 10:
            return self.definition(*bound, depth + 1)
        return bound if isinstance(bound, ast.AST) else None

    def loaded_by(self, name: str) -> set[str]:
        """The modules of the wheel that `import name` loads."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            parts = each.split(".")
            for count in range(1, len(parts) + 1):
                prefix = ".".join(parts[:count])
                if prefix in seen:
                    continue
                seen.add(prefix)
                module = self.module(prefix)
                waiting += module.loads if module is not None else []
        return {each for each in seen if self.has(each)}

    def _path(self, name: str) -> Path | None:
        path = self.folder.joinpath(*name.split("."))
        for candidate in (path / "__init__.py", path.with_suffix(".py")):
            if candidate.is_file():
                return candidate
        return None


class _Reader:
    """Walks the body of one module as its import does."""

    def __init__(self, wheel: Wheel, name: str, path: Path) -> None:
        self.wheel = wheel
        self.package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.module = ModuleText(name)
        self.tables: dict[str, dict[str, tuple[str, bool]]] = {}
        self.opened: set[str] = set()

    def read(self) -> ModuleText:
        self._block(self.tree.body)
        return self.module

    def _block(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    self.module.loads.append(alias.name)
                    bound = alias.asname or alias.name.split(".")[0]
                    self.module.names[bound] = None
            case ast.ImportFrom():
                self._import_from(node)
            case ast.FunctionDef(name="__getattr__"):
                self.module.is_open = True
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                self.module.names[name] = node
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name), value=ast.Dict() as value) if name in self.tables:
                self.tables[name] |= _table(value)
            case ast.Delete(targets=targets):
                for target in targets:
                    if isinstance(target, ast.Name):
                        self.module.names.pop(target.id, None)
            case ast.If(test=test, body=body, orelse=orelse):
                if not _never_runs(test):
                    self._block(body)
                self._block(orelse)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
                self._block(body)
                for handler in handlers:
                    self._block(handler.body)
                self._block(orelse)
                self._block(final)
            case ast.With(body=body):
                self._block(body)
            case ast.For(target=target, body=body):
                self._bind(target)
                self._block(body)
            case ast.Expr(value=ast.Call(func=function, args=arguments)):
                self._call(function, arguments)

    def _import_from(self, node: ast.ImportFrom) -> None:
        base = node.module or ""
        if node.level:
            above = self.package.split(".")[: len(self.package.split(".")) - (node.level - 1)]
            base = ".".join([*above, *filter(None, [node.module])])
        self.module.loads.append(base)
        for alias in node.names:
            if alias.name == "*":
                self._star(base)
                continue
            if self.wheel.has(f"{base}.{alias.name}"):
                self.module.loads.append(f"{base}.{alias.name}")
            self.module.names[alias.asname or alias.name] = (base, alias.name)

    def _star(self, base: str) -> None:
        other = self.wheel.module(base)
        if other is None or other.is_open:
            self.module.is_open = True
            return
        self.module.names |= {name: (base, name) for name in other.names if not name.startswith("_")}

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name(id="__getattr__"):
                self._getattr(value)
            case ast.Tuple(elts=items) if any(isinstance(item, ast.Name) and item.id == "__getattr__" for item in items):
                self._getattr(value)
            case ast.Name(id=name) if isinstance(value, ast.Dict) and "deprecat" in name:
                self.tables[name] = _table(value)
            case _:
                self._bind(target, value)

    def _bind(self, target: ast.expr, value: ast.expr | None = None) -> None:
        match target:
            case ast.Name(id=name):
                self.module.names[name] = value
            case ast.Tuple(elts=items) | ast.List(elts=items):
                for item in items:
                    self._bind(item)
            case ast.Subscript(value=ast.Call(func=ast.Name(id="globals" | "vars"))):
                self.module.is_open = True

    def _getattr(self, value: ast.expr) -> None:
        """`__getattr__ = deprecation_getattr(__name__, table)`, `__getattr__, … = attach(__name__, [submodules])`."""
        match value:
            case ast.Call(args=[_, ast.Name(id=table)]) if table in self.tables:
                self.module.deprecated |= self.tables[table]
            case ast.Call(args=[_, ast.List(elts=items)]):
                names = [str(item.value) for item in items if isinstance(item, ast.Constant)]
                self.module.lazy = tuple(f"{self.package}.{name}" for name in names)
            case _:
                self.module.is_open = True

    def _call(self, function: ast.expr, arguments: list[ast.expr]) -> None:
        match function:
            case ast.Attribute(value=ast.Name(id=table), attr="update") if table in self.tables:
                for argument in arguments:
                    if isinstance(argument, ast.Dict):
                        self.tables[table] |= _table(argument)
                    else:
                        self.module.is_open = True
            case ast.Attribute(value=ast.Call(func=ast.Name(id="globals" | "vars"))) | ast.Name(id="exec"):
                self.module.is_open = True
            case ast.Name(id="setattr") if self.module.name in ast.dump(arguments[0]):
                self.module.is_open = True


def _never_runs(test: ast.expr) -> bool:
    """Whether a condition is false when a module is imported."""
    return "TYPE_CHECKING" in ast.dump(test) or "__main__" in ast.dump(test)


def _table(node: ast.Dict) -> dict[str, tuple[str, bool]]:
    """A table of deprecations: the message for each name, and whether the name still gives something."""
    found = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple):
            message, given = value.elts
            there = not (isinstance(given, ast.Constant) and given.value is None)
            found[str(key.value)] = (_text(message), there)
    return found


def _text(node: ast.expr) -> str:
    """A string as far as its text is written out."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
        case ast.JoinedStr(values=parts):
            return "".join(map(_text, parts))
    return ""


_KEEP_THE_SIGNATURE = frozenset({
    "jit", "partial", "export", "implements", "_implements", "_wraps", "api_boundary", "set_module", "overload",
    "deprecated", "wraps", "custom_jvp", "custom_vjp", "custom_gradient",
})  # fmt: skip
"""Decorators under which a function of JAX takes what its definition says."""


@cache
def _decorator(source: str) -> str:
    return source.partition("(")[0].rpartition(".")[2]


def signature(node: ast.AST | None) -> str | None:
    """The parameters of a function, as `a, /, axis, *, dtype`; None when the definition does not tell them."""
    if not isinstance(node, ast.FunctionDef):
        return None
    if any(_decorator(ast.unparse(decorator)) not in _KEEP_THE_SIGNATURE for decorator in node.decorator_list):
        return None
    arguments = node.args
    parts = [each.arg for each in arguments.posonlyargs]
    if parts:
        parts.append("/")
    parts += [each.arg for each in arguments.args]
    if arguments.vararg is not None:
        parts.append("*" + arguments.vararg.arg)
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [each.arg for each in arguments.kwonlyargs]
    if arguments.kwarg is not None:
        parts.append("**" + arguments.kwarg.arg)
    return ", ".join(parts)
