"""Finds what is wrong with the survey half of a catalogue; each sentence names file and key."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from data_loaders.words.spelling import loose, normal
from yearbook.catalogue import Catalogue, Choice, Indicator, Question
from yearbook.language import Language

Sentences = Iterator[str]
CHOOSING = {"single", "multiple", "likert"}
RELATIONS = {"same", "recoded", "broken"}
MEASURES = {
    "single": {"distribution"},
    "multiple": {"multiple"},
    "likert": {"distribution", "mean"},
    "number": {"mean", "median"},
}
FIRST_ROUND = 2012
MOST_SERIES = 6  # colours that can be told apart in a stack
JUDGEMENT = ("satisfaction_", "would_")  # of a school by its graduates
SEPARATOR = ";"  # between the answers of one cell


def survey_faults(catalogue: Catalogue) -> list[str]:
    """Everything that is wrong, one sentence each; none for a sound catalogue."""
    of_questions: tuple[Callable[[str, Question], Sentences], ...] = (
        choice_faults,
        spelling_faults,
        class_faults,
        score_faults,
        version_faults,
    )
    found = []
    for question in catalogue.survey_questions:
        where = f"questions/{question.code}.toml"
        found += [said for check in of_questions for said in check(where, question)]
        found += publishing_faults(where, question, catalogue)
    for indicator in catalogue.indicators.values():
        if indicator.source == "survey" and indicator.question in catalogue.questions:
            found += indicator_faults(f"indicators/{indicator.code}.toml", indicator, catalogue)
    return found


def choice_faults(where: str, question: Question) -> Sentences:
    if not question.surveys:
        yield f"{where}: surveys: it is asked in none"
    if (question.since or 0) > (question.until or 9999):
        yield f"{where}: since: it begins after it has ended"
    if question.type not in CHOOSING:
        if question.choices:
            yield f"{where}: choice: a {question.type} question has no options"
        return
    if len(question.choices) < 2:
        yield f"{where}: choice: there is nothing to choose from"
    codes = [choice.code for choice in question.choices]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{where}: choice: the code {code} is used twice"


def spelling_faults(where: str, question: Question) -> Sentences:
    """An answer that could mean two options, and one that would fall apart at the separator."""
    known: dict[str, str] = {}
    for choice in question.choices:
        for spelling in dict.fromkeys(_spellings(choice)):
            key = loose(spelling) or normal(spelling) or spelling
            owner = known.setdefault(key, choice.code)
            if owner != choice.code:
                yield f"{where}: choice {choice.code}: {spelling!r} also means {owner}"
            if SEPARATOR in spelling:
                yield f"{where}: choice {choice.code}: {spelling!r} has a semicolon"


def _spellings(choice: Choice) -> tuple[str, ...]:
    return (choice.code, *(choice.label[language] for language in Language), *choice.also)


def class_faults(where: str, question: Question) -> Sentences:
    classes = {choice.code: choice for choice in question.classes}
    for choice in question.choices:
        if choice.rolls_up is None and classes:
            yield f"{where}: choice {choice.code}: rolls_up is missing"
        elif choice.rolls_up is not None and choice.rolls_up not in classes:
            yield f"{where}: choice {choice.code}: rolls_up: there is no class {choice.rolls_up!r}"
        twin = classes.get(choice.code)
        if twin and (twin.label != choice.label or choice.rolls_up != twin.code):
            yield f"{where}: class {twin.code}: an option of the same code means something else"
    for code in classes:
        if code not in {choice.rolls_up for choice in question.choices}:
            yield f"{where}: class {code}: no option rolls up to it"


def score_faults(where: str, question: Question) -> Sentences:
    scores = [choice.score for choice in question.choices]
    if question.type == "likert":
        if scores != [1, 2, 3, 4, 5]:
            yield f"{where}: score: a scale runs 1, 2, 3, 4, 5, not {scores}"
    elif any(score is not None for score in scores):
        yield f"{where}: score: only the options of a scale have one"


def version_faults(where: str, question: Question) -> Sentences:
    years = [version.first for version in question.versions]
    if years != sorted(set(years)):
        yield f"{where}: version: first: the years do not rise"
    for version in question.versions:
        if version.relation not in RELATIONS:
            yield f"{where}: version {version.first}: relation: there is no {version.relation!r}"
        if version.first <= max(FIRST_ROUND, question.since or 0):
            yield f"{where}: version {version.first}: first: there is nothing before it"


def publishing_faults(where: str, question: Question, catalogue: Catalogue) -> Sentences:
    published = [i for i in catalogue.indicators.values() if i.question == question.code]
    if question.type == "text" and published:
        yield f"{where}: open answers are never published, but {published[0].code} would"
    if question.type != "text" and not published:
        yield f"{where}: no indicator publishes it"


def indicator_faults(where: str, indicator: Indicator, catalogue: Catalogue) -> Sentences:
    question = catalogue.questions[str(indicator.question)]
    if indicator.measure not in MEASURES.get(question.type, set()):
        yield f"{where}: measure: {indicator.measure} of a {question.type} question"
    if indicator.theme != question.theme:
        yield f"{where}: theme: the question has {question.theme}"
    is_scale = question.type == "likert" and indicator.measure == "distribution"
    if is_scale != (indicator.chart == "diverging"):
        yield f"{where}: chart: diverging is for scales, and scales are diverging"
    if indicator.chart == "stacked" and len(question.classes or question.choices) > MOST_SERIES:
        yield f"{where}: chart: more than {MOST_SERIES} parts cannot be told apart in a stack"
    for cut in indicator.by:
        if cut not in catalogue.policy.lattice:
            yield f"{where}: by: {list(cut)} is not in the lattice of disclosure.toml"
    if question.code.startswith(JUDGEMENT) and indicator.audience != "own_school":
        yield f"{where}: audience: a school is judged for all schools together only"
    if indicator.audience == "public":
        yield from public_faults(where, indicator, catalogue)
    broken = {v.first for v in question.versions if v.relation == "broken"}
    drawn = {catalogue.breaks[code].year for code in indicator.breaks if code in catalogue.breaks}
    if broken != drawn:
        yield f"{where}: breaks: the question is broken in {sorted(broken)}, not {sorted(drawn)}"


def public_faults(where: str, indicator: Indicator, catalogue: Catalogue) -> Sentences:
    """The edition for the public has distributions only, and each question once."""
    if indicator.measure in ("mean", "median"):
        yield f"{where}: audience: a {indicator.measure} is never for the public"
    others = [i for i in catalogue.indicators.values() if i.question == indicator.question]
    for other in others:
        if other.audience == "public" and other.code != indicator.code:
            yield f"{where}: audience: {other.code} shows the public the same question"
