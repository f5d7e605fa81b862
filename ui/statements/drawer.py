"""What somebody keeps of her own: statements, and the Word file that they are written into. Each
look and each deed asks first whether she is still signed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from access import letterheads
from access import statements as stored
from access.letterheads import Letterhead
from access.statements import Full, Kept, NoStatement, Opened, Stale
from ui.statements.merging import merged
from yearbook.database import Engine
from yearbook.statements import Figure, NotAStatement, Statement, add, from_plain, is_full, to_plain

ATTEMPTS = 5  # to add a figure while other windows save

__all__ = ["Drawer", "Full", "Kept", "NoStatement", "Sheet", "SignedOut", "Stale"]


class SignedOut(Exception):
    """Her session has ended since the page was drawn, or her account is another now."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A statement as it was opened, and as which version."""

    kept: Kept
    statement: Statement


@dataclass(frozen=True)
class Drawer:
    """owner: None in the demonstration. is_still: asks the session again, at every deed."""

    engine: Engine
    owner: int | None
    is_still: Callable[[], bool]

    def all(self) -> tuple[Kept, ...]:
        """Her statements, the one changed last first."""
        self._require()
        return stored.of(self.engine, self.owner)

    def open(self, number: int) -> Sheet:
        """Raises NoStatement, also of one that a newer version of the product wrote."""
        self._require()
        return _read(stored.open(self.engine, self.owner, number))

    def take_in_hand(self, number: int) -> None:
        self._require()
        stored.take_in_hand(self.engine, self.owner, number)

    def make(self, statement: Statement) -> int:
        self._require()
        return stored.make(self.engine, self.owner, statement.title, _written(statement))

    def save(self, seen: Sheet, changed: Statement) -> Sheet:
        """Over what was seen; joined with what another window made of it meanwhile. Raises Stale
        where both changed the same."""
        self._require()
        try:
            return self._save(seen.kept, changed)
        except Stale:
            now = self.open(seen.kept.number)
            both = merged(seen.statement, changed, now.statement)
            if both is None:
                raise
            return self._save(now.kept, both)

    def add_in_hand(self, figure: Figure, blank: Statement) -> tuple[Sheet, bool]:
        """To the statement opened last, else to a new one that begins as `blank`; and whether it
        was not in it before. Raises Full."""
        self._require()
        for _ in range(ATTEMPTS):
            number = stored.in_hand(self.engine, self.owner)
            sheet = self.open(number if number is not None else self.make(blank))
            if any(_shows_same(one, figure) for one in sheet.statement.figures):
                return sheet, False
            if is_full(sheet.statement):
                raise Full
            try:
                return self._save(sheet.kept, add(sheet.statement, figure)), True
            except (Stale, NoStatement):
                continue
        raise Stale

    def duplicate(self, number: int, title: str) -> int:
        """The same under another title, also within it."""
        return self.make(replace(self.open(number).statement, title=title))

    def delete(self, number: int) -> None:
        self._require()
        stored.delete(self.engine, self.owner, number)

    def letterhead(self) -> Letterhead | None:
        self._require()
        return letterheads.of(self.engine, self.owner)

    def keep_letterhead(self, name: str, content: bytes) -> None:
        self._require()
        letterheads.keep(self.engine, self.owner, name, content)

    def remove_letterhead(self) -> None:
        self._require()
        letterheads.remove(self.engine, self.owner)

    def _save(self, kept: Kept, statement: Statement) -> Sheet:
        wanted = Opened(replace(kept, title=statement.title), _written(statement))
        return Sheet(stored.save(self.engine, self.owner, wanted), statement)

    def _require(self) -> None:
        if not self.is_still():
            raise SignedOut


def _shows_same(one: Figure, other: Figure) -> bool:
    return (one.excerpt, one.as_table) == (other.excerpt, other.as_table)


def _written(statement: Statement) -> str:
    return json.dumps(to_plain(statement), ensure_ascii=False, separators=(",", ":"))


def _read(opened: Opened) -> Sheet:
    try:
        return Sheet(opened.kept, from_plain(json.loads(opened.content)))
    except (NotAStatement, ValueError) as error:
        raise NoStatement from error
