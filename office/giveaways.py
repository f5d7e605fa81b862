"""Finds in a text what might tell whose it is: a name, a school, a town, a programme, a year.

It warns more often than it need: the director decides. What tells for certain (an address, a
number, a full name) is struck out by `data_loaders.personal`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from data_loaders.personal.names import stems
from yearbook.catalogue import Catalogue, Programme, School
from yearbook.language import Language, Text

LEAST_OF_STEM = 4  # letters; a shorter word must be the same
LEAST_OF_SCHOOL = 4
LEAST_OF_PROGRAMME = 10  # a shorter word is a common word as well
ENDING = 3  # so many letters of a long word change in the cases of Finnish
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A capital within a sentence: there is a sign of the same sentence before it.
_NAME = re.compile(r"(?:(?<=\w\s)|(?<=[,;:]\s))[A-ZÅÄÖÉÜ][\w’'-]*")
_NO_NAMES = frozenset({"i"})  # as in "when I studied", "I'd"


@dataclass(frozen=True, slots=True)
class Giveaway:
    """kind: name, school, place, programme or year; words: as they stand in the text."""

    kind: str
    words: tuple[str, ...]


def giveaways(text: str, catalogue: Catalogue) -> tuple[Giveaway, ...]:
    found = {kind: tuple(dict.fromkeys(look(text, catalogue))) for kind, look in LOOKS.items()}
    return tuple(Giveaway(kind, words) for kind, words in found.items() if words)


def _names(text: str, catalogue: Catalogue) -> Iterator[str]:
    """Words with a capital that begin no sentence, and given names wherever they stand."""
    given = {name.casefold() for name in catalogue.reading.given_names}
    known = {word for look in (_schools, _places) for word in look(text, catalogue)}
    proper = {name.partition("'")[0] for name in _NAME.findall(text)}
    for word in _WORD.findall(text):
        is_given = word[0].isupper() and word.casefold() in given
        if (is_given or word in proper) and word not in known and word.casefold() not in _NO_NAMES:
            yield word


def _schools(text: str, catalogue: Catalogue) -> Iterator[str]:
    named = {school.code: set(_names_of(school)) for school in catalogue.schools.values()}
    counted = Counter(word for words in named.values() for word in words)
    common = {word for programme in catalogue.programmes.values() for word in _words_of(programme)}
    own = {word for word, schools in counted.items() if schools == 1 and word not in common}
    places = set(_places(text, catalogue))
    return (word for word in _beginning_with(text, own) if word not in places)


def _places(text: str, catalogue: Catalogue) -> Iterator[str]:
    towns = [
        school.town[language] for school in catalogue.schools.values() for language in Language
    ]
    return _beginning_with(text, stems(towns))


def _programmes(text: str, catalogue: Catalogue) -> Iterator[str]:
    counted = Counter(w for one in catalogue.programmes.values() for w in set(_words_of(one)))
    own = (word for word, programmes in counted.items() if programmes == 1)
    return _beginning_with(text, [w[:-ENDING] for w in own if len(w) >= LEAST_OF_PROGRAMME])


def _years(text: str, _catalogue: Catalogue) -> Iterator[str]:
    return iter(_YEAR.findall(text))


LOOKS: dict[str, Callable[[str, Catalogue], Iterator[str]]] = {
    "name": _names,
    "school": _schools,
    "place": _places,
    "programme": _programmes,
    "year": _years,
}


def _names_of(school: School) -> Iterator[str]:
    """The words of a school's names that are written with a capital."""
    texts = (*(name for _, name in school.names), school.short)
    spelled = (*(text[language] for text in texts for language in Language), *school.also)
    for word in _WORD.findall(" ".join(spelled)):
        if len(word) >= LEAST_OF_SCHOOL and word[0].isupper():
            yield word.casefold()


def _words_of(programme: Programme) -> Iterator[str]:
    texts: tuple[Text, ...] = (programme.name, programme.short)
    for text in texts:
        for language in Language:
            yield from (word.casefold() for word in _WORD.findall(text[language]))


def _beginning_with(text: str, beginnings: Iterable[str]) -> Iterator[str]:
    """The words of the text that begin so, in any of their cases."""
    told = {beginning.casefold() for beginning in beginnings}
    long = tuple(beginning for beginning in told if len(beginning) >= LEAST_OF_STEM)
    for word in _WORD.findall(text):
        if word.casefold() in told or word.casefold().startswith(long):
            yield word
