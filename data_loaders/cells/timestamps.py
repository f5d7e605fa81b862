"""Reads the times at which answers were given, in the forms in which survey tools write them.

Whether "3/9/2021" is in March or in September is decided by the whole column, never by the cell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from data_loaders.words.spelling import text_of
from data_loaders.workbook import Value

# Days since 1899-12-30, as workbooks count: from 1990 to 2100.
SERIALS = (32_874.0, 73_051.0)
EXCEL_DAY_0 = datetime(1899, 12, 30)
EPOCH_SECONDS = (600_000_000.0, 4_200_000_000.0)
FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_ROUND = timedelta(days=300)

_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?!\d*:)"
    r"(?:[.,]\d+)?\s*(?P<half>[ap]\.?\s?m\b|[ai]p\b|[fe]\.?\s?m\b)?",
    re.IGNORECASE,
)
_AFTERNOON = frozenset("pie")  # pm, ip., em
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(
    r"(?<!\d)(\d{1,2})(?P<sign>[-/]|\.\s?)(\d{1,2})(?P=sign)(\d{4}|\d{2})(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?\s+)?(?P<month>[^\W\d_]{3,})\.?\s*"
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})"
)
_MONTH_AND_YEAR = re.compile(
    r"(?:(?P<before>\d{1,2})\s?[./-]|(?P<named>[^\W\d_]{3,}))\s?\d{4}|\d{4}[./-](?P<after>\d{1,2})"
)
_MONTHS = {
    "marras": 11, "maalis": 3, "tammi": 1, "helmi": 2, "huhti": 4, "touko": 5, "kesä": 6,
    "heinä": 7, "elo": 8, "syys": 9, "loka": 10, "joulu": 12, "jan": 1, "feb": 2, "mar": 3,
    "mär": 3, "apr": 4, "may": 5, "maj": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Times:
    """When; None where a cell does not tell. Offsets are left out: a clock time is as written.

    is_open: nothing tells whether days or months come first; months were then taken as the tool
    of the other cells would write them, and the year is certain all the same.
    """

    moments: tuple[datetime | None, ...]
    unread: tuple[int, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """A day whose first two numbers may stand either way round."""

    first: int
    second: int
    year: int
    clock: time

    def read(self, day_first: bool) -> datetime | None:
        day, month = (self.first, self.second) if day_first else (self.second, self.first)
        return _moment(self.year, month, day, self.clock)


def read_times(values: Sequence[Value]) -> Times:
    """The moments of a column's cells, in their order."""
    found = [_read(value) for value in values]
    either = [one for one in found if isinstance(one, _Open)]
    day_first, is_open = _order(either) if either else (True, False)
    moments = tuple(one.read(day_first) if isinstance(one, _Open) else one for one in found)
    unread = tuple(i for i, (m, v) in enumerate(zip(moments, values, strict=True)) if not m and v)
    return Times(moments, unread, is_open)


def day_of(value: Value) -> date | None:
    """The day in a single cell; "3/9/2021" is then the third of September."""
    moment = read_times([value]).moments[0]
    return moment.date() if moment else None


def month_in(text: str) -> int | None:
    """The month that a text without a day names: "toukokuu 2020", "5/2020", "2020-05"."""
    match = _MONTH_AND_YEAR.fullmatch(text.strip())
    if match is None:
        return None
    number = int(match["before"] or match["after"] or 0)
    month = _named_month(match["named"]) if match["named"] else number
    return month if month and 1 <= month <= 12 else None


def _order(days: Sequence[_Open]) -> tuple[bool, bool]:
    """Whether days come first, and whether that is no more than a guess."""
    is_day_first = any(one.first > 12 for one in days)
    is_month_first = any(one.second > 12 for one in days)
    if is_day_first != is_month_first:
        return is_day_first, False
    if is_day_first:  # both ways in one column
        return True, True
    readings = {first: [one.read(first) for one in days] for first in (True, False)}
    sorted_ones = [first for first, read in readings.items() if _is_sorted(read)]
    if len(sorted_ones) == 1:
        return sorted_ones[0], False
    spans = {first: _span(read) for first, read in readings.items()}
    shorter = min(spans, key=lambda first: spans[first])
    is_clear = spans[shorter] <= LONGEST_ROUND and 2 * spans[shorter] < spans[not shorter]
    return (shorter if is_clear else True), not is_clear and spans[True] != spans[False]


def _is_sorted(moments: Sequence[datetime | None]) -> bool:
    known = [moment for moment in moments if moment]
    return known in (sorted(known), sorted(known, reverse=True))


def _span(moments: Sequence[datetime | None]) -> timedelta:
    known = [moment for moment in moments if moment]
    return max(known) - min(known) if known else timedelta()


def _read(value: Value) -> datetime | _Open | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_number(float(value))
    return _of_text(text_of(value))


def _of_number(value: float) -> datetime | None:
    """A workbook's serial day, or seconds or milliseconds since 1970."""
    if not math.isfinite(value):
        return None
    if SERIALS[0] <= value < SERIALS[1]:
        return EXCEL_DAY_0 + timedelta(seconds=round(value * 86_400))
    seconds = value / 1000 if value > EPOCH_SECONDS[1] else value
    if EPOCH_SECONDS[0] <= seconds <= EPOCH_SECONDS[1]:
        return datetime.fromtimestamp(round(seconds), UTC).replace(tzinfo=None)
    return None


def _of_text(text: str) -> datetime | _Open | None:
    if match := _YEAR_FIRST.search(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        return _moment(year, month, day, _clock(text[match.end() :]))
    if match := _YEAR_LAST.search(text):
        return _of_year_last(match, _clock(text[match.end() :]))
    if match := _COMPACT.search(text):
        return _moment(int(match[1]), int(match[2]), int(match[3]), _clock(text[match.end() :]))
    if match := _NAMED.search(text):
        return _of_named(match, _clock(text[match.end() :]))
    try:
        return _of_number(float(text.replace(",", ".")))
    except ValueError:
        return None


def _of_year_last(match: re.Match[str], clock: time) -> datetime | _Open | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if len(match[4]) == 2 else 0
    if match["sign"].startswith("."):  # nobody writes the month first with points
        return _moment(year, second, first, clock)
    if max(first, second) > 31 or min(first, second) > 12:
        return None
    return _Open(first, second, year, clock)


def _of_named(match: re.Match[str], clock: time) -> datetime | None:
    month = _named_month(match["month"])
    day = match["day"] or match["after"]
    if month is None or day is None:
        return None
    return _moment(int(match["year"]), month, int(day), clock)


def _named_month(said: str) -> int | None:
    low = said.casefold()
    return next((number for name, number in _MONTHS.items() if low.startswith(name)), None)


def _clock(text: str) -> time:
    match = _CLOCK.search(text)
    if match is None:
        return time()
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0].casefold() in _AFTERNOON else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return time()


def _moment(year: int, month: int, day: int, clock: time) -> datetime | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.combine(date(year, month, day), clock)
    except ValueError:
        return None
