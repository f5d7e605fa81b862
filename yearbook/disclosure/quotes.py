"""Lets through only quotes of questions to which enough graduates wrote an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from yearbook.catalogue import Policy
from yearbook.editions import Quote


def publishable_quotes(
    quotes: Mapping[str, Sequence[Quote]], answers: Mapping[str, pd.DataFrame], policy: Policy
) -> dict[str, tuple[Quote, ...]]:
    """Question -> its quotes, in the order of their texts: that of their release could tell whose.

    answers: of each question, as in a submission; who wrote nothing does not count.
    """
    return {
        question: tuple(sorted(set(released), key=lambda one: (one.text, one.language)))
        for question, released in sorted(quotes.items())
        if released and _writers(answers.get(question)) >= policy.quote_threshold
    }


def _writers(answers: pd.DataFrame | None) -> int:
    """How many wrote something."""
    if answers is None:
        return 0
    text = answers["text"]
    is_written = text.notna() & (text.astype(str).str.strip() != "")
    return int(answers.loc[is_written, "respondent"].nunique())
