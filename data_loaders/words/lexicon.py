"""Knows what words mean by the catalogue: which heading asks what, which name is which school."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from data_loaders.cells.years import is_bare_year, split_year, year_in
from data_loaders.survey.headings import Recognised, heading_of_survey
from data_loaders.survey.told import NOTHING_TOLD, Told
from data_loaders.words import catalogue_spellings
from data_loaders.words.catalogue_spellings import choices_of, said
from data_loaders.words.heading_variants import variants
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal, text_of
from yearbook.catalogue import Catalogue
from yearbook.language import Text
from yearbook.submissions import Kind

__all__ = ["Lexicon", "Meaning", "choices_of"]

PREVIOUS = "template.previous"
LONGEST_HEADING = 400
_OPTION = re.compile(
    r"^(?P<question>.+?)\s*(?:\[(?P<a>.+)\]|[:|\n]\s*(?P<b>.+)|\s[-–—/]\s(?P<c>.+))\s*$"
)
_PARTS = re.compile(r"\s*[:|\n]\s*|\s+[-–—/]\s+|\s*,\s+")


class Lexicon:
    """The headings and spellings of a catalogue, for annual returns or for surveys."""

    def __init__(self, catalogue: Catalogue, kind: Kind, told: Told = NOTHING_TOLD) -> None:
        self.catalogue = catalogue
        self.kind = kind
        self.told = told
        self.questions = {q.code: q for q in catalogue.questions.values() if q.source == kind.value}
        self.roles = catalogue_spellings.roles(catalogue)
        self.role_patterns = catalogue_spellings.role_patterns(catalogue)
        self.asked = catalogue_spellings.asked(self.questions.values())
        self.schools = catalogue_spellings.schools(catalogue)
        self.programmes = catalogue_spellings.programmes(catalogue)
        self.surveys = catalogue_spellings.surveys(catalogue)
        self.choices = {q.code: choices_of(q) for q in self.questions.values() if q.choices}
        for question, texts in told.decisions.options.items():
            for text, choice in texts.items():
                if question in self.choices:
                    self.choices[question].decide(choice, text)
        self._ignored_sheets = [normal(name) for name in catalogue.reading.ignored_sheets]
        self._sheet_patterns = [n.casefold() for n in catalogue.reading.ignored_sheets if "*" in n]
        self._missing_patterns = [
            (pattern, state)
            for pattern, state in catalogue.reading.missing.items()
            if "*" in pattern and len(pattern) > 1
        ]
        previous = catalogue.words.get(PREVIOUS)
        self._previous = [normal(word) for word in said(previous)] if previous else []
        self.recognised: dict[tuple[str, ...], Recognised | None] = {}
        self._known: dict[tuple[str, ...], Meaning | None] = {}

    def heading(self, *texts: str) -> Meaning | None:
        """What the cells of a heading, from top to bottom, say together; None if unknown."""
        if texts not in self._known and self.kind is Kind.SURVEY:
            self._known[texts] = heading_of_survey(self, texts)
        elif texts not in self._known:
            is_prose = any(len(text) > LONGEST_HEADING for text in texts)
            self._known[texts] = None if is_prose else self._heading(texts)
        return self._known[texts]

    def missing(self, value: object) -> str | None:
        """The state that a missing-value code stands for, or "zero"; None for other cells."""
        if not isinstance(value, str | int | float):
            return None
        text = text_of(value).casefold()
        state = self.catalogue.reading.missing.get(text)
        if state is None and self._missing_patterns and isinstance(value, str):
            found = (s for pattern, s in self._missing_patterns if fnmatchcase(text, pattern))
            state = next(found, None)
        return state

    def is_ignored_sheet(self, name: str) -> bool:
        """Whether the catalogue says not to read it; a year in its name does not count."""
        names = {normal(name), normal(split_year(name)[0])}
        return not names.isdisjoint(self._ignored_sheets) or any(
            fnmatchcase(name.casefold(), pattern) for pattern in self._sheet_patterns
        )

    def is_ignored_label(self, value: object) -> bool:
        """A row of totals or of remarks."""
        return "ignored" in self.roles.find(value) if text_of(value) else False

    def name_of(self, question: str) -> Text:
        return self.questions[question].label

    def _heading(self, texts: Sequence[str]) -> Meaning | None:
        found: Meaning | None = None
        unknown: list[str] = []
        for text in reversed(texts):
            meaning = self._one(text) if text.strip() else None
            if meaning is None:
                unknown.append(text)
            else:
                found = meaning if found is None else found.over(meaning)
        joined = " ".join(dict.fromkeys(t for t in texts if t.strip()))
        if len(texts) > 1 and (found is None or found.is_place or unknown):
            whole = self._one(joined) or self._option(texts)
            if whole is not None and not whole.is_place:
                return whole.over(found) if found else whole
        if found is not None and found.question and unknown and self._is_choice_question(found):
            option = self._choice_in(found.question, unknown[0])
            return replace(found, option=option) if option else found
        return found

    def _one(self, text: str) -> Meaning | None:
        # "Harrastukset [Tanssi]" is an option, though without its bracket it names the question.
        if meaning := self._direct(text) or self._option((text,)):
            return meaning
        for spelling in variants(text):
            if meaning := self._direct(spelling):
                return meaning
        rest, year = split_year(text)
        if is_bare_year(text):
            return Meaning(year=year if year is not None else year_in(text))
        if year is not None and (meaning := self._dated(rest, year)):
            return meaning
        return self._place(text) or self._parts(text)

    def _direct(self, spelling: str) -> Meaning | None:
        if codes := self.asked.find(spelling):
            return Meaning(question=codes[0])
        if roles := self.roles.find(spelling):
            return Meaning(role=roles[0])
        return None

    def _dated(self, rest: str, year: int) -> Meaning | None:
        if any(word and word in normal(rest) for word in self._previous):
            for word in self._previous:
                rest = normal(rest).replace(word, "").strip()
            base = self._one(rest) if rest else None
            return Meaning(year=year, previous=True).over(base or Meaning())
        for spelling in variants(rest):
            if meaning := self._direct(spelling) or self._place(spelling):
                return replace(meaning, year=year) if meaning.role not in ("ignored",) else meaning
        return None

    def _place(self, text: str) -> Meaning | None:
        if self.kind is Kind.SURVEY or not normal(text):
            return None
        if programmes := self.programmes.find(text):
            return Meaning(programmes=programmes)
        if schools := self.schools.find(text):
            return Meaning(school=schools[0])
        return None

    def _option(self, texts: Sequence[str]) -> Meaning | None:
        """`Question [Option]`, `Question: Option`, or the question above and the option below."""
        for question, option in _question_and_option(texts):
            for spelling in variants(question):
                for code in self.asked.find(spelling):
                    if chosen := self._choice_in(code, option):
                        return Meaning(question=code, option=chosen)
        return None

    def _choice_in(self, question: str, option: str) -> str | None:
        if self.questions[question].type != "multiple" or question not in self.choices:
            return None
        found = self.choices[question].find(option)
        return found[0] if found else None

    def _is_choice_question(self, meaning: Meaning) -> bool:
        return self.questions[meaning.question].type == "multiple"

    def _parts(self, text: str) -> Meaning | None:
        """A heading of several known parts: "Musiikkialan perustutkinto: Opiskelijat 2024"."""
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if len(parts) < 2:
            return None
        found = Meaning()
        for part in parts:
            meaning = self._one(part)
            if meaning is None or (meaning.role and meaning.role != found.role and found.role):
                return None
            found = found.over(meaning)
        return found


def _question_and_option(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(texts) > 1:
        yield " ".join(texts[:-1]), texts[-1]
        return
    if match := _OPTION.match(texts[0]):
        yield match["question"], match["a"] or match["b"] or match["c"]
