"""Moments as the databases keep them: in UTC, without saying so."""

from __future__ import annotations

from datetime import UTC, datetime


def now_or(moment: datetime | None) -> datetime:
    """The moment that was handed in, or the present one."""
    return moment or datetime.now(UTC)


def stored(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def read(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
