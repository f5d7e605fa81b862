"""What lies before the director: a file, what was decided of it, and the catalogue with that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from data_loaders.examination import ExaminedColumn
from desk.using import catalogue_in_use
from office.draft import Draft, Place, place_of
from yearbook.catalogue import Catalogue


@dataclass(frozen=True)
class Bench:
    """name: of the file; survey, year: of its round, as far as they are known."""

    name: str
    draft: Draft
    survey: str
    year: int | None

    @cached_property
    def using(self) -> Catalogue:
        """With what the draft adds."""
        held = catalogue_in_use()
        return self.draft.laid_over(held.content) if self.draft.questions else held

    @cached_property
    def _sheets(self) -> dict[Place, str]:
        return {
            place_of(column): sheet.name
            for sheet in reversed(self.draft.examination.sheets)
            for column in sheet.columns
        }

    @property
    def has_sheets(self) -> bool:
        return len(self.draft.examination.sheets) > 1

    def sheet_of(self, column: ExaminedColumn) -> str:
        return self._sheets[place_of(column)]
