"""An excerpt says by codes which cells a chart shows and how, so that it can be drawn again: in
another language, from another edition, on another day."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import yearbook.charts
from yearbook.charts.description import Chart
from yearbook.charts.view import View
from yearbook.editions import ALL_BLOCKS, Edition, Group, Table
from yearbook.language import Language, Text

DIMENSIONS = tuple(field.name for field in fields(Group))
TIMES = ("year", "cohort", "block")
MOST_GROUPS = 5000
LONGEST = 200_000  # characters of its plain form
FORMAT = 1
WRITTEN = re.compile(r"[A-Za-z0-9_-]+")


class NotAnExcerpt(Exception):
    """What was read is no excerpt, or one of a newer version of the product."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """edition: the name of the one it was made from; audience: whose. groups: those of the cells,
    in their order. form: of the chart as it was drawn. own_school, option: as in View."""

    edition: str
    audience: str
    indicator: str
    groups: tuple[Group, ...]
    form: str = ""
    own_school: str = ""
    option: str = ""


def excerpt_of(edition: Edition, table: Table, view: View, form: str = "") -> Excerpt:
    """Of the cells of a table as a view shows them; `form` is the one that was drawn."""
    return Excerpt(
        edition.name,
        edition.audience,
        table.indicator,
        tuple(table.by_group),
        form or view.form,
        view.own_school,
        view.option,
    )


def cells_of(excerpt: Excerpt, edition: Edition) -> Table:
    """Its cells in that edition; without those groups that the edition does not have."""
    within = edition.table(excerpt.indicator).by_group
    cells = (cell for group in excerpt.groups for cell in within.get(group, ()))
    return Table(excerpt.indicator, tuple(cells))


def drawn_again(
    excerpt: Excerpt,
    edition: Edition,
    language: Language,
    headline: Text | None = None,
    alt: Text | None = None,
) -> Chart:
    """The chart, with a person's own words where they are given. Raises KeyError where the edition
    does not have the indicator."""
    view = View(language, excerpt.form, excerpt.own_school, excerpt.option, headline, alt)
    return yearbook.charts.draw(edition, cells_of(excerpt, edition), view)


def brought_up_to(excerpt: Excerpt, then: Edition, now: Edition) -> Excerpt:
    """The same excerpt of a newer edition. One that showed the newest moment that there was shows
    the moments that came since: instead of it where it was the only one, else besides."""
    wanted = {
        group for line in _lines(excerpt.groups) for group in _with_newer(line, excerpt, then, now)
    }
    groups = tuple(group for group in now.table(excerpt.indicator).by_group if group in wanted)
    return replace(
        excerpt, edition=now.name, audience=now.audience, groups=groups or excerpt.groups
    )


def to_plain(excerpt: Excerpt) -> dict[str, Any]:
    """As JSON values; the groups as columns, without those that say nothing."""
    columns = {
        name: values
        for name in DIMENSIONS
        if any(values := [getattr(group, name) for group in excerpt.groups])
    }
    plain = {**asdict(excerpt), "groups": {"count": len(excerpt.groups), **columns}}
    return {"format": FORMAT, **{name: value for name, value in plain.items() if value != ""}}


def from_plain(plain: Any) -> Excerpt:
    """Reads `to_plain`, whoever wrote it. Raises NotAnExcerpt."""
    try:
        if plain["format"] != FORMAT:
            raise NotAnExcerpt(f"format {plain['format']}")
        texts = {
            name: _text(plain.get(name, ""))
            for name in ("edition", "audience", "indicator", "form", "own_school", "option")
        }
        return Excerpt(groups=_groups(plain["groups"]), **texts)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAnExcerpt(str(error)) from error


def write(excerpt: Excerpt) -> str:
    """A code of letters, digits, "-" and "_", short enough for an address."""
    written = json.dumps(to_plain(excerpt), ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(zlib.compress(written.encode(), 9)).decode().rstrip("=")


def read(code: str) -> Excerpt:
    """Reads `write`, whoever wrote it. Raises NotAnExcerpt."""
    if not WRITTEN.fullmatch(code):
        raise NotAnExcerpt("other signs than those of a code")
    try:
        packed = urlsafe_b64decode(code.encode("ascii") + b"=" * (-len(code) % 4))
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(packed, LONGEST)
        if unpacking.unconsumed_tail or unpacking.unused_data or not unpacking.eof:
            raise NotAnExcerpt("too long, or cut short")
        return from_plain(json.loads(plain))
    except (ValueError, zlib.error, RecursionError) as error:
        raise NotAnExcerpt(str(error)) from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("no text")
    return value


def _groups(plain: Any) -> tuple[Group, ...]:
    count = plain["count"]
    if not isinstance(count, int) or not 0 < count <= MOST_GROUPS:
        raise ValueError("no number of groups")
    columns = {name: plain.get(name, [""] * count) for name in DIMENSIONS}
    rows = zip(*columns.values(), strict=True)
    found = tuple(Group(*map(_text, row)) for row in rows)
    if len(found) != count:
        raise ValueError("not as many groups as said")
    return found


def _moment(group: Group) -> tuple[str, str]:
    """The dimension of time that is fixed, and its value; all blocks are no moment."""
    for name in TIMES:
        value = getattr(group, name)
        if value and value != ALL_BLOCKS:
            return name, value
    return "", ""


def _lines(groups: Iterable[Group]) -> Iterable[list[Group]]:
    """Groups that differ by their moment alone."""
    found: dict[tuple[str, Group], list[Group]] = {}
    for group in groups:
        name, _ = _moment(group)
        timeless = replace(group, **{name: ""}) if name else group
        found.setdefault((name, timeless), []).append(group)
    return found.values()


def _with_newer(line: list[Group], excerpt: Excerpt, then: Edition, now: Edition) -> list[Group]:
    name, _ = _moment(line[0])
    if not name:
        return line
    shown = [getattr(group, name) for group in line]
    newest = max(_moments(then, excerpt.indicator, name, line[0].survey), default="")
    later = [
        moment
        for moment in _moments(now, excerpt.indicator, name, line[0].survey)
        if moment > newest
    ]
    if newest not in shown:
        later = []
    elif len(shown) == 1 and later:
        shown, later = [], later[-1:]
    return [replace(line[0], **{name: moment}) for moment in (*shown, *later)]


def _moments(edition: Edition, indicator: str, name: str, survey: str) -> list[str]:
    """Those that an edition has of an indicator, oldest first."""
    groups = edition.table(indicator).by_group
    found = {getattr(group, name) for group in groups if group.survey == survey}
    return sorted(found - {"", ALL_BLOCKS})
