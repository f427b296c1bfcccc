"""Random numbers that are no function of a key: `numpy.random`, `random`, `secrets`, `uuid`, `os.urandom`."""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.families import HOST, HOST_FLOAT, HOST_INT, HOST_STR, NOTHING, NUMPY, UNKNOWN, operations
from jaxlint.model.schema import ClassKind, Effect, HostResult, Library, LibraryClass, Operation, Reads, Row
from jaxlint.values.base import HostKind

_NUMPY = Operation("numpy.random", NUMPY, library=Library.NUMPY, reads=Reads.AS_NUMPY, effect=Effect.GLOBAL_RNG)
_PYTHON = Operation("random", HOST, library=Library.PYTHON, effect=Effect.GLOBAL_RNG)

_SIZED = "standard_cauchy standard_exponential standard_normal"

_DISTRIBUTIONS = (
    "beta binomial chisquare choice dirichlet exponential f gamma geometric gumbel hypergeometric laplace logistic "
    "lognormal logseries multinomial multivariate_normal negative_binomial noncentral_chisquare noncentral_f normal "
    "pareto permutation poisson power rayleigh standard_gamma standard_t triangular uniform vonmises wald weibull "
    "zipf"
)


def _generator(path: str) -> tuple[Operation, ...]:
    methods = replace(_NUMPY, path=path)
    return (
        *operations(methods, _DISTRIBUTIONS),
        *operations(replace(methods, reads=Reads.AS_INDEX), _SIZED, "size", static="size"),
        *operations(replace(methods, writes="x", reads=Reads.TRACED), "shuffle", "x", NOTHING),
        *operations(replace(methods, reads=Reads.VALUES), "bytes", "length", HostResult(HostKind.BYTES)),
    )


ROWS: tuple[Row, ...] = (
    LibraryClass("numpy.random.Generator", ClassKind.GENERATOR),
    LibraryClass("numpy.random.RandomState", ClassKind.GENERATOR),
    LibraryClass("numpy.random.default_rng", ClassKind.GENERATOR, makes="numpy.random.Generator"),
    LibraryClass("random.Random", ClassKind.GENERATOR),
    LibraryClass("random.SystemRandom", ClassKind.GENERATOR),
    *_generator("numpy.random"),
    *_generator("numpy.random.Generator"),
    *_generator("numpy.random.RandomState"),
    *(
        row
        for path in ("numpy.random", "numpy.random.RandomState")
        for row in (
            *operations(replace(_NUMPY, path=path, reads=Reads.AS_INDEX), "rand randn"),
            *operations(replace(_NUMPY, path=path), "randint"),
            *operations(
                replace(_NUMPY, path=path, reads=Reads.AS_INDEX), "random random_sample", "size", static="size"
            ),
        )
    ),
    *operations(replace(_NUMPY, reads=Reads.AS_INDEX), "ranf sample", "size", static="size"),
    *operations(replace(_NUMPY, path="numpy.random.Generator"), "integers permuted"),
    *operations(replace(_NUMPY, path="numpy.random.Generator", reads=Reads.AS_INDEX), "random", "size", static="size"),
    *operations(_NUMPY, "seed", "seed", NOTHING),
    *operations(replace(_NUMPY, reads=Reads.TRACED), "get_state", "", UNKNOWN),
    *operations(replace(_NUMPY, reads=Reads.TRACED), "set_state", "state", NOTHING),
    *(
        row
        for path in ("random", "random.Random")
        for like in (replace(_PYTHON, path=path),)
        for row in (
            *operations(
                like,
                "betavariate expovariate gammavariate gauss lognormvariate normalvariate paretovariate random "
                "triangular uniform vonmisesvariate weibullvariate",
                "",
                HOST_FLOAT,
            ),
            *operations(like, "getrandbits randint randrange", "", HOST_INT),
            *operations(like, "randbytes", "n", HostResult(HostKind.BYTES)),
            *operations(like, "choice choices sample getstate", "", UNKNOWN),
            *operations(replace(like, writes="x"), "shuffle", "x", NOTHING),
            *operations(like, "seed setstate", "", NOTHING),
        )
    ),
    *operations(replace(_PYTHON, path="secrets"), "randbelow randbits", "", HOST_INT),
    *operations(replace(_PYTHON, path="secrets"), "choice", "", UNKNOWN),
    *operations(replace(_PYTHON, path="secrets"), "token_hex token_urlsafe", "", HOST_STR),
    *operations(replace(_PYTHON, path="secrets"), "token_bytes", "", HostResult(HostKind.BYTES)),
    *operations(replace(_PYTHON, path="uuid"), "uuid1 uuid4", ""),
    *operations(replace(_PYTHON, path="os"), "urandom", "size", HostResult(HostKind.BYTES)),
)
