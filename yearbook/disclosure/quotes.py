"""Lets through only quotes of questions to which enough graduates wrote an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from yearbook.catalogue import Policy
from yearbook.editions import Quote


def publishable_quotes(
    quotes: Mapping[str, Sequence[Quote]], answers: pd.DataFrame, policy: Policy
) -> dict[str, tuple[Quote, ...]]:
    """Question -> its quotes, in the order of their texts: that of their release could tell whose.

    answers: as a submission's `answers`; who wrote nothing does not count.
    """
    writers = _writers(answers)
    return {
        question: tuple(sorted(set(released), key=lambda one: (one.text, one.language)))
        for question, released in sorted(quotes.items())
        if released and writers.get(question, 0) >= policy.quote_threshold
    }


def _writers(answers: pd.DataFrame) -> dict[str, int]:
    """Question -> how many wrote something to it."""
    text = answers["text"]
    written = answers[text.notna() & (text.astype(str).str.strip() != "")]
    counted = written.groupby("question", observed=True)["respondent"].nunique()
    return {str(question): int(count) for question, count in counted.items()}
