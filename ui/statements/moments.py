"""Writes moments as the page says them, and reads a day as people write it."""

from __future__ import annotations

import re
from datetime import date, datetime

from ui.visit import Visitor
from yearbook.language import write_date

DAY = re.compile(r"(\d{1,2})[./]\s*(\d{1,2})[./]\s*(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def write_moment(moment: datetime, visitor: Visitor) -> str:
    """ "22.11.2026 14.32", by the server's clock; of today the time alone."""
    local = moment.astimezone()
    separator = ":" if visitor.language == "en" else "."
    time = f"{local.hour}{separator}{local.minute:02d}"
    if local.date() == date.today():
        return time
    return f"{write_date(local.date(), visitor.language)} {time}"


def read_day(written: str) -> date | None:
    """ "22.11.2026" or "2026-11-22"; None where it is neither."""
    text = written.strip()
    if found := DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def write_day(iso: str) -> str:
    """As `read_day` reads it, in every language."""
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day.day}.{day.month}.{day.year}"
