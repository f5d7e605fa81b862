"""Finds what a heading of a survey export asks: by its words or its code, alone or in two parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from data_loaders.cells.years import is_bare_year, split_year, year_in
from data_loaders.words.heading_forms import Form, forms, is_about
from data_loaders.words.heading_variants import variants
from data_loaders.words.heading_words import is_coded, is_other_name, parts_of
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal
from yearbook.catalogue import Question

if TYPE_CHECKING:
    from data_loaders.words.lexicon import Lexicon

MOST_WORDS = 60
_HAS_NUMBER = re.compile(r"\d")
HEADING, CODE, MAPPING, CODEBOOK, CONTENT = "heading", "code", "mapping", "codebook", "content"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a heading says. stem: the words that said it; rest: the words that said nothing."""

    meaning: Meaning
    why: str
    stem: str = ""
    rest: str = ""


def _leading_codes(words: Sequence[str]) -> int:
    """How many of the first words are codes: "q13 sq001 in which fields"."""
    return next((at for at, word in enumerate(words) if not _HAS_NUMBER.search(word)), 0)


NOTHING = Recognised(Meaning(), HEADING)


def heading_of_survey(lexicon: Lexicon, texts: Sequence[str]) -> Meaning | None:
    """The meaning of a heading that is known as a whole; titles may also name a year."""
    found = recognised(lexicon, parts_of(texts))
    if found is not None and not found.rest:
        return found.meaning
    if len(texts) != 1:
        return None
    rest, year = split_year(texts[0])
    if is_bare_year(texts[0]):
        return Meaning(year=year if year is not None else year_in(texts[0]))
    if year is None or not rest:
        return None
    dated = recognised(lexicon, (rest,))
    return Meaning(year=year).over(dated.meaning) if dated and not dated.rest else None


def recognised(lexicon: Lexicon, parts: Sequence[str], occurrence: int = 1) -> Recognised | None:
    """The first reading that the catalogue knows; with words left over only for want of it."""
    asked = (*parts, str(occurrence))
    if asked not in lexicon.recognised:
        lexicon.recognised[asked] = _recognised(lexicon, parts, occurrence)
    return lexicon.recognised[asked]


def _recognised(lexicon: Lexicon, parts: Sequence[str], occurrence: int) -> Recognised | None:
    incomplete: Recognised | None = None
    for form in forms(parts) if parts else ():
        for found in _readings(lexicon, form, occurrence):
            if not found.rest:
                return found
            incomplete = incomplete or found
    return _unseparated(lexicon, parts) or incomplete


def _unseparated(lexicon: Lexicon, parts: Sequence[str]) -> Recognised | None:
    """Question and option with no sign between, as statistical programs write their names."""
    words = normal(parts[0]).split() if len(parts) == 1 else []
    if len(words) > MOST_WORDS:
        return None
    if codes := _leading_codes(words):
        is_one_name = " " not in parts[0]
        if is_one_name and (coded := lexicon.asked.exact.get(" ".join(words[:codes]))):
            return Recognised(Meaning(question=coded[0]), CODE)
        if questions := lexicon.asked.exact.get(" ".join(words[codes:])):
            return Recognised(Meaning(question=questions[0]), HEADING)
        words = words[codes:]
    for at in range(len(words) - 1, 0, -1):
        first, last = " ".join(words[:at]), " ".join(words[at:])
        for stem, part in ((first, last), (last, first)):
            for code in lexicon.asked.exact.get(stem, ()):
                found = _option(lexicon, Form(stem, part), lexicon.questions[code], NOTHING)
                if not found.rest:
                    return found
    return None


def asking(lexicon: Lexicon, text: str) -> list[Question]:
    """The questions with this heading, first those of the survey and year that are being read."""
    codes = lexicon.asked.find(text)
    questions = [lexicon.questions[code] for code in codes]
    return sorted(questions, key=lambda question: not _is_of_round(question, lexicon))


def _is_of_round(question: Question, lexicon: Lexicon) -> bool:
    survey, year = lexicon.told.survey, lexicon.told.year
    in_survey = not survey or not question.surveys or survey in question.surveys
    in_year = year is None or (question.since or year) <= year <= (question.until or year)
    return in_survey and in_year


def _readings(lexicon: Lexicon, form: Form, occurrence: int) -> Iterator[Recognised]:
    why = CODE if form.by_code or is_coded(form.question) else HEADING
    if not form.part:
        yield from _whole(lexicon, form, occurrence, why)
        return
    for stem in variants(form.question):
        if rows := asking(lexicon, f"{stem} {form.part}"):
            yield Recognised(Meaning(question=_nth(rows, occurrence)), why, stem, form.rest)
    for stem in variants(form.question):
        for question in asking(lexicon, stem):
            yield _option(lexicon, form, question, Recognised(Meaning(), why, stem))


def _whole(lexicon: Lexicon, form: Form, occurrence: int, why: str) -> Iterator[Recognised]:
    for text in variants(form.question):
        if form.question.endswith("]") and not text.endswith("]"):
            continue  # "Hobbies [Dance]" is a part of the hobbies, not all of them
        if questions := asking(lexicon, text):
            code = _nth(questions, occurrence)
            is_other = form.is_text and lexicon.questions[code].type != "text"
            meaning = Meaning(question=code, is_other=is_other)
            yield Recognised(meaning, why, text, form.rest)
        elif roles := lexicon.roles.find(text) or _by_pattern(lexicon, text):
            yield Recognised(Meaning(role=roles[0]), HEADING, text, form.rest)


def _by_pattern(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    folded = text.casefold()
    return tuple(role for pattern, role in lexicon.role_patterns if fnmatchcase(folded, pattern))


def _nth(questions: Sequence[Question], occurrence: int) -> str:
    """Where several questions have one heading, its second column is about the second of them."""
    return questions[min(occurrence, len(questions)) - 1].code


def _option(lexicon: Lexicon, form: Form, question: Question, found: Recognised) -> Recognised:
    """A part of a question that is known: an option of it, its "other", or words left over."""
    choices = lexicon.choices.get(question.code)
    known = choices.find(form.part) if choices else ()
    code = known[0] if known else None
    if choices is not None and code is None and is_other_name(form.part):
        code = other_choice(question)
    if code is None and is_about(form.part):
        return Recognised(Meaning(role="ignored"), found.why, found.stem)
    is_other = choices is not None and is_other_name(form.part)
    is_words = form.is_text and (code is not None or is_other or form.by_code)
    if is_words or (code is None and is_other):
        meaning = Meaning(question=question.code, option=code, is_other=True)
        return Recognised(meaning, found.why, found.stem, form.rest)
    if code is not None:
        meaning = Meaning(question=question.code, option=code)
        return Recognised(meaning, found.why, found.stem, form.rest)
    rest = " ".join(filter(None, (form.part, form.rest)))
    return Recognised(Meaning(question=question.code), found.why, found.stem, rest)


def other_choice(question: Question) -> str | None:
    """The choice "other" of a question, by its code or by what it is called."""
    for choice in question.choices:
        names = (choice.label["fi"], choice.label["sv"], choice.label["en"], *choice.also)
        if normal(choice.code) == "other" or any(is_other_name(name) for name in names):
            return choice.code
    return next((choice.code for choice in question.choices if "*" in choice.also), None)
