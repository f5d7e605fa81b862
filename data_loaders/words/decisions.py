"""What the director has decided of a survey's columns and options, as it holds for one round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal
from yearbook.catalogue import Catalogue
from yearbook.catalogue.entries import ColumnDecision, OptionDecision, SurveyMapping

Entry = TypeVar("Entry", ColumnDecision, OptionDecision)
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Decisions:
    """columns: by normal key and occurrence; options: by question, then by normal text."""

    columns: Mapping[tuple[str, int], Meaning] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def column(self, key: str, occurrence: int) -> Meaning | None:
        return self.columns.get((normal(key), occurrence)) if self.columns else None


UNDECIDED = Decisions()


def decisions(catalogue: Catalogue, survey: str, year: int | None) -> Decisions:
    """Those of the survey; where it is not known, those of all surveys if they agree."""
    known = {code: _still_known(mapping, catalogue) for code, mapping in catalogue.mappings.items()}
    if survey:
        return _of_mapping(known.get(survey, SurveyMapping()), year)
    each = [_of_mapping(mapping, year) for mapping in known.values()]
    if len(each) < 2:
        return each[0] if each else UNDECIDED
    questions = {question for one in each for question in one.options}
    return Decisions(
        _agreed(one.columns for one in each),
        {code: _agreed(one.options.get(code, {}) for one in each) for code in questions},
    )


def _still_known(mapping: SurveyMapping, catalogue: Catalogue) -> SurveyMapping:
    """Without what names a question or a choice that the catalogue has no more."""

    def has(code: str, choice: str) -> bool:
        question = catalogue.questions.get(code)
        known = {one.code for one in question.choices} if question else set()
        return question is not None and (not choice or choice in known)

    return SurveyMapping(
        tuple(one for one in mapping.columns if one.role or has(one.question, one.option)),
        tuple(one for one in mapping.options if has(one.question, one.choice)),
    )


def _of_mapping(mapping: SurveyMapping, year: int | None) -> Decisions:
    columns: dict[tuple[str, int], list[ColumnDecision]] = {}
    for column in mapping.columns:
        columns.setdefault((normal(column.heading), column.occurrence), []).append(column)
    texts: dict[tuple[str, str], list[OptionDecision]] = {}
    for option in mapping.options:
        texts.setdefault((option.question, _known(option.text)), []).append(option)
    options: dict[str, dict[str, str]] = {}
    for (question, text), entries in texts.items():
        options.setdefault(question, {})[text] = _nearest(entries, year).choice
    return Decisions(
        {key: _meaning(_nearest(entries, year)) for key, entries in columns.items()}, options
    )


def _nearest(entries: list[Entry], year: int | None) -> Entry:
    """The latest decision that holds for the year, else the earliest; of no year the latest."""
    ordered = sorted(entries, key=lambda entry: entry.first)
    holding = [entry for entry in ordered if year is None or entry.first <= year]
    return holding[-1] if holding else ordered[0]


def _meaning(decision: ColumnDecision) -> Meaning:
    return Meaning(
        role=decision.role,
        question=decision.question,
        option=decision.option or None,
        is_other=decision.is_other,
    )


def _known(text: str) -> str:
    return normal(text) or text.strip()


def _agreed(each: Iterable[Mapping[Key, Value]]) -> dict[Key, Value]:
    """What some say and none says otherwise."""
    said: dict[Key, Value] = {}
    disputed: set[Key] = set()
    for one in each:
        for key, value in one.items():
            if said.setdefault(key, value) != value:
                disputed.add(key)
    return {key: value for key, value in said.items() if key not in disputed}
