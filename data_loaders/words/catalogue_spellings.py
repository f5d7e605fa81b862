"""How the catalogue's things may be written: headings, schools, programmes, surveys, options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data_loaders.words.spelling import Spellings, text_of
from yearbook.catalogue import Catalogue, Choice, Question
from yearbook.language import Text

LANGUAGES = ("fi", "sv", "en")
WHOLE_SCHOOL = "template.whole_school"


def said(text: Text) -> tuple[str, ...]:
    """A text in every language, each wording once."""
    return tuple(dict.fromkeys(text[language] for language in LANGUAGES))


def choices_of(question: Question) -> Spellings:
    """How the options of a question may be written: code, labels, other wordings, score."""
    spellings = Spellings()
    for choice in question.choices:
        spellings.add(choice.code, (choice.code, *said(choice.label), *choice.also))
    for choice in question.choices:
        for number in _scores(choice):
            if not spellings.find(number):
                spellings.add(choice.code, (number,))
    return spellings


def _scores(choice: Choice) -> Iterator[str]:
    if choice.score is None:
        return
    number = text_of(float(choice.score))
    yield number
    # "5 = täysin samaa mieltä", "5 – Helt av samma åsikt"
    for label in said(choice.label):
        yield f"{number} {label}"
        yield f"{label} {number}"


# What is said only of a round as a whole; "n" or "%" above answers or returns is not that.
OF_ROUNDS = frozenset(("invited", "reached", "opened", "closed", "answered", "share"))


def roles(catalogue: Catalogue, without: frozenset[str] = OF_ROUNDS) -> Spellings:
    """Role -> its headings; what is said of rounds, where it counts, goes before all else."""
    spellings = Spellings()
    ordered = sorted(catalogue.reading.roles.items(), key=lambda one: one[0] not in OF_ROUNDS)
    for role, headings in ordered:
        if role not in without:
            spellings.add(role, (*(text for text in headings if "*" not in text), role))
    ignored = catalogue.reading.ignored_headings
    spellings.add("ignored", (text for text in ignored if "*" not in text))
    spellings.add("personal", catalogue.reading.personal)
    return spellings


def role_patterns(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Headings of which reading.toml gives only a part, as "*_timestamp", and their roles."""
    by_role = {**catalogue.reading.roles, "ignored": catalogue.reading.ignored_headings}
    return tuple(
        (text.casefold(), role) for role, texts in by_role.items() for text in texts if "*" in text
    )


def asked(questions: Iterable[Question]) -> Spellings:
    spellings = Spellings()
    for question in questions:
        spellings.add(question.code, (*question.headings, *said(question.label), question.code))
    return spellings


def schools(catalogue: Catalogue) -> Spellings:
    spellings = Spellings()
    for school in catalogue.schools.values():
        names = (name for _, text in school.names for name in said(text))
        spellings.add(school.code, (school.code, *names, *said(school.short), *school.also))
    return spellings


def programmes(catalogue: Catalogue) -> Spellings:
    spellings = Spellings()
    for programme in catalogue.programmes.values():
        names = (*said(programme.name), *said(programme.short))
        spellings.add(programme.code, (programme.code, *names, *programme.also))
    if WHOLE_SCHOOL in catalogue.words:
        spellings.add("", said(catalogue.word(WHOLE_SCHOOL)))
    return spellings


def surveys(catalogue: Catalogue) -> Spellings:
    spellings = Spellings()
    for survey in catalogue.surveys.values():
        spellings.add(survey.code, (survey.code, *said(survey.name)))
    return spellings
