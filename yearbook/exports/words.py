"""The words of files."""

from __future__ import annotations

from yearbook.charts import Chart
from yearbook.charts.words import word_of
from yearbook.editions import Edition, State
from yearbook.language import Language


def heading(key: str, language: Language, edition: Edition) -> str:
    return word_of(edition.catalogue, f"exports.{key}")[language]


def state_word(state: State, language: Language, edition: Edition) -> str:
    return word_of(edition.catalogue, f"exports.states.{state.value}")[language]


def fold_word(language: Language, edition: Edition) -> str:
    """The state of a figure that counts several options together."""
    return word_of(edition.catalogue, "exports.states.fold")[language]


def source_of(chart: Chart) -> str:
    """The source without the word before it, for a column or row that is called so."""
    return chart.source.partition(": ")[2]
