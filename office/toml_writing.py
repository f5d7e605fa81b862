"""Writes plain content as TOML in the form of the catalogue's own files; tomllib reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
LONGEST_LINE = 100


def write(content: Mapping[str, Any]) -> str:
    """Texts, numbers, truth values, lists and tables; anything else is our own mistake."""
    return "\n".join(_table(content, ())).strip("\n") + "\n"


def _table(content: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Values first: what stands under a header of its own would swallow them."""
    for key, value in content.items():
        if not _has_header(value):
            yield from _lines(_key(key), value)
    for key, value in content.items():
        here = (*path, key)
        if not _has_header(value):
            continue
        for entry in [value] if isinstance(value, Mapping) else value:
            name = ".".join(map(_key, here))
            yield f"\n[{name}]" if isinstance(value, Mapping) else f"\n[[{name}]]"
            yield from _table(entry, here)


def _has_header(value: object) -> bool:
    """A table of more than plain values, or a list of tables."""
    if isinstance(value, Mapping):
        return any(isinstance(part, Mapping | list | tuple) for part in value.values())
    return _is_list(value) and bool(value) and all(isinstance(part, Mapping) for part in value)  # type: ignore[attr-defined]


def _lines(key: str, value: object) -> Iterator[str]:
    """A small table as `label.fi = …`, a long list with a line for each of its values."""
    if isinstance(value, Mapping) and value:
        for part, held in value.items():
            yield f"{key}.{_key(part)} = {_value(held)}"
        return
    line = f"{key} = {_value(value)}"
    if _is_list(value) and len(line) > LONGEST_LINE:
        yield f"{key} = ["
        yield from (f"    {_value(part)}," for part in value)  # type: ignore[attr-defined]
        yield "]"
        return
    yield line


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)  # inf and nan are TOML too
    if isinstance(value, str):
        return '"' + "".join(map(_sign, value)) + '"'
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(held)}" for key, held in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if _is_list(value):
        return "[" + ", ".join(map(_value, value)) + "]"  # type: ignore[call-overload]
    raise TypeError(f"{type(value).__name__} has no place in a catalogue")


def _sign(sign: str) -> str:
    if sign in _ESCAPED:
        return _ESCAPED[sign]
    return f"\\u{ord(sign):04x}" if sign < " " or sign == "\x7f" else sign


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
