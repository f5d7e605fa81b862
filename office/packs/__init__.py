"""Makes the packs for a meeting: for each school one file, its figures beside the members'.

    packs.make(Wanted("2026.1", schools, PPTX), report) -> Packs     # a zip; takes a minute

A school's file is made of what the school may see and of nothing else: the members' edition with
its own figures in it, joined as the door joins them for its members.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import press
from office.databases import visitors_shelf
from office.packs import files, selection
from office.packs.files import Piece
from office.packs.selection import RESPONSE, Shown
from office.refusals import RefusedError, refusal
from office.settings import settings
from office.spreading import spread
from office.using import catalogue_in_use
from yearbook import shelf
from yearbook.editions import MEMBERS
from yearbook.language import Language, Text, same_in_all

Report = Callable[[float, Text], None]
PPTX, PDF = "pptx", "pdf"
KINDS = (PPTX, PDF)
ENOUGH_TO_TELL = 2  # packs, from which the rest is estimated
STEP = 5  # seconds, to which it is rounded

__all__ = [
    "KINDS",
    "PDF",
    "PPTX",
    "RESPONSE",
    "Packs",
    "Wanted",
    "figures",
    "make",
    "newest",
    "schools_of",
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """edition: its name. schools: codes, none for all of them. language: None for each school's
    own."""

    edition: str
    schools: tuple[str, ...]
    kind: str = PPTX
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Packs:
    """content: a zip with a file for each school."""

    edition: str
    schools: tuple[str, ...]
    kind: str
    content: bytes


def figures() -> tuple[Shown, ...]:
    """What a pack shows, as `packs.toml` of the catalogue says."""
    return selection.read(settings().catalogue)


def newest() -> str:
    """The edition that visitors see; "" where nothing has been published."""
    return shelf.current(visitors_shelf()) or ""


def schools_of(name: str) -> tuple[str, ...]:
    """The members in the last year of that edition."""
    edition = files.members_edition(name)
    year = int(max(edition.years, default="0"))
    found = edition.catalogue.schools.values()
    return tuple(school.code for school in found if not year or school.is_member(year))


def make(wanted: Wanted, report: Report = lambda share, what: None) -> Packs:
    """All of them or none; several at a time where there are cores for it."""
    using = catalogue_in_use()
    report(0.0, using.word("packs.opening").fill(name=wanted.edition))
    schools = _schools(wanted)
    if wanted.kind == PDF and not press.is_there():
        raise RefusedError(using.word(f"press.{press.NO_BROWSER}"))
    pieces = [Piece(wanted.edition, one, wanted.kind, wanted.language) for one in schools]
    made: list[files.Made] = []
    begun = time.monotonic()
    try:
        for one in _all(pieces):
            made.append(one)
            report(len(made) / len(pieces), _said(made, pieces, time.monotonic() - begun))
    except press.Unprintable as error:
        failed = _name_of(pieces[len(made)].school)
        why = using.word(f"press.{error.why}")
        raise refusal("pack_not_printed", school=failed, why=why) from None
    return Packs(wanted.edition, schools, wanted.kind, _zipped(made))


def _said(made: list[files.Made], pieces: list[Piece], seconds: float) -> Text:
    """How far it has come, and how long it will go on, as far as two tell."""
    left = len(pieces) - len(made)
    known = {"number": len(made), "count": len(pieces), "school": _name_of(made[-1].school)}
    if not left or len(made) < ENOUGH_TO_TELL:
        return catalogue_in_use().word("packs.making").fill(**known)
    rest = max(STEP, STEP * round(seconds / len(made) * left / STEP))
    return catalogue_in_use().word("packs.making_left").fill(**known, seconds=rest)


def _name_of(school: str) -> Text:
    known = catalogue_in_use().schools.get(school)
    return known.name if known else same_in_all(school)


def _schools(wanted: Wanted) -> tuple[str, ...]:
    """Those that are wanted, all of them known to that edition."""
    names = shelf.names(visitors_shelf(), MEMBERS)
    if not names:
        raise refusal("nothing_for_packs")
    if wanted.edition not in names:
        raise refusal("no_such_edition", name=wanted.edition, names=", ".join(names))
    known = files.members_edition(wanted.edition).catalogue.schools
    for school in wanted.schools:
        if school not in known:
            raise refusal("no_such_school", code=school, codes=", ".join(known))
    return wanted.schools or schools_of(wanted.edition)


def _all(pieces: list[Piece]) -> Iterable[files.Made]:
    """What the browser prints is printed by this process, which has but one."""
    if pieces and pieces[0].kind == PDF:
        return map(files.make, pieces)
    return spread(files.make, pieces)


def _zipped(made: Iterable[files.Made]) -> bytes:
    """Office files are packed already; to pack them again takes time and saves nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for one in made:
            archive.writestr(one.name, one.content)
    return out.getvalue()
