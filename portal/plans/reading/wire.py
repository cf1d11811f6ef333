"""A plan reading as JSON and back, whole, for the pipe between the reading process and its parent."""

import dataclasses
import json
import types
from datetime import date as Day
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from portal.plans.reading.duty import PlanReading
from portal.plans.reading.formats.spreadsheet import Sheet


def to_wire(reading: PlanReading) -> str:
    """Return the reading as one line of JSON."""
    return json.dumps(dataclasses.asdict(reading), default=str, ensure_ascii=False)


def from_wire(written: str) -> PlanReading:
    """Return the reading that `to_wire` wrote; raises ValueError when it is not one."""
    try:
        reading = _value(PlanReading, json.loads(written))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a plan reading") from error
    assert isinstance(reading, PlanReading)
    return reading


def sheet_to_wire(sheet: Sheet) -> str:
    """Return a sheet as one line of JSON."""
    cells = [[row, column, words] for (row, column), words in sheet.cells.items()]
    return json.dumps({"cells": cells, "formulas": sorted(sheet.formulas)}, ensure_ascii=False)


def sheet_from_wire(written: Any) -> Sheet:
    """Return the sheet whose JSON values are `written`; raises ValueError when it is none."""
    try:
        cells = {(int(row), int(column)): str(words) for row, column, words in written["cells"]}
        return Sheet(cells, frozenset((int(row), int(column)) for row, column in written["formulas"]))
    except (KeyError, TypeError) as error:
        raise ValueError("not a sheet") from error


def _value(kind: Any, value: Any) -> Any:
    if value is None or kind is Any:
        return value
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return kind(**{name: _value(hint, value[name]) for name, hint in _hints(kind).items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        return _value(next(argument for argument in arguments if argument is not type(None)), value)
    if origin is tuple:
        return _tuple(arguments, value)
    if origin is list:
        return [_value(arguments[0], item) for item in value]
    if origin is dict:
        return {str(key): _value(arguments[1], item) for key, item in value.items()}
    return _plain(kind, value)


def _plain(kind: Any, value: Any) -> Any:
    if kind is Day:
        return Day.fromisoformat(value)
    expected = (int, float) if kind is float else str if get_origin(kind) is Literal else kind
    if not isinstance(value, expected):
        raise TypeError(f"{value!r} is no {kind}")
    return value


def _tuple(arguments: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_value(arguments[0], item) for item in value)
    return tuple(_value(kind, item) for kind, item in zip(arguments, value, strict=True))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
