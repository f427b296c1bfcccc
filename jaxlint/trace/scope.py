"""Static facts of scopes: which names a nested function takes from around it, which names a body binds."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import Context, nodes

_SCOPES = (nodes.FunctionDef, nodes.Lambda, nodes.ClassDef)


def children(node: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """The child nodes, without astroid's generators in between."""
    for name in node._astroid_fields:
        value = getattr(node, name)
        if isinstance(value, nodes.NodeNG):
            yield value
        elif value:
            for item in value:
                if isinstance(item, nodes.NodeNG):
                    yield item
                elif isinstance(item, tuple):  # Dict.items, Compare.ops
                    for part in item:
                        if isinstance(part, nodes.NodeNG):
                            yield part


def free_names(node: nodes.FunctionDef | nodes.Lambda) -> tuple[str, ...]:
    """The names that a function reads, or writes as nonlocal, and does not bind: sorted, builtins included."""
    read: set[str] = set()
    nonlocals: set[str] = set()
    pending: list[nodes.NodeNG] = [*node.body] if isinstance(node.body, list) else [node.body]
    own = set(node.locals)
    while pending:
        item = pending.pop()
        if isinstance(item, nodes.Name):
            read.add(item.name)
        elif isinstance(item, nodes.Nonlocal):
            nonlocals.update(item.names)
        elif isinstance(item, nodes.FunctionDef | nodes.Lambda):
            read.update(free_names(item))
            pending.extend(n for n in (*(item.args.defaults or ()), *(item.args.kw_defaults or ())) if n is not None)
            if isinstance(item, nodes.FunctionDef) and item.decorators is not None:
                pending.append(item.decorators)
            continue
        pending.extend(children(item))
    return tuple(sorted((read - own) | nonlocals))


def counts_steps(node: nodes.NodeNG) -> bool:
    """Whether a loop or comprehension repeats one thing: `while`, or `for` whose targets are not used in its body."""
    match node:
        case nodes.While():
            return True
        case nodes.For(target=target, body=body):
            return not _is_used([target], body)
        case nodes.DictComp(generators=clauses, key=key, value=value):
            return not _is_used([clause.target for clause in clauses], [key, value])
    return not _is_used([clause.target for clause in node.generators], [node.elt])


def _is_used(targets: list[nodes.NodeNG], body: list[nodes.NodeNG]) -> bool:
    """Whether code reads a name that a target binds."""
    names = {name.name for target in targets for name in target.nodes_of_class(nodes.AssignName)}
    return any(name.name in names for part in body for name in part.nodes_of_class(nodes.Name))


def bound_names(body: list[nodes.NodeNG]) -> set[str]:
    """The names that statements bind in their own scope."""
    names: set[str] = set()
    pending: list[nodes.NodeNG] = list(body)
    while pending:
        item = pending.pop()
        if isinstance(item, nodes.AssignName | nodes.DelName):
            names.add(item.name)
        elif isinstance(item, nodes.FunctionDef | nodes.ClassDef):
            names.add(item.name)
            continue
        elif isinstance(item, nodes.Lambda):
            continue
        elif isinstance(item, nodes.Import | nodes.ImportFrom):
            names.update((alias or name.split(".")[0]) for name, alias in item.names)
        pending.extend(children(item))
    return names


def chosen_names(scope: nodes.NodeNG) -> dict[str, frozenset[str]]:
    """For each name that an `if` of a function asks: the names that its branches bind, whose values hang on it."""
    chosen: dict[str, frozenset[str]] = {}
    for branch in scope.nodes_of_class(nodes.If, skip_klass=_SCOPES):
        bound = frozenset(bound_names([*branch.body, *branch.orelse]))
        for asked in branch.test.nodes_of_class(nodes.Name):
            chosen[asked.name] = chosen.get(asked.name, frozenset()) | bound
    return chosen


def given_names(scope: nodes.NodeNG) -> dict[str, list[tuple[str, int]]]:
    """For each name or attribute, as it is written: the names bound to what calls made that were given it, and at which
    position.
    """
    given: dict[str, list[tuple[str, int]]] = {}
    for assignment in scope.nodes_of_class(nodes.Assign, skip_klass=_SCOPES):
        match assignment:
            case nodes.Assign(targets=[nodes.AssignName(name=name)], value=nodes.Call(args=arguments)):
                for position, argument in enumerate(arguments):
                    if isinstance(argument, nodes.Name | nodes.Attribute):
                        given.setdefault(argument.as_string(), []).append((name, position))
    return given


def attributes_set(module: nodes.Module) -> frozenset[str]:
    """The attributes that a module sets elsewhere than in an `__init__`."""
    return frozenset(
        target.attrname
        for target in module.nodes_of_class(nodes.AssignAttr)
        if getattr(target.scope(), "name", "") != "__init__"
    )


def is_marked_abstract(function: nodes.FunctionDef | nodes.Lambda) -> bool:
    """Whether a method only says what subclasses have to do: `@abc.abstractmethod` and its like."""
    decorators = function.decorators.nodes if isinstance(function, nodes.FunctionDef) and function.decorators else ()
    return any(
        (isinstance(decorator, nodes.Name) and decorator.name.startswith("abstract"))
        or (isinstance(decorator, nodes.Attribute) and decorator.attrname.startswith("abstract"))
        for decorator in decorators
    )


def keyword_of(call: nodes.NodeNG, name: str) -> nodes.NodeNG | None:
    """The expression that a call gives under a keyword; None where it gives none."""
    keywords = call.keywords if isinstance(call, nodes.Call) else ()
    return next((keyword.value for keyword in keywords if keyword.arg == name), None)


_FILLS = frozenset({"add", "append", "appendleft", "extend", "insert", "setdefault", "update"})


def filled_names(tree: nodes.Module) -> frozenset[str]:
    """The module's names whose containers functions of it put something into: `STACK.append(x)`, `TABLE[key] = x`."""
    names: set[str] = set()
    for part in tree.nodes_of_class((nodes.Call, nodes.Subscript)):
        match part:
            case nodes.Call(func=nodes.Attribute(attrname=method, expr=nodes.Name(name=name))) if method in _FILLS:
                filled = name
            case nodes.Subscript(value=nodes.Name(name=name), ctx=Context.Store):
                filled = name
            case _:
                continue
        scope = part.scope()
        if scope is not tree and filled not in scope.locals:
            names.add(filled)
    return frozenset(names & set(tree.locals))
