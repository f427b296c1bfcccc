"""Transformations of JAX: where the function stands, which of its arguments are traced, what comes back.

What makes values abstract was observed by running each under JAX (`tests/model/test_transformations_match_jax.py`
repeats it). https://docs.jax.dev/en/latest/key-concepts.html#transformations
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.loops import applying, control_flow
from jaxlint.model.schema import Callee, From, Gives, Hiding, Loop, Manager, Returns, Row, Selects, Source, Staging, Wrapper

JIT = Wrapper(
    "jax.jit",
    Hiding.HIDDEN,
    Staging.YES,
    Selects.NOT_STATIC,
    parameters=("fun",),
    decorator_options=True,
    caches=True,
    hashes=True,
    validates=True,
    plain=True,
    aliases=("jax.api.jit", "jax._src.api.jit"),
)

_GRAD = Wrapper(
    "jax.grad",
    Hiding.PRIMAL,
    Staging.INHERIT,
    Selects.ARGNUMS,
    Returns.GRADIENT,
    parameters=("fun", "argnums", "has_aux", "holomorphic", "allow_int", "reduce_axes"),
)

WRAPPERS: tuple[Wrapper, ...] = (
    JIT,
    Wrapper(
        "jax.experimental.pjit.pjit",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        parameters=("fun", "in_shardings", "out_shardings", "static_argnums", "static_argnames", "donate_argnums"),
        decorator_options=True,
        caches=True,
        hashes=True,
        validates=True,
        plain=True,
    ),
    Wrapper(
        "jax.vmap",
        Hiding.HIDDEN,
        Staging.INHERIT,
        Selects.IN_AXES,
        parameters=("fun", "in_axes", "out_axes", "axis_name", "axis_size", "spmd_axis_name"),
        axis=True,
        maps=True,
    ),
    Wrapper(
        "jax.pmap",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        parameters=("fun", "axis_name"),
        axis=True,
        maps=True,
        caches=True,
        hashes=True,
    ),
    Wrapper(
        "jax.shard_map",
        Hiding.HIDDEN,
        Staging.YES,
        function="f",
        parameters=("f",),
        axis=True,
        decorator_options=True,
        blocks=True,
        aliases=("jax.experimental.shard_map.shard_map",),
    ),
    Wrapper(
        "jax.numpy.vectorize",
        Hiding.HIDDEN,
        Staging.INHERIT,
        Selects.LOOPED,
        function="pyfunc",
        parameters=("pyfunc",),
        decorator_options=True,
    ),
    _GRAD,
    replace(_GRAD, path="jax.value_and_grad", returns=Returns.VALUE_AND_GRADIENT),
    *(
        replace(
            _GRAD,
            path=f"jax.{name}",
            returns=Returns.JACOBIAN,
            parameters=("fun", "argnums", "has_aux", "holomorphic", "allow_int"),
            forward=name == "jacfwd",
        )
        for name in ("jacfwd", "jacrev", "jacobian", "hessian")
    ),
    Wrapper(
        "jax.checkpoint",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        parameters=("fun",),
        decorator_options=True,
        caches=True,
        compiled=False,
        aliases=("jax.remat", "jax.ad_checkpoint.checkpoint", "jax.ad_checkpoint.remat", "jax.new_checkpoint"),
    ),
    *(
        Wrapper(
            f"jax.{name}",
            Hiding.BARE,
            Staging.INHERIT,
            Selects.NOT_NONDIFF,
            parameters=("fun", "nondiff_argnums"),
            rules=rules,
        )
        for name, rules in (("custom_jvp", ("defjvp", "defjvps")), ("custom_vjp", ("defvjp",)))
    ),
    Wrapper("jax.custom_gradient", Hiding.BARE, Staging.INHERIT, returns=Returns.FIRST, parameters=("fun",)),
    Wrapper("jax.custom_batching.custom_vmap", Hiding.HIDDEN, Staging.YES, parameters=("fun",)),
    Wrapper(
        "jax.custom_batching.sequential_vmap", Hiding.HIDDEN, Staging.YES, function="f", parameters=("f",)
    ),
    Wrapper("jax.named_call", Hiding.SAME, Staging.INHERIT, parameters=("fun", "name")),
    Wrapper(
        "jax.make_jaxpr",
        Hiding.HIDDEN,
        Staging.YES,
        Selects.NOT_STATIC,
        Returns.JAXPR,
        parameters=("fun", "static_argnums", "axis_env", "return_shape"),
        hashes=True,
    ),
    Wrapper(
        "jax.experimental.checkify.checkify",
        Hiding.SAME,
        Staging.YES,
        Selects.ALL,
        Returns.ERROR_AND_VALUE,
        function="f",
        parameters=("f", "errors"),
    ),
)


LOOPS: tuple[Loop, ...] = (
    *control_flow("jax.lax", "scan fori_loop while_loop map cond switch associative_scan", caches=True),
    Loop(
        "jax.lax.platform_dependent",
        Hiding.SAME,
        Staging.INHERIT,
        (Callee("default", (From(Source.REST, "*args"),)),),
        Gives.RESULT,
        ("*args",),
    ),
    Loop(
        "jax.lax.reduce",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("computation", (From(Source.ELEMENT), From(Source.ELEMENT))),),
        Gives.UNKNOWN,
        ("operands", "init_values", "computation", "dimensions"),
    ),
    Loop(
        "jax.lax.reduce_window",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("computation", (From(Source.ELEMENT), From(Source.ELEMENT))),),
        Gives.UNKNOWN,
        ("operand", "init_value", "computation", "window_dimensions", "window_strides", "padding"),
    ),
    Loop(
        "jax.lax.custom_root",
        Hiding.HIDDEN,
        Staging.YES,
        (
            Callee("f", (From(Source.WHOLE, "initial_guess"),)),
            Callee("solve", (From(Source.WHOLE, "f"), From(Source.WHOLE, "initial_guess"))),
            Callee("tangent_solve", (From(Source.LINEAR, "initial_guess"), From(Source.WHOLE, "initial_guess"))),
        ),
        Gives.LIKE,
        ("f", "initial_guess", "solve", "tangent_solve", "has_aux"),
        like="initial_guess",
    ),
    Loop(
        "jax.lax.custom_linear_solve",
        Hiding.HIDDEN,
        Staging.YES,
        (
            Callee("matvec", (From(Source.WHOLE, "b"),)),
            Callee("solve", (From(Source.WHOLE, "matvec"), From(Source.WHOLE, "b"))),
            Callee("transpose_solve", (From(Source.WHOLE, "matvec"), From(Source.WHOLE, "b"))),
        ),
        Gives.LIKE,
        ("matvec", "b", "solve", "transpose_solve", "symmetric", "has_aux"),
        like="b",
    ),
    applying("jax.eval_shape", Hiding.HIDDEN, Staging.YES, Gives.SHAPES, "fun *args"),
    applying("jax.jvp", Hiding.PRIMAL, Staging.INHERIT, Gives.JVP, "fun primals tangents has_aux", operands="primals"),
    applying("jax.vjp", Hiding.PRIMAL, Staging.INHERIT, Gives.VJP, "fun *primals"),
    applying("jax.linearize", Hiding.PRIMAL, Staging.INHERIT, Gives.LINEARIZED, "fun *primals"),
    applying("jax.linear_transpose", Hiding.HIDDEN, Staging.INHERIT, Gives.UNKNOWN, "fun *primals"),
    applying("jax.closure_convert", Hiding.HIDDEN, Staging.YES, Gives.UNKNOWN, "fun *example_args"),
    applying(
        "jax.experimental.jet.jet",
        Hiding.HIDDEN,
        Staging.INHERIT,
        Gives.UNKNOWN,
        "fun primals series",
        operands="primals",
    ),
    Loop(
        "jax.experimental.ode.odeint",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("func", (From(Source.WHOLE, "y0"), From(Source.ELEMENT), From(Source.REST, "*args"))),),
        Gives.STACK,
        ("func", "y0", "t", "*args"),
        repeats=True,
    ),
    Loop(
        "jax.scipy.optimize.minimize",
        Hiding.PRIMAL,
        Staging.INHERIT,
        (Callee("fun", (From(Source.WHOLE, "x0"), From(Source.REST, "args"))),),
        Gives.UNKNOWN,
        ("fun", "x0", "args"),
    ),
    *(
        Loop(
            f"jax.scipy.sparse.linalg.{name}",
            Hiding.HIDDEN,
            Staging.YES,
            (Callee("A", (From(Source.WHOLE, "b"),)),),
            Gives.SOLVED,
            ("A", "b", "x0"),
            like="b",
        )
        for name in ("cg", "bicgstab", "gmres")
    ),
    Loop(
        "jax.numpy.apply_along_axis",
        Hiding.SAME,
        Staging.INHERIT,
        (Callee("func1d", (From(Source.SLICE, "arr"), From(Source.REST, "*args"))),),
        Gives.UNKNOWN,
        ("func1d", "axis", "arr", "*args"),
    ),
    Loop(
        "jax.numpy.fromfunction",
        Hiding.HIDDEN,
        Staging.INHERIT,
        (Callee("function"),),
        Gives.UNKNOWN,
        ("function", "shape"),
    ),
    Loop(
        "jax.numpy.piecewise",
        Hiding.HIDDEN,
        Staging.YES,
        (Callee("funclist", (From(Source.WHOLE, "x"), From(Source.REST, "*args")), many=True),),
        Gives.RESULT,
        ("x", "condlist", "funclist", "*args"),
        plain=True,
    ),
    applying("jax.pure_callback", Hiding.HOST, Staging.NO, Gives.DECLARED, "callback result_shape_dtypes *args"),
    applying("jax.experimental.io_callback", Hiding.HOST, Staging.NO, Gives.DECLARED, "callback result_shape_dtypes *args"),
    applying("jax.debug.callback", Hiding.HOST, Staging.NO, Gives.NOTHING, "callback *args"),
    Loop(
        "jax.tree.map",
        Hiding.SAME,
        Staging.INHERIT,
        (Callee("f", (From(Source.LEAF, "tree"), From(Source.LEAF, "*rest"))),),
        Gives.TREE,
        ("f", "tree", "*rest"),
        aliases=("jax.tree_util.tree_map", "jax.tree_map", "jax.tree_multimap"),
    ),
    Loop(
        "jax.tree.map_with_path",
        Hiding.SAME,
        Staging.INHERIT,
        (Callee("f", (From(Source.PATH), From(Source.LEAF, "tree"), From(Source.LEAF, "*rest"))),),
        Gives.TREE,
        ("f", "tree", "*rest"),
        aliases=("jax.tree_util.tree_map_with_path",),
    ),
)

PALLAS_CALL = Wrapper(
    "jax.experimental.pallas.pallas_call",
    Hiding.HIDDEN,
    Staging.YES,
    Selects.ALL,
    Returns.UNKNOWN,
    function="kernel",
    parameters=("kernel", "out_shape"),
)
"""The kernel receives a `Ref` for each input and output; the tracer makes them (`Source.REF`)."""

MANAGERS: tuple[Manager, ...] = (
    Manager("jax.disable_jit", plain=True, switches=("disable",)),
    Manager("jax.ensure_compile_time_eval", stages=False),
)

ROWS: tuple[Row, ...] = (*WRAPPERS, *LOOPS, PALLAS_CALL, *MANAGERS)
