"""Compares two editions, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from yearbook.editions import Cell, Edition, Group


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs between two editions; None where one of them has no such cell."""

    indicator: str
    group: Group
    option: str
    before: Cell | None
    after: Cell | None


def changes(new: Edition, old: Edition | None) -> tuple[Change, ...]:
    """Every cell that is new, gone or different, in the order of the tables."""
    found = []
    for code in sorted(set(new.tables) | set(old.tables if old else ())):
        before = {(c.group, c.option): c for c in old.table(code).cells} if old else {}
        after = {(c.group, c.option): c for c in new.table(code).cells}
        found += [
            Change(code, *key, before.get(key), after.get(key))
            for key in sorted(set(before) | set(after))
            if before.get(key) != after.get(key)
        ]
    return tuple(found)
