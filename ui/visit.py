"""Who is looking: language, own school, role, and the edition in front of them."""

from __future__ import annotations

from dataclasses import dataclass

from ui.words import word
from yearbook.language import Language, Text

MEMBER = "member"
DIRECTOR = "director"


@dataclass(frozen=True, slots=True)
class Visitor:
    """own_school: a code, "" where none is chosen. edition_name: "" where none is published."""

    language: Language
    own_school: str
    role: str
    edition_name: str

    @property
    def is_director(self) -> bool:
        return self.role == DIRECTOR

    def reads(self, text: Text) -> str:
        return text[self.language]

    def word(self, key: str, **values: object) -> str:
        """The screen's own word of that key, with {places} filled."""
        found = word(key)
        return self.reads(found.fill(**values) if values else found)
