"""Erases a respondent, a round or a mention from everything that is kept; published editions stay.

A respondent is found by what the survey tool calls the response, by words that only they wrote, by
a file that holds their row alone, or by the pseudonym itself. Nobody's answers are shown for it.
"""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from data_loaders.cells.timestamps import read_times
from data_loaders.hints import Hints
from data_loaders.survey.respondents import IDENTITY_LENGTH, pseudonyms_of
from office import receiving
from office.databases import archive_engine
from office.open_answers import has_all, words_of
from office.refusals import refusal
from office.settings import settings
from office.uploads import Upload
from yearbook import archive
from yearbook.archive import Erased, Mention, NoSuchMentionError, NothingToEraseError, Removed
from yearbook.submissions import Kind

Round = tuple[str, int]  # a survey and its year
LEAST_OF_WORDS = 4  # letters; less would find half of them
MOST_IN_FILE = 20
LARGEST_FILE = 2**20  # bytes; it is read at once, while the director waits


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a search found. people: how many they are.

    is_meant: the director named each of them, so that all may go; otherwise it must be one.
    """

    pseudonyms: frozenset[str]
    people: int
    is_meant: bool = False

    @property
    def may_go(self) -> bool:
        return self.people == 1 or (self.is_meant and self.people > 0)


NOBODY = Found(frozenset(), 0)


def rounds() -> tuple[Round, ...]:
    """All rounds of which the archive holds anything, the newest first."""
    of_rounds = [entry for entry in receiving.history() if entry.kind is not Kind.ANNUAL]
    held = {pair for entry in of_rounds for pair in entry.covers}
    return tuple(sorted(held, key=lambda pair: (-pair[1], pair[0])))


def find_by_number(of_round: Round, own: str, day: date | None) -> Found:
    """By what the survey tool calls the response; day: on which it was begun."""
    secret = archive.secret(archive_engine())
    wanted = pseudonyms_of(secret, of_round, own.strip(), day)
    return _single(archive.pseudonyms(archive_engine(), *of_round) & wanted)


def read_day(written: str) -> date | None:
    """ "31.5.2026", or as the survey tool writes it; None where nothing is written."""
    if not written.strip():
        return None
    (moment,) = read_times([written.strip()]).moments
    if moment is None:
        raise refusal("erase_day", day=written.strip())
    return moment.date()


def find_by_pseudonym(pseudonym: str) -> Found:
    """By the archive's own name for them."""
    wanted = pseudonym.strip().lower()
    if len(wanted) != IDENTITY_LENGTH or not set(wanted) <= set(string.hexdigits):
        return NOBODY
    return _single({wanted}) if held([wanted]) else NOBODY


def find_by_words(of_round: Round, words: str) -> Found:
    """By words that they wrote in any answers of their own; in each file all of them must occur.

    A file that was handed in again may know the same person by another pseudonym, so it is counted
    file by file, and over all files whose answers count side by side.
    """
    looked_for = words_of(words)
    if sum(map(len, looked_for)) < LEAST_OF_WORDS:
        raise refusal("erase_few_words", least=LEAST_OF_WORDS)
    texts: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in archive.written(archive_engine(), *of_round):
        texts[one.submission, one.respondent].append(one.text)
    found = {who for who, said in texts.items() if has_all(" ".join(said), looked_for)}
    by_file: dict[int, set[str]] = defaultdict(set)
    for submission, pseudonym in found:
        by_file[submission].add(pseudonym)
    counting = {e.id for e in receiving.history() if of_round in e.in_force}
    together = {pseudonym for submission, pseudonym in found if submission in counting}
    people = max(len(together), *map(len, by_file.values())) if found else 0
    return Found(frozenset(pseudonym for _, pseudonym in found), people)


def find_by_file(of_round: Round, upload: Upload) -> Found:
    """By an export of the survey tool that holds the rows of those who are to be erased only.

    It is read as it was when it came with the others, and not kept.
    """
    if len(upload.content) > LARGEST_FILE:
        raise refusal("erase_large_file", file=upload.name)
    hints = Hints(*of_round)
    loaded = receiving.check_upload(upload.name, upload.content, hints)
    if loaded.submission is None or loaded.submission.kind is not Kind.SURVEY:
        raise refusal("erase_no_survey", file=upload.name)
    named = frozenset(loaded.submission.respondents["respondent"])
    if len(named) > MOST_IN_FILE:
        raise refusal("erase_whole_file", file=upload.name, count=len(named), most=MOST_IN_FILE)
    known = named & archive.pseudonyms(archive_engine(), *of_round)
    return Found(known, len(known), is_meant=True)


def held(pseudonyms: Collection[str]) -> Erased | None:
    """What erasing them would take away; None where the archive does not know them."""
    try:
        return archive.respondent_held(archive_engine(), pseudonyms)
    except NothingToEraseError:
        return None


def round_held(of_round: Round) -> Erased | None:
    """What erasing the round would take away."""
    try:
        return archive.round_held(archive_engine(), *of_round)
    except NothingToEraseError:
        return None


def erase_respondent(found: Found, who: str) -> Erased:
    """Erase them from every submission. Raises RefusedError."""
    if found.people and not found.may_go:
        raise refusal("erase_several", count=found.people)
    try:
        erased = archive.erase_respondent(archive_engine(), found.pseudonyms, who, _now())
    except NothingToEraseError:
        raise refusal("erase_nobody") from None
    clean()
    return erased


def erase_round(of_round: Round, who: str) -> Erased:
    """Erase all of a round, with the files that it came in. Raises RefusedError.

    The files go first: should the process end in between, the round is there still, and is erased
    by doing it again.
    """
    going = round_held(of_round)
    if going is None:
        raise refusal("erase_no_round")
    _delete_uploads(going.checksums)
    try:
        erased = archive.erase_round(archive_engine(), *of_round, who, _now())
    except NothingToEraseError:
        raise refusal("erase_no_round") from None
    clean()
    return erased


def mentions(words: str) -> tuple[Mention, ...]:
    """Quotes, decisions and names of files in which all of the words occur."""
    looked_for = words_of(words)
    if sum(map(len, looked_for)) < LEAST_OF_WORDS:
        raise refusal("erase_few_words", least=LEAST_OF_WORDS)
    return archive.mentions(archive_engine(), lambda text: has_all(text, looked_for))


def erase_mention(mention: Mention, who: str) -> None:
    """With the name of a file goes the file as it came, too. Raises RefusedError."""
    if mention.kind == "name":
        named = [entry for entry in receiving.history() if entry.id == mention.number]
        _delete_uploads(entry.received.checksum for entry in named)
    try:
        archive.erase_mention(archive_engine(), mention.kind, mention.number, who, _now())
    except NoSuchMentionError:
        raise refusal("erase_no_mention") from None
    clean()


def clean() -> bool:
    """Take the bytes of what was erased out of the database's files; False where it must wait."""
    return archive.clean(archive_engine(), _now())


def is_clean() -> bool:
    return archive.is_clean(archive_engine())


def removed() -> tuple[Removed, ...]:
    """All that was ever removed for good, the newest first."""
    return archive.removals(archive_engine())


def _delete_uploads(checksums: Iterable[str]) -> None:
    for checksum in filter(None, checksums):
        (settings().var / "uploads" / checksum).unlink(missing_ok=True)


def _single(pseudonyms: Collection[str]) -> Found:
    return Found(frozenset(pseudonyms), len(pseudonyms))


def _now() -> datetime:
    return datetime.now(UTC)
