"""Packs what an edition says into compressed JSON, and unpacks it table by table."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from yearbook import edition_files
from yearbook.editions import Table


class PackedTables(Mapping[str, Table]):
    """Tables that are unpacked when they are asked for, since a page asks for few. kept: so many
    of those asked for last stay unpacked, or all."""

    def __init__(self, packed: Mapping[str, bytes], kept: int | None = None) -> None:
        self._packed = packed
        self._unpacked = lru_cache(maxsize=kept)(self._unpack)

    def __getitem__(self, indicator: str) -> Table:
        return self._unpacked(indicator)

    def _unpack(self, indicator: str) -> Table:
        return edition_files.table_from_plain(indicator, unpack(self._packed[indicator]))

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def pack(plain: object) -> bytes:
    return zlib.compress(edition_files.write_json(plain))


def unpack(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


def pack_table(table: Table) -> bytes:
    return pack(edition_files.table_to_plain(table))
