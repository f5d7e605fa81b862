"""Finds the days on which a survey opened and closed: "Vastausaika: 16.9.–31.10.2024"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from data_loaders.words.spelling import Spellings, text_of
from data_loaders.workbook import Value

OPENED, CLOSED = "opened", "closed"
# A label such as "Vastausaika" heads the time stamps of answers elsewhere; here it spans both days.
SPANNING = ("timestamp", OPENED)
_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<day>\d{1,2})[./]\s?(?P<month>\d{1,2})[./]?\s?(?P<year>(?:19|20)\d\d)?"
)


def day_in(value: Value) -> date | None:
    """The one day that a cell names."""
    days = days_in(value)
    return days[0] if len(days) == 1 else None


def days_in(value: Value) -> list[date]:
    """Every day in a cell, in order; one without its year ("16.9.–31.10.2024") has the next's."""
    if isinstance(value, datetime):
        return [value.date()]
    if isinstance(value, date):
        return [value]
    found: list[date] = []
    year: int | None = None
    for match in reversed(list(_DAY.finditer(text_of(value)))):
        named = match["y"] or match["year"]
        year = int(named) if named else year
        day = _day(year, match["m"] or match["month"], match["d"] or match["day"])
        if day is not None:
            found.insert(0, day)
    return found


def labelled_days(rows: Iterable[Sequence[Value]], roles: Spellings) -> tuple[str, str]:
    """The days that labels above a table tell, as ISO dates ("" where they do not)."""
    told = {OPENED: "", CLOSED: ""}
    for row in rows:
        cells = [value for value in row if text_of(value)]
        for label, days in _pairs(cells):
            known = roles.find(label)
            if CLOSED in known and days:
                told[CLOSED] = days[-1].isoformat()
            elif days and not set(SPANNING).isdisjoint(known):
                told[OPENED] = days[0].isoformat()
                told[CLOSED] = days[-1].isoformat() if len(days) > 1 else told[CLOSED]
    return told[OPENED], told[CLOSED]


def _pairs(cells: Sequence[Value]) -> Iterable[tuple[str, list[date]]]:
    """ "Label: days" in one cell, or the label and its days in cells beside each other."""
    for value in cells:
        label, colon, rest = text_of(value).partition(":")
        if colon:
            yield label.strip(), days_in(rest)
    for place, value in enumerate(cells[:-1]):
        label = text_of(value).rstrip(": ")
        yield label, [day for beside in cells[place + 1 : place + 3] for day in days_in(beside)]


def _day(year: int | None, month: str, day: str) -> date | None:
    try:
        return date(year or 0, int(month), int(day))
    except ValueError:
        return None
