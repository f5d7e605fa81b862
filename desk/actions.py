"""All that the desk reads, changes or starts of what was handed in; each asks the session first
whether this is still the director, and what changes something or takes it out is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data_loaders import frame_template, templates
from data_loaders.frame_template import Asked
from data_loaders.hints import Hints
from desk import telling
from desk.authority import for_director, who
from desk.reception.handed import Handed
from desk.recording import recorded
from desk.using import catalogue_in_use
from office import (
    catalogue_export,
    erasing,
    jobs,
    mapping,
    open_answers,
    packs,
    publishing,
    quoting,
    receiving,
    uploads,
)
from office.erasing import Found, Round
from office.jobs import Job
from office.open_answers import OpenAnswer, Wanted
from office.packs import Packs
from office.publishing import Draft
from office.quoting import Proposal
from office.receiving import Receipt, Table
from office.refusals import RefusedError
from office.uploads import Upload
from ui.visit import Visitor
from yearbook.archive import Addition, Decided, Entry, Erased, Mention, Released, Removed
from yearbook.catalogue import Catalogue
from yearbook.editions import Edition
from yearbook.language import Language


@for_director
def check(_visitor: Visitor, handed_over: Sequence[Upload]) -> Job:
    return jobs.start(uploads.check_together, tuple(handed_over))


@for_director
def named_source(_visitor: Visitor, name: str) -> str:
    return receiving.named_source(name)


@for_director
def check_source(_visitor: Visitor, source: Table, hints: Hints) -> Job:
    return jobs.start(uploads.check_source, source, hints)


@for_director
@recorded(telling.kept)
def keep(visitor: Visitor, handed: Handed) -> Receipt:
    if isinstance(handed.what, Table):
        return receiving.keep_table(handed.what, handed.loaded, who(visitor))
    upload = handed.what
    return receiving.keep_upload(
        upload.name, upload.content, handed.loaded, who(visitor), handed.adds
    )


@for_director
def submissions(_visitor: Visitor) -> tuple[Entry, ...]:
    """All that was ever handed in, the newest first."""
    return receiving.history()


@for_director
@recorded(telling.withdrawn)
def withdraw(visitor: Visitor, number: int) -> None:
    receiving.withdraw(number, who(visitor))


@for_director
@recorded(telling.withdrawn_invented)
def withdraw_invented(visitor: Visitor) -> tuple[int, ...]:
    """The numbers of the sample data, which it was."""
    entries = receiving.history()
    numbers = tuple(one.id for one in entries if one.invented and not one.is_withdrawn)
    receiving.withdraw_invented(who(visitor))
    return numbers


@for_director
@recorded(telling.workbooks_made)
def blank_workbooks(
    _visitor: Visitor, year: int, language: Language, schools: Sequence[str]
) -> dict[str, bytes]:
    """One for each school, with its own figures of the year before."""
    previous = receiving.figures_in_force()
    using = catalogue_in_use()
    return {one: templates.blank(using, year, language, [one], previous) for one in schools}


@for_director
def joint_workbook(
    _visitor: Visitor, year: int, language: Language, schools: Sequence[str]
) -> bytes:
    """One for all of them; it goes round, so it shows nobody's earlier figures."""
    return templates.blank(catalogue_in_use(), year, language, schools)


@for_director
def blank_frame(_visitor: Visitor, asked: Asked, language: Language) -> bytes:
    return frame_template.blank_frame(catalogue_in_use(), asked, language)


@for_director
def preview(visitor: Visitor) -> Job:
    return jobs.start(publishing.preview_for, who(visitor))


@for_director
@recorded(telling.published)
def publish(visitor: Visitor, draft: Draft) -> Edition:
    return publishing.publish(draft, who(visitor))


@for_director
@recorded(telling.rolled_back)
def roll_back(visitor: Visitor, name: str) -> None:
    publishing.roll_back(name, who(visitor))


@for_director
def schools_of_packs(_visitor: Visitor, edition: str) -> tuple[str, ...]:
    return packs.schools_of(edition)


@for_director
def make_packs(_visitor: Visitor, wanted: packs.Wanted) -> Job:
    return jobs.start(packs.make, wanted)


@for_director
@recorded(telling.packs_made)
def packs_made(_visitor: Visitor, made: Packs) -> Packs:
    return made


