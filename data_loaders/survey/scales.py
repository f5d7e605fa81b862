"""Reads answers on a scale: as words, as numbers, as both, also where the numbers run backwards."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data_loaders.cells.numbers import number
from data_loaders.survey.tables import Contents
from data_loaders.words.spelling import Spellings, text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Question

# "5 - Strongly agree", "5 = täysin samaa mieltä", "1 (None at all)", "Strongly agree (5)"
_BETWEEN = r"\s*[-–—=:.)(\s]+\s*"
_WORDS = r"(?P<words>[^\W\d].*?)"
_NUMBER = r"(?P<number>-?\d+)"
_NUMBER_FIRST = re.compile(rf"\s*{_NUMBER}{_BETWEEN}{_WORDS}\)?\s*", re.DOTALL)
_NUMBER_LAST = re.compile(rf"\s*{_WORDS}{_BETWEEN}{_NUMBER}\)?\s*", re.DOTALL)


@dataclass(frozen=True)
class Scale:
    """How a column writes the choices of a scale. is_reversed: its numbers begin at the top."""

    spellings: Spellings
    scores: dict[float, str]
    is_reversed: bool = False

    def code(self, value: Value) -> str | None:
        """The choice; "" where it was decided to be no answer, None where nobody knows."""
        plain = number(value)
        if plain is not None and not plain.percent:
            return self._of_number(value, plain.value)
        if codes := self.spellings.find(value):
            return codes[0]
        _, words = parted(text_of(value))
        return next(iter(self.spellings.find(words)), None) if words else None

    def ends_passed_by(self, text: str) -> tuple[int, int] | None:
        """The ends of the scale, if the text is a number outside it."""
        plain = number(text)
        if plain is None or not self.scores or plain.value in self.scores:
            return None
        return int(min(self.scores)), int(max(self.scores))

    def _of_number(self, value: Value, figure: float) -> str | None:
        if self.is_reversed:
            return self.scores.get(min(self.scores) + max(self.scores) - figure)
        if codes := self.spellings.find(value):
            return codes[0]
        return self.scores.get(figure)


def scale_of(question: Question, spellings: Spellings, found: Contents) -> Scale:
    """The scale as the column uses it: cells with number and words tell which end is which."""
    scores = {choice.score: choice.code for choice in question.choices if choice.score is not None}
    by_code = {code: score for score, code in scores.items()}
    straight = turned = False
    for value in found.values:
        figure, words = parted(text_of(value))
        score = by_code.get(next(iter(spellings.find(words)), "")) if words else None
        if figure is None or score is None or len(scores) < 2:
            continue
        straight |= figure == score
        turned |= figure != score and figure == min(scores) + max(scores) - score
    return Scale(spellings, scores, turned and not straight)


def parted(text: str) -> tuple[float | None, str]:
    """ "5 - Strongly agree" -> (5, "Strongly agree"); (None, "") for anything else."""
    match = _NUMBER_FIRST.fullmatch(text) or _NUMBER_LAST.fullmatch(text)
    return (float(match["number"]), match["words"]) if match else (None, "")
