"""State: what traced code writes outside of itself happens once per trace, and what it reads there is baked in."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.liveness import is_used_after
from jaxlint.trace.observations import Escape, StaleRead, Target
from jaxlint.trace.once import is_called_once, runs_once
from jaxlint.trace.staleness import is_argument
from jaxlint.values import UNKNOWN, Answer, Array, Tree, Value
from jaxlint.values.objects import keeps_state
from jaxlint.values.pytree import sure_leaves

from .effects import in_context_manager, is_in_loop_alone, is_staged

ARGUMENT_MUTATION = Rule(
    6303,
    "jax-argument-mutation",
    Severity.WARNING,
    "`{name}` is a copy that JAX made for the traced function, so this change of it is lost; return the new value",
    explanation="""A traced function changes a container that it was given.

What it does
Reports writing into a list, dict or registered object that is an argument of a transformed function, when nothing
looks at it afterwards.

Why
JAX takes the arguments apart and puts them together again, with tracers as leaves. The function gets the copy; the
caller's list or dict stays as it was.

    @jax.jit
    def step(params, grads):
        params["w"] = params["w"] - 0.1 * grads["w"]

Write instead
    @jax.jit
    def step(params, grads):
        return {**params, "w": params["w"] - 0.1 * grads["w"]}
    params = step(params, grads)

When it stays silent
When the changed object is returned, read again or passed on, or has another name; on containers made inside; on
mutable arrays (`jax.new_ref`); outside of transformations and in callbacks.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
https://docs.jax.dev/en/latest/working-with-pytrees.html
""",
)

TRACER_LEAK = Rule(
    6305,
    "jax-tracer-leak",
    Severity.ERROR,
    "{what} keeps a tracer beyond its trace, and using it later raises UnexpectedTracerError; {instead}",
    explanation="""A tracer is stored where it outlives its trace.

What it does
Reports a traced value that is stored on `self`, a global or nonlocal name, a class, a module, a function or a captured
container, and an array that a cached function or lazy constant first makes inside of a trace.

Why
A tracer means something only while its function is traced. Whoever uses it afterwards gets UnexpectedTracerError. Under
jit even `jnp.zeros(3)` is a tracer, so a cache that is first filled in a trace holds one.

    history = []
    @jax.jit
    def step(x):
        history.append(jnp.mean(x))
        return x

Write instead
    return x, jnp.mean(x)                                 # and keep the result
    carry, ys = jax.lax.scan(body, init, xs)              # ys are the values of all steps
    TABLE = jnp.arange(3)                                 # made on import
    np.arange(3)                                          # what NumPy makes is no tracer
    with jax.ensure_compile_time_eval(): ...              # in a cached function

When it stays silent
On containers and objects made inside of the trace, on shapes and other static values, on objects that JAX rebuilt for
the trace, in callbacks.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.UnexpectedTracerError
https://docs.jax.dev/en/latest/_autosummary/jax.checking_leaks.html
""",
)

CAPTURED_STATE_WRITE = Rule(
    6306,
    "jax-captured-state-write",
    Severity.WARNING,
    "{what} is changed while JAX traces, once, and not when the compiled function is called; return the new value",
    explanation="""Traced code changes state that it captured.

What it does
Reports `global` and `nonlocal` writes, and changes of captured lists, dicts, sets, NumPy arrays, objects and classes,
by values that are not traced.

Why
It happens while JAX traces: once for each shape of the arguments, for each branch of a cond, once for a whole scan.

    calls = 0
    @jax.jit
    def f(x):
        global calls
        calls += 1
        return x

Write instead
    return x, calls + 1                                   # state in and out
    jax.lax.scan(body, (x, 0), xs)                        # state in the carry
    counter[...] += 1                                     # counter = jax.new_ref(0)

When it stays silent
On state made inside of the trace, in callbacks, under grad and vmap alone, where the function runs at each call. On
caches, which write only what is missing, and on what is written under a lock of `threading`. A function that is made
for one call, `jax.checkpoint(lambda …)(x)`, is traced at each, and what the body of such a loop sets, it would set to
the same in each step. A variable that is set to an equal constant has not changed. A traced value stored there is
jax-tracer-leak.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
https://docs.jax.dev/en/latest/stateful-computations.html
""",
)

STALE_GLOBAL = Rule(
    6307,
    "jax-stale-global",
    Severity.WARNING,
    "`{name}` is read while JAX traces, and the compiled function keeps that value although {where} binds it anew; "
    "pass it as an argument",
    explanation="""Traced code reads a variable that the program rebinds.

