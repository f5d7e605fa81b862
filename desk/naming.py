"""Says who acted and when, and what a group of an edition is called."""

from __future__ import annotations

from datetime import datetime

from desk.authority import DEMONSTRATION
from office.seed import SEEDER
from ui import naming
from ui.visit import Visitor
from yearbook.catalogue import Catalogue
from yearbook.editions import ALL_BLOCKS, Group
from yearbook.language import write_date

# What the archive of an earlier version says of the director.
BEFORE_ACCOUNTS = "Toiminnanjohtaja"


def write_moment(moment: datetime, visitor: Visitor) -> str:
    """ "22.11.2026 4.40" by the server's clock."""
    local = moment.astimezone()
    separator = ":" if visitor.language == "en" else "."
    time = f"{local.hour}{separator}{local.minute:02d}"
    return f"{write_date(local.date(), visitor.language)} {time}"


def who_acted(who: str, visitor: Visitor) -> str:
    if who in (DEMONSTRATION, BEFORE_ACCOUNTS):
        return visitor.word("desk.who")
    return visitor.word("desk.sample_maker") if who == SEEDER else who


def group_name(group: Group, catalogue: Catalogue, visitor: Visitor) -> str:
    """ "Kuopion konservatorio · Musiikkiala · 2024"; all schools where none is named."""
    parts = []
    if group.survey:
        parts.append(visitor.reads(catalogue.surveys[group.survey].name))
    for dimension in ("school", "programme", "region", "maintainer_kind"):
        if code := getattr(group, dimension):
            parts.append(_name(dimension, code, catalogue, visitor))
    if not (group.school or group.region or group.maintainer_kind):
        parts.append(visitor.word("all.school"))
    return " · ".join([*parts, *_time(group, visitor)])


def _name(dimension: str, code: str, catalogue: Catalogue, visitor: Visitor) -> str:
    if dimension == "school":
        return visitor.reads(catalogue.schools[code].short)
    if dimension == "programme":
        return visitor.reads(catalogue.programmes[code].short)
    if dimension == "region":
        return visitor.reads(catalogue.regions[code].name)
    return visitor.reads(catalogue.maintainer_kinds[code].name)


def _time(group: Group, visitor: Visitor) -> list[str]:
    if group.year:
        return [group.year]
    if group.cohort:
        return [naming.cohort_name(group.cohort)]
    if group.block == ALL_BLOCKS:
        return [visitor.word("all.blocks")]
    return [naming.block_name(group.block)] if group.block else []
