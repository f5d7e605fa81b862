"""Keeps backups of the last days, weeks and months, and lets go of those that must not be kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from office.backup import Saved, back_up
from office.databases import archive_engine
from office.settings import settings
from yearbook import archive

DAYS, WEEKS, MONTHS = 7, 4, 12
# Made nightly or by hand; before another took its place; before an upgrade.
NAME = re.compile(r"(backup|before|upgrade)-(\d{8}T\d{6})Z\.zip")
ASIDE = timedelta(days=30)  # so long those of before a change are kept, and no longer
# So long a backup stays that holds what was erased since: an erasure by mistake can be undone.
AFTER_ERASURE = timedelta(days=7)
ERASING = frozenset({"respondent", "round", "quote", "decision", "name"})


def back_up_and_rotate(now: datetime | None = None) -> tuple[Saved, tuple[Path, ...]]:
    """A new backup among the kept ones, and those that were deleted after it was whole."""
    moment = now or datetime.now(UTC)
    saved = back_up(settings().backups / name_of("backup", moment), moment)
    return saved, rotate(moment)


def name_of(kind: str, moment: datetime) -> str:
    return f"{kind}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip"


def rotate(now: datetime) -> tuple[Path, ...]:
    known = {file: moment for file in settings().backups.glob("*.zip") if (moment := made(file))}
    erased = _erasures()
    regular = [moment for file, moment in known.items() if file.name.startswith("backup-")]
    staying = to_keep(regular, now, erased)
    gone = tuple(
        file
        for file, moment in sorted(known.items())
        if not (
            moment in staying
            if file.name.startswith("backup-")
            else moment > now - ASIDE and is_allowed(moment, now, erased)
        )
    )
    for file in gone:
        file.unlink(missing_ok=True)
    return gone


def made(file: Path) -> datetime | None:
    """When a backup was made, by its name; None for a file that is no business of ours."""
    found = NAME.fullmatch(file.name)
    return datetime.strptime(found[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


def is_allowed(moment: datetime, now: datetime, erased: Sequence[datetime]) -> bool:
    """Not from before an erasure that is older than AFTER_ERASURE: what was erased is in it."""
    return not any(moment <= one <= now - AFTER_ERASURE for one in erased)


def to_keep(
    moments: Collection[datetime], now: datetime, erased: Sequence[datetime] = ()
) -> frozenset[datetime]:
    """The newest of each of the last days, weeks and months that have one, the newest of all in any
    case; of the others none that may not be kept after an erasure."""
    newest_first = sorted(moments, reverse=True)
    allowed = [one for one in newest_first if is_allowed(one, now, erased)]
    return frozenset(
        (
            *newest_first[:1],
            *_newest_of_each(allowed, lambda one: one.date(), DAYS),
            *_newest_of_each(allowed, lambda one: one.isocalendar()[:2], WEEKS),
            *_newest_of_each(allowed, lambda one: (one.year, one.month), MONTHS),
        )
    )


def _newest_of_each(
    newest_first: Sequence[datetime], period: Callable[[datetime], object], most: int
) -> tuple[datetime, ...]:
    found: dict[object, datetime] = {}
    for one in newest_first:
        found.setdefault(period(one), one)
    return tuple(found.values())[:most]


def _erasures() -> tuple[datetime, ...]:
    return tuple(one.when for one in archive.removals(archive_engine()) if one.kind in ERASING)