What it does
Reports reading a global, a variable of an enclosing function, an attribute of such an object or an item of such a dict in
traced code, when the program binds it anew between two calls of the compiled function.

Why
The value is read while JAX traces, and is a constant of the compiled function. Bodies of scan, fori_loop, while_loop,
cond and functions under checkpoint are kept by their identity as well, even outside of jit.

    rate = 0.1
    @jax.jit
    def step(w, g):
        return w - rate * g
    step(w, g)
    rate = 0.01
    step(w, g)                                            # still 0.1

Write instead
    def step(w, g, rate): ...
    step(w, g, rate)

When it stays silent
On constants, on what is bound before the first call, on mutable arrays, in callbacks, under grad and vmap alone, where
the function runs at each call. Attributes of static arguments and of `self` are jax-mutable-static's. Only what is seen to
happen in this order is reported: a call, the rebinding, a call.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
https://docs.jax.dev/en/latest/jit-compilation.html
""",
)

RULES = (ARGUMENT_MUTATION, TRACER_LEAK, CAPTURED_STATE_WRITE, STALE_GLOBAL)


class StateListeners:
    """The rules about state."""

    @listens_to(Escape)
    def escape(self, escape: Escape) -> Iterator[Finding]:
        """Traced code writes into something that outlives the trace, or is lost with it; objects with state have a rule."""
        if keeps_state(escape.owner):
            return
        if escape.target is Target.ARGUMENT:
            if escape.place is not None and not is_used_after(escape.frame, escape.node, escape.place):
                yield Finding(ARGUMENT_MUTATION, escape.node, {"name": escape.name}, because(escape, UNKNOWN))
            return
        leaked = _leaked(escape.value, escape.made)
        if leaked is not None:
            instead = "make it outside of the trace, or with NumPy" if _is_made_here(escape) else "return it"
            fills = {"what": _keeper(escape), "instead": instead}
            yield Finding(TRACER_LEAK, escape.node, fills, because(escape, leaked))
        elif escape.target is not Target.CACHE and is_staged(escape, escape.made) and not _is_meant(escape):
            yield Finding(CAPTURED_STATE_WRITE, escape.node, {"what": _keeper(escape)}, because(escape, UNKNOWN))

    @listens_to(StaleRead)
    def stale(self, read: StaleRead) -> Iterator[Finding]:
        """A compiled function keeps what it read; for what it was given as a static argument there is jax-mutable-static."""
        if isinstance(read.node, nodes.Attribute) and is_argument(read.frame, read.node.expr):
            return
        where = read.rebound.seen_from(read.frame.module_name)
        yield Finding(STALE_GLOBAL, read.node, {"name": source_of(read.node), "where": where}, because(read, UNKNOWN))


def _leaked(value: Value, made: int) -> Array | Tree | None:
    """A tracer of a trace that was opened after the place was made."""
    for leaf in sure_leaves(value):
        if not isinstance(leaf, Array | Tree) or leaf.tracing.is_tracer is not Answer.YES:
            continue
        if leaf.why is None or leaf.why.depth > made:
            return leaf
    return None


def _keeper(escape: Escape) -> str:
    match escape.target:
        case Target.GLOBAL:
            return f"the global `{escape.name}`"
        case Target.NONLOCAL:
            return f"the variable `{escape.name}` of the enclosing function"
        case Target.CACHE:
            return f"the cache of `{escape.name}`"
        case Target.CLASS | Target.MODULE:
            return f"`{escape.name}`"
    if escape.target is Target.ATTRIBUTE:
        return f"`{_written(escape)}`, an attribute of an object from outside of the trace,"
    return f"`{escape.name}`, which was made outside of the trace,"


def _is_made_here(escape: Escape) -> bool:
    return escape.target is Target.CACHE


def _is_meant(escape: Escape) -> bool:
    """Whether the write is meant to happen while tracing: it fills a cache, is undone, or keeps a stack."""
    return (
        _fills_gap(escape)
        or _is_undone(escape)
        or _keeps_stack(escape)
        or in_context_manager(escape.frame)
        or escape.frame.context.locked
        or (is_in_loop_alone(escape, escape.made) and _sets(escape))
    )


def _sets(escape: Escape) -> bool:
    """Whether the write sets something whatever was there before: to do so in each step would come to the same."""
    statement = escape.node.statement()
    return (
        isinstance(statement, nodes.Assign | nodes.AnnAssign)
        and statement.value is not None
        and isinstance(escape.node, nodes.AssignName | nodes.AssignAttr | nodes.Subscript)
        and not _asks(statement.value, _written(escape))
    )


def _written(escape: Escape) -> str:
    """The code of what is written: a name, an attribute, a container."""
    if isinstance(escape.node, nodes.AssignAttr | nodes.DelAttr):
        return str(escape.node.as_string()).removeprefix("del ")
    return escape.name


def _fills_gap(escape: Escape) -> bool:
    """Whether the write is that of a cache: what was there is asked first."""
    node, written = escape.node, _written(escape)
    if isinstance(node, nodes.Call) and isinstance(node.func, nodes.Attribute) and node.func.attrname == "setdefault":
        return True
    statement = node.statement()
    if isinstance(statement, nodes.Assign) and isinstance(node, nodes.AssignAttr):
        match statement.value:
            case nodes.Call(func=nodes.Name(name="getattr"), args=[_, nodes.Const(value=name), _]):
                if name == node.attrname:
                    return True
    for ancestor in node.node_ancestors():
        if isinstance(ancestor, nodes.FunctionDef | nodes.Lambda):
            break
        if isinstance(ancestor, nodes.If | nodes.IfExp):
            asked = (ancestor.test, *_values_of(ancestor.test, node.scope()))
            if any(_asks(code, written) for code in asked):
                return True
    return runs_once(node) or is_called_once(escape.frame, written)


def _asks(code: nodes.NodeNG, written: str) -> bool:
    """Whether code looks at what is written, or whether something is in the object that holds it."""
    if any(part.as_string() == written for part in (code, *code.nodes_of_class((nodes.Name, nodes.Attribute)))):
        return True
    return any(
        operator in ("in", "not in") and written.startswith(f"{operand.as_string()}.")
        for comparison in code.nodes_of_class(nodes.Compare)
        for operator, operand in comparison.ops
    )


def _values_of(test: nodes.NodeNG, scope: nodes.NodeNG) -> Iterator[nodes.NodeNG]:
    """What the function assigns to the names that a test looks at."""
    names = {name.name for name in test.nodes_of_class(nodes.Name)}
    for statement in scope.nodes_of_class(nodes.Assign):
        if any(isinstance(target, nodes.AssignName) and target.name in names for target in statement.targets):
            yield statement.value


_PUSHES, _POPS = frozenset({"append", "appendleft", "add", "push"}), frozenset({"pop", "popleft", "remove", "discard"})


def _keeps_stack(escape: Escape) -> bool:
    """Whether what is put into the container is taken out again, and nothing else: by `append` and `pop`."""
    call = escape.node
    if not isinstance(call, nodes.Call) or not isinstance(call.func, nodes.Attribute):
        return False
    if call.func.attrname not in _PUSHES | _POPS:
        return False
    used = {
        other.func.attrname
        for other in call.root().nodes_of_class(nodes.Call)
        if isinstance(other.func, nodes.Attribute) and other.func.expr.as_string() == escape.name
    }
    return bool(used & _PUSHES) and bool(used & _POPS)


def _is_undone(escape: Escape) -> bool:
    """Whether the function puts the old value back: in a `finally`, or from a variable in which it has kept it."""
    scope = escape.node.scope()
    finals = [node for node in scope.nodes_of_class(nodes.Try) if node.finalbody]
    written = _written(escape)
    return _puts_back(scope, written) or any(
        target.as_string() == written or getattr(target, "attrname", "") == getattr(escape.node, "attrname", None)
        for final in finals
        for statement in final.finalbody
        for assignment in statement.nodes_of_class((nodes.Assign, nodes.AugAssign))
        for target in (assignment.targets if isinstance(assignment, nodes.Assign) else (assignment.target,))
    )


def _puts_back(scope: nodes.NodeNG, written: str) -> bool:
    """`old = written`, and later `written = old`."""
    pairs = [
        (target.as_string(), assignment.value.as_string())
        for assignment in scope.nodes_of_class(nodes.Assign)
        for target in assignment.targets
    ]
    kept = {name for name, value in pairs if value == written}
    return any(target == written and value in kept for target, value in pairs)
