"""Suggests what an unknown heading or answer may be: the known wordings that look most like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process

from data_loaders.words.catalogue_spellings import OF_ROUNDS, choices_of, programmes, said, schools
from data_loaders.words.heading_words import cleaned
from data_loaders.words.spelling import Spellings, normal
from yearbook.catalogue import Catalogue, Question

QUESTION, ROLE, CHOICE = "question", "role", "choice"
MOST_SUGGESTED = 5
LEAST_LIKENESS = {QUESTION: 50.0, ROLE: 80.0, CHOICE: 45.0}
LEAST_LOOKED_AT = 25.0
LONGEST = 300
# A heading counts as much as the contents: many questions share "yes" and "no".
OF_HEADING, OF_CONTENTS = 0.6, 0.4
NAMED_BY_OPTION = 80.0
WITHOUT_FITTING_CONTENTS = 0.75
LEAST_SHARE = 0.6
FORMS = {
    "cohort": re.compile(r"(?:19|20)\d\d\s?(?:[-–/]\s?(?:20)?\d\d)?"),
    "timestamp": re.compile(
        r"(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\s?\d\d?[-/.]\s?\d{4})[ T,]+(?:klo )?\d.*"
    ),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What something may be. kind: question, role or choice; likeness from 0 to 100."""

    code: str
    kind: str
    likeness: float


@dataclass(frozen=True)
class Wordings:
    """All that headings may say, told apart by spelling; made once for a catalogue."""

    texts: Sequence[str]
    meant: Sequence[tuple[str, str]]  # kind and code of each text
    choices: Mapping[str, Spellings]
    names: Mapping[str, Spellings]  # of schools and programmes, by role

    @cached_property
    def scored(self) -> dict[str, dict[tuple[str, str], float]]:
        """What was asked already: headings come again and again."""
        return {}


def wordings(catalogue: Catalogue) -> Wordings:
    """Those of the survey questions and of the roles that reading.toml names."""
    texts: list[str] = []
    meant: list[tuple[str, str]] = []

    def add(kind: str, code: str, spellings: Iterable[str]) -> None:
        for text in dict.fromkeys(map(normal, spellings)):
            if text:
                texts.append(text)
                meant.append((kind, code))

    for question in catalogue.survey_questions:
        add(QUESTION, question.code, (*question.headings, *said(question.label)))
    for role, headings in catalogue.reading.roles.items():
        if role not in OF_ROUNDS:
            add(ROLE, role, headings)
    add(ROLE, "personal", (text for text in catalogue.reading.personal if "*" not in text))
    add(ROLE, "ignored", catalogue.reading.ignored_headings)
    choices = {q.code: choices_of(q) for q in catalogue.survey_questions if q.choices}
    names = {"school": schools(catalogue), "programme": programmes(catalogue)}
    return Wordings(texts, meant, choices, names)


def suggest(
    known: Wordings, headings: Iterable[str], contents: Mapping[str, int] | None = None
) -> tuple[Suggestion, ...]:
    """The questions and roles that a column may be, best first, by its heading and its contents."""
    likeness: dict[tuple[str, str], float] = {}
    headings = list(headings)
    for heading in headings:
        for meant, score in _alike(known, normal(cleaned(heading))[:LONGEST]).items():
            likeness[meant] = max(score, likeness.get(meant, 0.0))
    for code in _questions_with_option(known, headings):
        likeness[QUESTION, code] = max(NAMED_BY_OPTION, likeness.get((QUESTION, code), 0.0))
    if contents:
        for code, choices in known.choices.items():
            place = (QUESTION, code)
            fitting = fitting_share(contents, choices)
            if fitting > 0:
                likeness[place] = (
                    OF_HEADING * likeness.get(place, 0.0) + OF_CONTENTS * 100 * fitting
                )
            elif place in likeness:
                likeness[place] *= WITHOUT_FITTING_CONTENTS
        for role, score in _roles_by_contents(known, contents).items():
            likeness[ROLE, role] = max(score, likeness.get((ROLE, role), 0.0))
    best = sorted(likeness.items(), key=lambda item: -item[1])[: 2 * MOST_SUGGESTED]
    return tuple(
        Suggestion(code, kind, round(score, 1))
        for (kind, code), score in best
        if score >= LEAST_LIKENESS[kind]
    )[:MOST_SUGGESTED]


def _questions_with_option(known: Wordings, headings: Sequence[str]) -> set[str]:
    """The questions of which a column's heading is an option: it may hold that option alone."""
    names = [heading for heading in headings if any(sign.isalpha() for sign in heading)]
    return {code for code, choices in known.choices.items() if any(map(choices.find, names))}


def _roles_by_contents(known: Wordings, contents: Mapping[str, int]) -> dict[str, float]:
    """What most contents are names of, or times: schools, programmes, school years, days."""
    whole = sum(contents.values())
    shares = {role: fitting_share(contents, names) for role, names in known.names.items()}
    for role, form in FORMS.items():
        fitting = sum(count for text, count in contents.items() if form.fullmatch(text))
        shares[role] = fitting / whole if whole else 0.0
    return {role: 60 + 40 * share for role, share in shares.items() if share >= LEAST_SHARE}


def fitting_share(contents: Mapping[str, int], choices: Spellings) -> float:
    """How large a share of the answers are choices of the question."""
    whole = sum(contents.values())
    fitting = sum(count for text, count in contents.items() if choices.find(text))
    return fitting / whole if whole else 0.0


def suggest_questions(heading: str, catalogue: Catalogue) -> tuple[Suggestion, ...]:
    return suggest(wordings(catalogue), (heading,))


def suggest_choices(text: str, question: Question) -> tuple[Suggestion, ...]:
    """The choices that look most like an answer, best first."""
    wanted = normal(text)[:LONGEST]
    best: dict[str, float] = {}
    for choice in question.choices if wanted else ():
        names = [normal(name) for name in (*said(choice.label), *choice.also, choice.code)]
        best[choice.code] = float(_likenesses(wanted, names).max())
    ordered = sorted(best.items(), key=lambda item: -item[1])[:MOST_SUGGESTED]
    return tuple(
        Suggestion(code, CHOICE, round(score, 1))
        for code, score in ordered
        if score >= LEAST_LIKENESS[CHOICE]
    )


def known_choice(text: str, question: Question) -> str | None:
    """The choice that is spelled so, as reading takes it; None where nobody knows it."""
    return next(iter(choices_of(question).find(text)), None)


def _alike(known: Wordings, heading: str) -> dict[tuple[str, str], float]:
    if heading not in known.scored:
        found: dict[tuple[str, str], float] = {}
        scores = _likenesses(heading, known.texts) if heading and known.texts else np.zeros(0)
        for index in np.flatnonzero(scores >= LEAST_LOOKED_AT).tolist():
            meant, score = known.meant[index], float(scores[index])
            found[meant] = max(score, found.get(meant, 0.0))
        known.scored[heading] = found
    return known.scored[heading]


def _likenesses(wanted: str, texts: Sequence[str]) -> np.ndarray:
    """Letter by letter, or word by word in any order where one says more than the other."""
    letters = process.cdist([wanted], texts, scorer=fuzz.ratio)[0]
    words = process.cdist([wanted], texts, scorer=fuzz.token_set_ratio)[0]
    # A word of a long sentence is no likeness: what both say must be a good part of it.
    lengths = np.array([len(text) for text in texts], dtype=float)
    shares = np.minimum(lengths, len(wanted)) / np.maximum(np.maximum(lengths, len(wanted)), 1)
    return np.maximum(letters, 0.95 * words * np.minimum(1.0, 0.5 + shares))
