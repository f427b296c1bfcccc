"""Rows of a user's own, read from TOML: the row types of `schema` as tables, their fields by name.

    [[wrapper]]
    path = "mylib.fast"
    hiding = "hidden"
    staging = "yes"
    selects = "not static"

    [[operation]]
    path = "mylib.kernel"
    result = { array = { dtype = "float32" } }

An enum is written as its value, a row inside of a row and a result as a table; a result without fields may be its name
alone: `result = "array"`.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path

from jaxlint.model import schema
from jaxlint.model.schema import Row


class RowsError(ValueError):
    """What is written is no row; the message names the file, the table and the field."""


def read_rows(paths: Iterable[str]) -> tuple[Row, ...]:
    """The rows in files of TOML.

    Raises:
        RowsError: when a file cannot be read, or holds something else.
    """
    return tuple(row for path in paths for row in _rows_in(path))


def _rows_in(path: str) -> Iterator[Row]:
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise RowsError(f"{path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RowsError(f"{path}: {error}") from error
    for kind, entries in tables.items():
        row_type = _KINDS.get(kind)
        if row_type is None:
            raise RowsError(f"{path}: no kind of row is named {kind!r}; there are {_named(_KINDS)}")
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
            name = entry.get("path") if isinstance(entry, dict) else None
            place = f"{path}: {kind} {name or number}"
            row: Row = _made(row_type, entry, place)
            yield row


def _made(row_type: type, entry: object, place: str) -> typing.Any:
    """A dataclass of the schema from a table."""
    if not isinstance(entry, Mapping):
        raise RowsError(f"{place}: a table is expected, with the fields {_named(_fields(row_type))}")
    hints = _fields(row_type)
    unknown = sorted(set(entry) - set(hints))
    if unknown:
        raise RowsError(f"{place}: there is no field {unknown[0]!r}; there are {_named(hints)}")
    given = {name: _value(hints[name], value, f"{place}: {name}") for name, value in entry.items()}
    missing = [field.name for field in dataclasses.fields(row_type) if field.name not in given and _is_required(field)]
    if missing:
        raise RowsError(f"{place}: the field {missing[0]!r} is missing")
    return row_type(**given)


def _is_required(field: dataclasses.Field[object]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _value(hint: object, value: object, place: str) -> object:
    """The value of a field with this annotation."""
    if hint == schema.Result:
        return _result(value, place)
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        chosen = [option for option in options if option is not types.NoneType]
        return _value(chosen[0], value, place) if len(chosen) == 1 else _one_of(chosen, value, place)
    if origin is tuple:
        if not isinstance(value, list):
            raise RowsError(f"{place}: a list is expected, got {value!r}")
        return tuple(_value(options[0], item, place) for item in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            raise RowsError(f"{place}: {value!r} is none of {_named(member.value for member in hint)}") from None
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _made(hint, value, place)
    return _one_of([hint], value, place)


def _one_of(kinds: list[object], value: object, place: str) -> object:
    expected = tuple(kind for kind in kinds if isinstance(kind, type))
    if float in expected and isinstance(value, int):
        return value
    if isinstance(value, expected) and (bool in expected or not isinstance(value, bool)):
        return value
    raise RowsError(f"{place}: {_named(kind.__name__ for kind in expected)} is expected, got {value!r}")


def _result(value: object, place: str) -> object:
    """`"array"`, or `{ array = { count = 2 } }`."""
    if isinstance(value, str):
        value = {value: {}}
    if not isinstance(value, Mapping) or len(value) != 1 or next(iter(value)) not in _RESULTS:
        raise RowsError(f"{place}: a result is expected, one of {_named(_RESULTS)}; got {value!r}")
    name, fields = next(iter(value.items()))
    return _made(_RESULTS[name], fields, f"{place}: {name}")


def _fields(row_type: type) -> dict[str, object]:
    return typing.get_type_hints(row_type)


def _named(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names)))


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


_KINDS = {_kebab(kind.__name__).removeprefix("library-"): kind for kind in typing.get_args(Row)}
_RESULTS = {_kebab(kind.__name__.removesuffix("Result")): kind for kind in typing.get_args(schema.Result)}

__all__ = ["RowsError", "read_rows"]
