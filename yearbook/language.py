"""Says a word, a number, a year or a date in Finnish, Swedish or English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
EN_DASH = "\u2013"
MINUS = "\u2212"


class Language(StrEnum):
    """A language of the product; the value is its ISO 639-1 code."""

    FI = "fi"
    SV = "sv"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in the three languages."""

    fi: str
    sv: str
    en: str

    def __getitem__(self, language: Language | str) -> str:
        return str(getattr(self, Language(language).value))

    def fill(self, **values: object) -> Text:
        """Put values in the places named {so}; a Text among them is said in its own language."""
        return Text(*(self._filled(language, values) for language in Language))

    def _filled(self, language: Language, values: Mapping[str, object]) -> str:
        said = {
            name: value[language] if isinstance(value, Text) else value
            for name, value in values.items()
        }
        return self[language].format(**said)


def same_in_all(word: str) -> Text:
    """A proper name or a code, which no language changes."""
    return Text(word, word, word)


def write_number(value: float, decimals: int, language: Language) -> str:
    """1234.5 with one decimal -> "1 234,5" (fi, sv; narrow no-break space) or "1,234.5" (en).

    Halves are rounded away from zero, as in the printed yearbooks. The minus is U+2212.
    """
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    written = f"{abs(rounded):,.{decimals}f}"
    if language is not Language.EN:
        written = written.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    return f"{MINUS}{written}" if rounded < 0 else written


def write_share(share: float, decimals: int, language: Language) -> str:
    """0.625 without decimals -> "63 %" (fi, sv; no-break space) or "63%" (en)."""
    number = write_number(share * 100, decimals, language)
    return f"{number}%" if language is Language.EN else f"{number}{NO_BREAK_SPACE}%"


def write_school_year(start: int) -> str:
    """2019 -> "2019–20", the school year that begins in August 2019."""
    return f"{start}{EN_DASH}{(start + 1) % 100:02d}"


def write_span(first: int, last: int) -> str:
    """2018, 2020 -> "2018–2020"; one year alone stays alone."""
    return str(first) if first == last else f"{first}{EN_DASH}{last}"


def write_date(day: date, language: Language) -> str:
    """30 September 2026 -> "30.9.2026" (fi, sv) or "30 September 2026" (en)."""
    if language is Language.EN:
        return f"{day.day} {day.strftime('%B')} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"
