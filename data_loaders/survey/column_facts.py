"""Tells what stands in a column that nobody knows yet: numbers, words, one answer or several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from data_loaders.cells.numbers import number
from data_loaders.survey.header_rows import is_number_like
from data_loaders.survey.option_columns import are_marks
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value

OPTION, MULTIPLE, SINGLE = "option", "multiple", "single"
LIKERT, NUMBER, TEXT = "likert", "number", "text"
CHOICE_TYPES = (OPTION, MULTIPLE, SINGLE, LIKERT)
MOST_OPTIONS = 200
MOST_DIFFERENT = 50_000
ENOUGH = 2_000  # different contents by which a column is judged
LONGEST_OPTION = 200
LONG_TEXT = 60
LEAST_NUMBERS = 0.9
FREE_TEXT_SHARE = 0.5
FEW = 20
LONGEST_SCALE = 11
SCALE_STEPS = range(3, 8)
_HARD = re.compile(r"\s*[;\n|]\s*")
_SOFT = re.compile(r",\s+")


@dataclass(frozen=True)
class Facts:
    """filled: cells; counts: how often each different text stands there, the commonest first."""

    filled: int
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def different(self) -> int:
        return len(self.counts)


def facts_of(values: Sequence[Value]) -> Facts:
    counts: Counter[str] = Counter()
    for value, count in Counter(values).items():
        if text := text_of(value):
            counts[text] += count
    return Facts(sum(counts.values()), dict(counts.most_common()))


def guessed_type(facts: Facts, names: Sequence[str], is_part: bool) -> str:
    """names: how the column is called; is_part: it is one of several with the same stem."""
    texts = list(facts.counts)
    if not texts:
        return TEXT
    if set(texts) == {"0", "1"} or _is_option(texts, names, is_part):
        return OPTION
    if _are_numbers(facts):
        return LIKERT if is_part and _is_scale(texts) else NUMBER
    if len(split_counts(facts, ENOUGH)) < min(facts.different, ENOUGH):
        return MULTIPLE
    if _is_free(facts):
        return TEXT
    return LIKERT if is_part and len(texts) in SCALE_STEPS else SINGLE


def split_counts(facts: Facts, most: int = MOST_DIFFERENT) -> dict[str, int]:
    """How often each answer was given, after cells with several answers were taken apart."""
    looked_at = dict(islice(facts.counts.items(), most))
    for apart in (_HARD, _SOFT):
        pieces: Counter[str] = Counter()
        several = 0
        for text, count in looked_at.items():
            parts = [part for part in apart.split(text) if part]
            several += count if len(parts) > 1 else 0
            for part in dict.fromkeys(parts):
                pieces[part] += count
        repeated = sum(count for count in pieces.values() if count > 1)
        if several and len(pieces) < len(looked_at) and repeated >= 0.5 * sum(pieces.values()):
            return dict(pieces.most_common())
    return looked_at


def answers_of(facts: Facts, kind: str) -> dict[str, int]:
    """The answers that may become choices, the commonest first."""
    if kind not in CHOICE_TYPES:
        return {}
    counts = split_counts(facts) if kind == MULTIPLE else facts.counts
    kept = [(text, count) for text, count in counts.items() if len(text) <= LONGEST_OPTION]
    return dict(kept[:MOST_OPTIONS])


def _is_option(texts: Sequence[str], names: Sequence[str], is_part: bool) -> bool:
    if len(texts) > 3 or not are_marks(texts, names):
        return False
    is_named = {normal(text) for text in texts} <= {normal(name) for name in names}
    return is_part or is_named or len(texts) == 1


def _are_numbers(facts: Facts) -> bool:
    looked_at = dict(islice(facts.counts.items(), ENOUGH))
    read = sum(
        count
        for text, count in looked_at.items()
        if is_number_like(text) and number(text) is not None
    )
    return read >= LEAST_NUMBERS * sum(looked_at.values())


def _is_scale(texts: Sequence[str]) -> bool:
    figures = [found.value for text in texts if (found := number(text)) is not None]
    return len(figures) <= LONGEST_SCALE and all(
        value == int(value) and 0 <= value <= LONGEST_SCALE - 1 for value in figures
    )


def _is_free(facts: Facts) -> bool:
    lengths = sum(len(text) * count for text, count in facts.counts.items()) / facts.filled
    if lengths > LONG_TEXT and facts.different > FEW:
        return True
    return facts.different > max(FEW, FREE_TEXT_SHARE * facts.filled)