@for_director
def open_questions(_visitor: Visitor) -> Mapping[str, int]:
    return open_answers.asked()


@for_director
def answer_rounds(_visitor: Visitor, question: str) -> tuple[tuple[str, int], ...]:
    return open_answers.rounds(question)


@for_director
def search_answers(_visitor: Visitor, wanted: Wanted) -> tuple[OpenAnswer, ...]:
    return open_answers.search(wanted)


@for_director
def objection(_visitor: Visitor, proposal: Proposal) -> RefusedError | None:
    return quoting.objection(proposal, catalogue_in_use())


@for_director
@recorded(telling.quote_released)
def release_quote(visitor: Visitor, proposal: Proposal) -> None:
    quoting.release(proposal, who(visitor))


@for_director
@recorded(telling.quote_taken_back)
def take_back_quote(visitor: Visitor, number: int) -> None:
    quoting.take_back(number, who(visitor))


@for_director
def released_quotes(_visitor: Visitor) -> tuple[Released, ...]:
    return quoting.released()


@for_director
def examine(_visitor: Visitor, upload: Upload) -> Job:
    return jobs.start(mapping.examine_upload, upload)


@for_director
def decisions(_visitor: Visitor) -> tuple[Decided, ...]:
    """All of them, the newest first."""
    return mapping.history()


@for_director
def taken_back_with(_visitor: Visitor, number: int) -> tuple[Addition, ...]:
    return mapping.taken_back_with(number)


@for_director
def codes_ever_used(_visitor: Visitor, using: Catalogue) -> frozenset[str]:
    return mapping.codes_ever_used(using)


@for_director
@recorded(telling.decided)
def keep_decisions(visitor: Visitor, made: Sequence[Addition]) -> None:
    mapping.keep(made, who(visitor))
    catalogue_in_use.clear()


@for_director
@recorded(telling.decision_taken_back)
def take_back_decision(visitor: Visitor, number: int) -> None:
    mapping.take_back(number, who(visitor))
    catalogue_in_use.clear()


@for_director
@recorded(telling.catalogue_exported)
def exported_catalogue(_visitor: Visitor) -> bytes:
    return catalogue_export.as_zip()


@for_director
def rounds_held(_visitor: Visitor) -> tuple[Round, ...]:
    return erasing.rounds()


@for_director
def find_by_number(_visitor: Visitor, of_round: Round, own: str, day: str) -> Found:
    return erasing.find_by_number(of_round, own, erasing.read_day(day))


@for_director
def find_by_words(_visitor: Visitor, of_round: Round, words: str) -> Found:
    return erasing.find_by_words(of_round, words)


@for_director
def find_by_file(_visitor: Visitor, of_round: Round, upload: Upload) -> Found:
    return erasing.find_by_file(of_round, upload)


@for_director
def find_by_pseudonym(_visitor: Visitor, pseudonym: str) -> Found:
    return erasing.find_by_pseudonym(pseudonym)


@for_director
def respondent_held(_visitor: Visitor, found: Found) -> Erased | None:
    return erasing.held(found.pseudonyms)


@for_director
def round_held(_visitor: Visitor, of_round: Round) -> Erased | None:
    return erasing.round_held(of_round)


@for_director
@recorded(telling.respondent_erased)
def erase_respondent(visitor: Visitor, found: Found) -> Erased:
    return erasing.erase_respondent(found, who(visitor))


@for_director
@recorded(telling.round_erased)
def erase_round(visitor: Visitor, of_round: Round) -> Erased:
    return erasing.erase_round(of_round, who(visitor))


@for_director
def mentions(_visitor: Visitor, words: str) -> tuple[Mention, ...]:
    return erasing.mentions(words)


@for_director
@recorded(telling.mention_erased)
def erase_mention(visitor: Visitor, mention: Mention) -> None:
    erasing.erase_mention(mention, who(visitor))
    catalogue_in_use.clear()


@for_director
def removed(_visitor: Visitor) -> tuple[Removed, ...]:
    return erasing.removed()


@for_director
def is_clean(_visitor: Visitor) -> bool:
    return erasing.is_clean()


@for_director
def clean(_visitor: Visitor) -> bool:
    return erasing.clean()
