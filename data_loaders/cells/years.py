"""Finds the year in a cell, a heading or a sheet's name: 2024, "2018-19", "Opiskelijat 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

FIRST_YEAR = 1980
_DATE = r"\b(?:\d{1,2}[./]\s?\d{1,2}[./]\s?(?P<d1>(?:19|20)\d\d)|(?P<d2>(?:19|20)\d\d)-\d\d-\d\d)\b"
_SCHOOL_YEAR = r"(?<!\d)(?P<a>(?:19|20)\d\d)\s?[-–—/]\s?(?P<b>(?:19|20)?\d\d)(?!\d)"
_SHORT_YEAR = r"(?<!\d)(?P<c>\d\d)[-–—/](?P<d>\d\d)(?!\d)"
_YEAR = r"(?<!\d)(?P<y>(?:19|20)\d\d)(?!\d)"
_DAY = re.compile(_DATE)
_ANY = re.compile("|".join((_DATE, _SCHOOL_YEAR, _SHORT_YEAR, _YEAR)))
_BARE = re.compile(r"\s*(?:19|20)\d\d(?:[.]0+)?\s*")


def split_year(text: str) -> tuple[str, int | None]:
    """A text without its year, and the year: "2018-19 Total" -> ("Total", 2018).

    A school year is named by its first year. Two different years ("2012–2016") are no year at all.
    """
    years: set[int] = set()
    rest: list[str] = []
    at = 0
    for match in _ANY.finditer(text):
        named = _years_of(match)
        if not named:
            continue
        years.update(named)
        rest.append(text[at : match.start()])
        at = match.end()
    if len(years) != 1:
        return text, None
    return " ".join("".join([*rest, text[at:]]).split()), years.pop()


def _years_of(match: re.Match[str]) -> tuple[int, ...]:
    found = match.groupdict()
    if year := found["d1"] or found["d2"] or found["y"]:
        return (int(year),)
    if found["a"]:
        return _of_pair(int(found["a"]), found["b"])
    return (
        _of_pair(2000 + int(found["c"]), found["d"])[:1] if _follows(found["c"], found["d"]) else ()
    )


def _of_pair(first: int, second: str) -> tuple[int, ...]:
    """2018-19 is the school year 2018; 2012-2016 is a span of two years; 2024/10 is 2024."""
    if _follows(str(first), second):
        return (first,)
    return (first, int(second)) if len(second) == 4 else (first,)


def _follows(first: str, second: str) -> bool:
    return (int(first) + 1) % 100 == int(second) % 100


def year_in(value: object) -> int | None:
    """The year (or the first year of a school year) that a cell names; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, datetime | date):
        return value.year
    if isinstance(value, int | float):
        return int(value) if value == int(value) and 1900 <= value < 2100 else None
    if not isinstance(value, str):
        return None
    if _BARE.fullmatch(value):
        return int(value.strip()[:4])
    return split_year(value)[1]


def is_bare_year(value: object) -> bool:
    """Whether a cell holds nothing but a year or a school year."""
    if isinstance(value, str):
        rest, year = split_year(value)
        return year is not None and not rest.strip(" ()[].")
    return not isinstance(value, datetime | date) and year_in(value) is not None


def school_year_of(day: date) -> int:
    """The first year of the school year (August to July) of a day."""
    return day.year if day.month >= 8 else day.year - 1


def titled_year(texts: Iterable[str]) -> int | None:
    """The one year that titles name ("Vuositilasto 2024"); a day ("5.2.2025") does not count."""
    years = {split_year(_DAY.sub(" ", text))[1] for text in texts} - {None}
    return years.pop() if len(years) == 1 else None


def is_possible(year: int, today: date) -> bool:
    """Whether figures of that year can exist: not before the first returns, not far ahead."""
    return FIRST_YEAR <= year <= today.year + 1
