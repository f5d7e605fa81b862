"""Joins two changes of one statement, made in two windows, so that neither is lost."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from yearbook.statements import Statement

FIELDS = tuple(field.name for field in fields(Statement))


def merged(before: Statement, mine: Statement, theirs: Statement) -> Statement | None:
    """What both made of `before`; None where they changed the same, so that somebody has to choose.

    Figures that they added at the end, as a click beside a chart does, come after mine.
    """
    joined: dict[str, Any] = {}
    for name in FIELDS:
        was, own, others = (getattr(one, name) for one in (before, mine, theirs))
        if own in (was, others):
            joined[name] = others
        elif others == was:
            joined[name] = own
        elif name == "figures" and others[: len(was)] == was:
            joined[name] = (*own, *others[len(was) :])
        else:
            return None
    return replace(theirs, **joined)
