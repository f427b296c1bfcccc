"""The standard library: what prints, logs, waits, reads the clock or a file, and `math`, which converts arrays.

Random numbers stand in `host_random`. Built-ins that compute (`len`, `zip`, `int`, …) are no rows: the tracer has them.
"""

from __future__ import annotations

import math
from dataclasses import replace

from jaxlint.model.families import (
    HOST,
    HOST_BOOL,
    HOST_FLOAT,
    HOST_INT,
    HOST_STR,
    NOTHING,
    UNKNOWN,
    operations,
)
from jaxlint.model.schema import (
    ClassKind,
    Constant,
    Effect,
    HostResult,
    Library,
    LibraryClass,
    Operation,
    Reads,
    Result,
    Row,
)
from jaxlint.values.base import HostKind

_PYTHON = Operation("", HOST, library=Library.PYTHON)
_BYTES = HostResult(HostKind.BYTES)


def _effect(effect: Effect, module: str, names: str, result: Result = NOTHING) -> tuple[Operation, ...]:
    return operations(replace(_PYTHON, path=module, effect=effect), names, "", result)


_LEVELS = "critical debug error exception fatal info log warning"

_OUTPUT = (
    *_effect(Effect.PRINT, "builtins", "print"),
    *_effect(Effect.PRINT, "pprint", "pprint pp"),
    *_effect(Effect.PRINT, "sys.stdout", "write writelines", UNKNOWN),
    *_effect(Effect.PRINT, "sys.stderr", "write writelines", UNKNOWN),
    *_effect(Effect.LOG, "logging", _LEVELS),
    *_effect(Effect.LOG, "logging.Logger", _LEVELS),
    *_effect(Effect.LOG, "warnings", "warn warn_explicit"),
    *_effect(Effect.PRINT, "traceback", "print_exc print_stack print_exception"),
    # No effect of its own, and what it returns is `logging.Logger`.
    *operations(replace(_PYTHON, path="logging"), "getLogger", "name"),
)

_FILES = (
    *_effect(Effect.IO, "builtins", "open", HOST),
    *_effect(Effect.IO, "builtins", "input", HOST_STR),
    *_effect(Effect.IO, "io", "open", HOST),
    *_effect(Effect.IO, "pickle", "dump"),
    *_effect(Effect.IO, "pickle", "load", UNKNOWN),
    *_effect(Effect.IO, "json", "dump"),
    *_effect(Effect.IO, "json", "load", UNKNOWN),
    *_effect(Effect.IO, "marshal", "dump", UNKNOWN),
    *_effect(
        Effect.IO,
        "os",
        "chdir chmod link makedirs mkdir popen remove removedirs rename replace rmdir symlink system unlink",
        UNKNOWN,
    ),
    *_effect(Effect.IO, "os", "listdir scandir stat walk", HOST),
    *_effect(Effect.IO, "os.path", "exists isdir isfile", HOST_BOOL),
    *_effect(
        Effect.IO,
        "pathlib.Path",
        "mkdir open read_bytes read_text rename replace rmdir touch unlink write_bytes write_text",
        UNKNOWN,
    ),
    *_effect(Effect.IO, "shutil", "copy copy2 copyfile copytree move rmtree", UNKNOWN),
    *_effect(Effect.IO, "subprocess", "call check_call check_output getoutput run Popen", UNKNOWN),
    *_effect(Effect.IO, "socket", "create_connection socket", UNKNOWN),
    *_effect(Effect.IO, "urllib.request", "urlopen urlretrieve", UNKNOWN),
    *_effect(Effect.IO, "tempfile", "mkdtemp mkstemp NamedTemporaryFile TemporaryDirectory TemporaryFile", UNKNOWN),
    *_effect(Effect.IO, "builtins", "breakpoint", UNKNOWN),
    *_effect(Effect.IO, "pdb", "set_trace", UNKNOWN),
    # Serialising converts an array, like `numpy.asarray`.
    *operations(replace(_PYTHON, path="pickle", reads=Reads.VALUES), "dumps", "obj", _BYTES),
    *operations(replace(_PYTHON, path="json"), "dumps", "obj", HOST_STR),
)

