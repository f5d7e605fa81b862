"""Says for the record what an action of the desk has done, in numbers, codes and editions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from desk.reception.handed import Handed
from desk.recording import Noted
from office import receiving
from office.databases import visitors_shelf
from office.erasing import Found, Round
from office.packs import Packs
from office.quoting import Proposal
from office.receiving import Receipt
from yearbook import shelf
from yearbook.archive import Addition, Erased, Mention
from yearbook.editions import Edition
from yearbook.language import Language

MOST_NAMED = 6
BETWEEN = " · "


def kept(receipt: Receipt, _handed: Handed) -> Noted | None:
    if receipt.id is None:
        return None
    (entry,) = (entry for entry in receiving.history() if entry.id == receipt.id)
    return Noted("upload", f"{receipt.id} · {_pairs(receipt.covers)}", entry.received.checksum)


def withdrawn(_result: None, number: int) -> Noted:
    return Noted("withdrawal", str(number))


def withdrawn_invented(numbers: Sequence[int]) -> Noted | None:
    return Noted("withdrawal", _some(map(str, numbers))) if numbers else None


def workbooks_made(
    made: dict[str, bytes], year: int, _language: Language, schools: Sequence[str]
) -> Noted:
    """They hold the schools' own figures of the year before."""
    return Noted("export", f"{year}.xlsx · {_some(schools)}", _checksum(*made.values()))


def published(edition: Edition, _draft: object) -> Noted:
    return Noted("publication", edition.name, _digest(edition.name))


def packs_made(_result: Packs, made: Packs) -> Noted:
    """They hold what each school alone may see of itself."""
    what = BETWEEN.join([made.edition, made.kind, str(len(made.schools)), _some(made.schools)])
    return Noted("packs_made", what, _checksum(made.content))


def rolled_back(_result: None, name: str) -> Noted:
    return Noted("roll_back", name, _digest(name))


def quote_released(_result: None, proposal: Proposal) -> Noted:
    return Noted("quote_released", proposal.question)


def quote_taken_back(_result: None, number: int) -> Noted:
    return Noted("quote_withdrawn", str(number))


def decided(_result: None, made: Sequence[Addition]) -> Noted | None:
    """How many of which survey: what they are about may be what somebody has answered."""
    surveys = sorted({one.survey for one in made if one.survey})
    return Noted("decision", " · ".join([str(len(made)), *surveys])) if made else None


def decision_taken_back(_result: None, number: int) -> Noted:
    return Noted("decision_taken_back", str(number))


def catalogue_exported(content: bytes) -> Noted:
    return Noted("catalogue_exported", "catalogue.zip", _checksum(content))


def respondent_erased(erased: Erased, _found: Found) -> Noted:
    """Without whom: the record outlives what was erased."""
    return _deletion("respondent", erased.respondents, _pairs(erased.rounds))


def round_erased(erased: Erased, of_round: Round) -> Noted:
    return _deletion("whole", erased.respondents, _pairs([of_round]))


def mention_erased(_result: None, mention: Mention) -> Noted:
    """mention.kind: quote, decision or name."""
    return _deletion(mention.kind, mention.number)


def _deletion(kind: str, *what: object) -> Noted:
    """kind: as `desk.erase.removed` has words for it."""
    return Noted("deletion", BETWEEN.join([kind, *map(str, what)]))


def _pairs(pairs: Iterable[tuple[str, int]]) -> str:
    return _some(f"{code} {year}" for code, year in pairs)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = [f"+{len(listed) - MOST_NAMED}"] if len(listed) > MOST_NAMED else []
    return ", ".join([*listed[:MOST_NAMED], *more])


def _digest(name: str) -> str:
    return next(one.digest for one in shelf.shelved(visitors_shelf()) if one.name == name)


def _checksum(*contents: bytes) -> str:
    found = hashlib.sha256()
    for content in contents:
        found.update(content)
    return found.hexdigest()
