"""The words of files, from the catalogue that the edition froze."""

from __future__ import annotations

from yearbook.editions import Edition, State
from yearbook.language import Language


def heading(key: str, language: Language, edition: Edition) -> str:
    return edition.catalogue.word(f"exports.{key}")[language]


def state_word(state: State, language: Language, edition: Edition) -> str:
    return edition.catalogue.word(f"exports.states.{state.value}")[language]
