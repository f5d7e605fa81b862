"""Orders what can be chosen by how alike it is; likeness is 0–100, and 0 where it is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data_loaders.examination import ExaminedColumn, Suggestion, suggest_choices
from desk.mapping.bench import Bench
from yearbook.catalogue import Question

LIKELY = 60  # below this a suggestion stands only in the list of all that can be chosen


def questions_by_likeness(columns: Sequence[ExaminedColumn], bench: Bench) -> dict[str, float]:
    """All survey questions, the most alike first."""
    codes = (question.code for question in bench.using.survey_questions)
    told = (one for column in columns for one in column.suggestions if one.kind == "question")
    return _ordered(codes, told)


def choices_by_likeness(text: str, question: Question) -> dict[str, float]:
    """The choices of a question, the most alike to that text first."""
    return _ordered((choice.code for choice in question.choices), suggest_choices(text, question))


def _ordered(codes: Iterable[str], told: Iterable[Suggestion]) -> dict[str, float]:
    found = dict.fromkeys(codes, 0.0)
    for one in told:
        if one.code in found:
            found[one.code] = max(found[one.code], one.likeness)
    return dict(sorted(found.items(), key=lambda held: -held[1]))  # else in their own order
