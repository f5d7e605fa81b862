"""What the director has decided about a file and not yet kept; and what is still open.

A draft never changes: each decision gives a new one, so that a page can throw one away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from data_loaders.examination import Examination, ExaminedColumn
from data_loaders.survey.splitting import Splitter
from data_loaders.words.catalogue_spellings import choices_of
from office.mapping import (
    INDICATORS,
    QUESTIONS,
    ColumnChoice,
    column_decision,
    option_decision,
)
from office.new_questions import CHOOSING
from yearbook import catalogue
from yearbook.archive import Addition
from yearbook.catalogue import Catalogue, Content, Question

Place = tuple[str, int]  # a column's heading and its occurrence
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class UnknownOption:
    """A text in answers to a question that stands for none of its choices."""

    question: str
    text: str
    count: int


@dataclass(frozen=True)
class Draft:
    """columns, options: what was decided of this file; questions, indicators: what was added."""

    examination: Examination
    columns: Mapping[Place, ColumnChoice] = field(default_factory=dict)
    options: Mapping[tuple[str, str], str] = field(default_factory=dict)
    questions: Mapping[str, Content] = field(default_factory=dict)
    indicators: Mapping[str, Content] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.columns or self.options or self.questions)

    @property
    def count(self) -> int:
        return len(self.columns) + len(self.options) + len(self.questions)

    def all_columns(self) -> tuple[ExaminedColumn, ...]:
        """Each once, though several sheets may have it."""
        found: dict[Place, ExaminedColumn] = {}
        for sheet in self.examination.sheets:
            for column in sheet.columns:
                found.setdefault(place_of(column), column)
        return tuple(found.values())

    def with_column(self, place: Place, choice: ColumnChoice | None) -> Draft:
        """None takes the decision away, and with it a question that no other column asks."""
        columns = {**self.columns, place: choice} if choice else _without(self.columns, place)
        before = self.columns.get(place)
        draft = replace(self, columns=columns)
        return draft._without_orphan(before.question) if before else draft

    def with_option(self, question: str, text: str, choice: str | None) -> Draft:
        """choice: "" for no answer; None leaves it open again."""
        about = (question, text)
        if choice is None:
            return replace(self, options=_without(self.options, about))
        return replace(self, options={**self.options, about: choice})

    def with_question(self, code: str, entry: Content, indicator: Content | None) -> Draft:
        """A new question, or a known one with another choice (which has its indicator)."""
        indicators = {**self.indicators, code: indicator} if indicator else self.indicators
        return replace(self, questions={**self.questions, code: entry}, indicators=indicators)

    def _without_orphan(self, code: str) -> Draft:
        """A question that was made for a column is not kept when no column asks it any more."""
        is_new = code in self.indicators or self.questions.get(code, {}).get("type") == "text"
        if not is_new or any(choice.question == code for choice in self.columns.values()):
            return self
        return replace(
            self,
            questions=_without(self.questions, code),
            indicators=_without(self.indicators, code),
            options={about: one for about, one in self.options.items() if about[0] != code},
        )

    def laid_over(self, content: Content) -> Catalogue:
        """The catalogue as it would be when the draft is kept."""
        added: Content = {QUESTIONS: dict(self.questions), INDICATORS: dict(self.indicators)}
        return catalogue.build(catalogue.laid_over(content, added))

    def additions(self, survey: str, year: int) -> tuple[Addition, ...]:
        """All that is to be kept, questions before what names them."""
        return (
            *(Addition(QUESTIONS, entry, code=code) for code, entry in self.questions.items()),
            *(Addition(INDICATORS, entry, code=code) for code, entry in self.indicators.items()),
            *(column_decision(survey, year, place, one) for place, one in self.columns.items()),
            *(option_decision(survey, year, about, one) for about, one in self.options.items()),
        )


def place_of(column: ExaminedColumn) -> Place:
    return column.key, column.occurrence


def what_is(column: ExaminedColumn, draft: Draft) -> ColumnChoice | None:
    """As decided here, otherwise as recognised; None where nobody knows."""
    if place_of(column) in draft.columns:
        return draft.columns[place_of(column)]
    meaning = column.meaning
    if meaning is None or not (meaning.role or meaning.question):
        return None
    return ColumnChoice(meaning.question, meaning.option or "", meaning.is_other, meaning.role)


def is_open(column: ExaminedColumn, draft: Draft) -> bool:
    """Whether it has contents that nobody would know what to do with."""
    return column.filled > 0 and what_is(column, draft) is None


def unknown_options(draft: Draft, using: Catalogue) -> tuple[UnknownOption, ...]:
    """What is written under questions and stands for no choice, decided here or not, the most
    frequent first. using: the catalogue with the draft laid over."""
    counted: Counter[tuple[str, str]] = Counter()
    for column in draft.all_columns():
        choice = what_is(column, draft)
        if choice is None or not choice.question or choice.option or choice.is_other:
            continue
        question = using.questions.get(choice.question)
        if question is not None and question.type in CHOOSING:
            for text, count in _unknown_in(column, question):
                counted[question.code, text] += count
    return tuple(UnknownOption(*about, count) for about, count in counted.most_common())


def open_options(draft: Draft, using: Catalogue) -> tuple[UnknownOption, ...]:
    """Those of them that are not decided yet."""
    found = unknown_options(draft, using)
    return tuple(one for one in found if (one.question, one.text) not in draft.options)


def _unknown_in(column: ExaminedColumn, question: Question) -> Iterator[tuple[str, int]]:
    recognised = column.meaning is not None and column.meaning.question == question.code
    spellings = choices_of(question)
    splitter = Splitter(spellings)
    for option in column.options:
        if (recognised and option.choice is not None) or spellings.find(option.text):
            continue
        if question.type != "multiple":
            yield option.text, option.count
            continue
        for text in splitter.split(option.text)[1]:
            yield text, option.count


def _without(held: Mapping[Key, Value], key: Key) -> dict[Key, Value]:
    return {one: value for one, value in held.items() if one != key}