_CLOCK = (
    *_effect(Effect.CLOCK, "time", "clock_gettime monotonic perf_counter process_time thread_time time", HOST_FLOAT),
    *_effect(
        Effect.CLOCK,
        "time",
        "clock_gettime_ns monotonic_ns perf_counter_ns process_time_ns thread_time_ns time_ns",
        HOST_INT,
    ),
    *_effect(Effect.CLOCK, "time", "asctime ctime strftime", HOST_STR),
    *_effect(Effect.CLOCK, "time", "gmtime localtime", HOST),
    *_effect(Effect.CLOCK, "timeit", "default_timer", HOST_FLOAT),
    *_effect(Effect.CLOCK, "datetime.datetime", "now today utcnow", HOST),
    *_effect(Effect.CLOCK, "datetime.date", "today", HOST),
    *_effect(Effect.SLEEP, "time", "sleep"),
)

_AS_FLOAT = replace(_PYTHON, path="math", result=HOST_FLOAT, reads=Reads.AS_FLOAT, pure=True)
_AS_INDEX = replace(_AS_FLOAT, result=HOST_INT, reads=Reads.AS_INDEX)
_AS_COMPLEX = replace(_AS_FLOAT, path="cmath", result=HostResult(HostKind.COMPLEX))
_OPERATOR = replace(_PYTHON, path="operator", pure=True)

_MATH: tuple[Row, ...] = (
    *operations(
        _AS_FLOAT,
        "acos acosh asin asinh atan atan2 atanh cbrt copysign cos cosh degrees dist erf erfc exp exp2 expm1 fabs fma "
        "fmod fsum gamma hypot ldexp lgamma log log10 log1p log2 nextafter pow radians remainder sin sinh sqrt tan "
        "tanh ulp",
    ),
    *operations(_AS_FLOAT, "isclose isfinite isinf isnan", "", HOST_BOOL),
    *operations(_AS_FLOAT, "ceil floor", "x", HOST_INT),
    *operations(_AS_FLOAT, "frexp modf", "x", HOST),
    *operations(_AS_INDEX, "comb factorial gcd isqrt lcm perm"),
    # `prod` and `sumprod` multiply and add, which a tracer does, too.
    *operations(replace(_AS_FLOAT, reads=Reads.TRACED), "prod sumprod", "", UNKNOWN),
    *operations(_AS_COMPLEX, "acos acosh asin asinh atan atanh cos cosh exp log log10 rect sin sinh sqrt tan tanh"),
    *operations(_AS_COMPLEX, "isclose isfinite isinf isnan", "", HOST_BOOL),
    *operations(_AS_COMPLEX, "phase", "x", HOST_FLOAT),
    *operations(_AS_COMPLEX, "polar", "x", HOST),
    *operations(replace(_OPERATOR, reads=Reads.AS_INDEX), "index", "a", HOST_INT),
    *operations(replace(_OPERATOR, reads=Reads.AS_BOOL), "not_ truth", "a", HOST_BOOL),
    *operations(replace(_OPERATOR, reads=Reads.NOTHING), "is_ is_not", "a b", HOST_BOOL),
    *(Constant(f"math.{name}", value) for name, value in (("pi", math.pi), ("e", math.e), ("tau", math.tau))),
    *(Constant(f"math.{name}", value) for name, value in (("inf", math.inf), ("nan", math.nan))),
)

_CLASSES = (
    LibraryClass("typing.NamedTuple", ClassKind.NAMEDTUPLE),
    *(LibraryClass(f"threading.{name}", ClassKind.LOCK) for name in ("Lock", "RLock", "Condition", "Semaphore")),
    *(
        LibraryClass(path, ClassKind.OBJECT)
        for path in (
            "pathlib.Path",
            "logging.Logger",
            "datetime.datetime",
            "datetime.date",
            "datetime.timedelta",
            "enum.Enum",
            "enum.IntEnum",
            "argparse.Namespace",
        )
    ),
)

ROWS: tuple[Row, ...] = (*_OUTPUT, *_FILES, *_CLOCK, *_MATH, *_CLASSES)
