"""Searches what graduates wrote in their own words; for the director alone, and never published."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from office.databases import archive_engine
from yearbook import archive

_WHERE = ["text", "survey", "survey_year", "option"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: answers to a question in which all of the words occur.

    survey, survey_year: "" and None for all of them.
    """

    question: str
    words: str = ""
    survey: str = ""
    survey_year: int | None = None


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """A text, with the round it came in: no more of whose it is leaves the archive.

    option: the choice beside which it was written, "" for an answer to an open question;
    times: how many wrote just this in that round.
    """

    text: str
    survey: str
    survey_year: int
    option: str
    times: int


def asked() -> Mapping[str, int]:
    """The questions to which somebody wrote an answer of his own, and how many did."""
    return archive.open_counts(archive_engine())


def rounds(question: str) -> tuple[tuple[str, int], ...]:
    """The rounds (survey, year) in which somebody wrote to the question, the newest first."""
    found = archive.open_answers(archive_engine(), question)[["survey", "survey_year"]]
    return tuple((str(survey), int(year)) for survey, year in found.drop_duplicates().to_numpy())


def search(wanted: Wanted) -> tuple[OpenAnswer, ...]:
    """The newest round first."""
    found = archive.open_answers(archive_engine(), wanted.question)
    # Some systems write "ä" as two signs.
    found["text"] = [unicodedata.normalize("NFC", text) for text in found["text"]]
    if wanted.survey:
        found = found[found["survey"] == wanted.survey]
    if wanted.survey_year is not None:
        found = found[found["survey_year"] == wanted.survey_year]
    looked_for = words_of(wanted.words)
    if looked_for:
        found = found[[has_all(text, looked_for) for text in found["text"]]]
    return tuple(_answers(found))


def words_of(words: str) -> tuple[str, ...]:
    """What is looked for, word by word, as `folded` writes them."""
    return tuple(dict.fromkeys(folded(unicodedata.normalize("NFC", words)).split()))


def folded(text: str) -> str:
    """Without capitals and accents: "Ääni" is "aani"; each sign keeps its place."""
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    """One sign for one, so that what was found can be marked where it stands."""
    first = unicodedata.normalize("NFD", sign)[0].casefold()
    return first if len(first) == 1 else sign


def has_all(text: str, words: tuple[str, ...]) -> bool:
    """Whether all of the words, as `words_of` gave them, occur in the text."""
    plain = folded(text)
    return all(word in plain for word in words)


def _answers(found: pd.DataFrame) -> Iterator[OpenAnswer]:
    rows = zip(*(found[name] for name in _WHERE), strict=True)
    for (text, survey, year, option), times in Counter(rows).items():
        yield OpenAnswer(str(text), str(survey), int(year), str(option), times)
