"""All that the desk changes or starts; each asks first whether the visitor is the director."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data_loaders import frame_template, templates
from data_loaders.frame_template import Asked
from data_loaders.hints import Hints
from desk.authority import for_director
from desk.reception.handed import Handed
from desk.using import catalogue_in_use
from office import (
    catalogue_export,
    erasing,
    jobs,
    mapping,
    open_answers,
    publishing,
    quoting,
    receiving,
    uploads,
)
from office.erasing import Found, Round
from office.jobs import Job
from office.open_answers import OpenAnswer, Wanted
from office.publishing import Draft
from office.quoting import Proposal
from office.receiving import Receipt, Table
from office.uploads import Upload
from ui.visit import Visitor
from ui.words import word
from yearbook.archive import Addition, Erased, Mention, Released, Removed
from yearbook.language import Language


def who() -> str:
    """Who acts, for the archive: until there are accounts, the office is all we know."""
    return word("desk.who").fi


@for_director
def check(_visitor: Visitor, handed_over: Sequence[Upload]) -> Job:
    return jobs.start(uploads.check_together, tuple(handed_over))


@for_director
def check_source(_visitor: Visitor, source: Table, hints: Hints) -> Job:
    return jobs.start(uploads.check_source, source, hints)


@for_director
def keep(_visitor: Visitor, handed: Handed) -> Receipt:
    if isinstance(handed.what, Table):
        return receiving.keep_table(handed.what, handed.loaded, who())
    upload = handed.what
    return receiving.keep_upload(upload.name, upload.content, handed.loaded, who(), handed.adds)


@for_director
def withdraw(_visitor: Visitor, number: int) -> None:
    receiving.withdraw(number, who())


@for_director
def withdraw_invented(_visitor: Visitor) -> None:
    receiving.withdraw_invented(who())


@for_director
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
def preview(_visitor: Visitor) -> Job:
    return jobs.start(publishing.preview)


@for_director
def publish(_visitor: Visitor, draft: Draft) -> None:
    publishing.publish(draft, who())


@for_director
def roll_back(_visitor: Visitor, name: str) -> None:
    publishing.roll_back(name, who())


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
def release_quote(_visitor: Visitor, proposal: Proposal) -> None:
    quoting.release(proposal, who())


@for_director
def take_back_quote(_visitor: Visitor, number: int) -> None:
    quoting.take_back(number, who())


@for_director
def released_quotes(_visitor: Visitor) -> tuple[Released, ...]:
    return quoting.released()


@for_director
def examine(_visitor: Visitor, upload: Upload) -> Job:
    return jobs.start(mapping.examine_upload, upload)


@for_director
def keep_decisions(_visitor: Visitor, made: Sequence[Addition]) -> None:
    mapping.keep(made, who())
    catalogue_in_use.clear()


@for_director
def take_back_decision(_visitor: Visitor, number: int) -> None:
    mapping.take_back(number, who())
    catalogue_in_use.clear()


@for_director
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
def erase_respondent(_visitor: Visitor, found: Found) -> None:
    erasing.erase_respondent(found, who())


@for_director
def erase_round(_visitor: Visitor, of_round: Round) -> None:
    erasing.erase_round(of_round, who())


@for_director
def mentions(_visitor: Visitor, words: str) -> tuple[Mention, ...]:
    return erasing.mentions(words)


@for_director
def erase_mention(_visitor: Visitor, mention: Mention) -> None:
    erasing.erase_mention(mention, who())
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
