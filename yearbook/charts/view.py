"""How a visitor wants to see a table: language, form, own school, one option."""

from __future__ import annotations

from dataclasses import dataclass

from yearbook.language import Language, Text


@dataclass(frozen=True, slots=True)
class View:
    """form: "" lets the indicator and the cells decide. own_school: the school that is strong.

    option: one class or choice of a distribution ("employed"), to draw it as lines, bars or dots.
    headline: a person's own words instead of the drafted ones. alt: the same for the alt text.
    """

    language: Language = Language.FI
    form: str = ""
    own_school: str = ""
    option: str = ""
    headline: Text | None = None
    alt: Text | None = None
