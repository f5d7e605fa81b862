"""Finds what is wrong with a catalogue's meaning; each sentence names the file and the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from data_loaders.words.catalogue_spellings import OF_ROUNDS
from data_loaders.words.spelling import loose, normal
from yearbook.catalogue import Catalogue, Indicator, Programme, Question, School
from yearbook.editions import DIMENSIONS, State
from yearbook.language import Language, Text

Sentences = Iterator[str]
ANNUAL_TYPES = {"count", "decimal", "money", "share"}
SURVEY_TYPES = {"single", "multiple", "likert", "number", "text"}
PER = {"qualification", "education", "school"}
MEASURES = {
    "annual": {"sum", "ratio"},
    "survey": {"distribution", "multiple", "mean", "median"},
}
AUDIENCES = {"own_school", "members", "public"}
KINDS = {"qualification", "competence_area", "education"}
MISSING = {"no_answer", "not_offered", "not_returned", "withheld", "zero"}
ROLES = {
    "school", "programme", "year", "cohort", "survey", "survey_year", "respondent", "timestamp",
    "question", "option", "value", *OF_ROUNDS,
    "started", "status", "finished", "progress", "duration", "channel", "event", "instance",
    "language",
}  # fmt: skip
LONGEST_REASON = 50


def faults(catalogue: Catalogue) -> list[str]:
    """Everything that is wrong, one sentence each; none for a sound catalogue."""
    checks: tuple[Callable[[Catalogue], Sentences], ...] = (
        school_faults,
        programme_faults,
        break_faults,
        reading_faults,
        question_faults,
        indicator_faults,
        heading_faults,
        spelling_faults,
        language_faults,
        word_faults,
    )
    return [sentence for check in checks for sentence in check(catalogue)]


def school_faults(catalogue: Catalogue) -> Sentences:
    for school in catalogue.schools.values():
        where = f"schools.toml: {school.code}"
        yield from _unknown(where, "region", [school.region], catalogue.regions)
        kinds = catalogue.maintainer_kinds
        yield from _unknown(where, "maintainer_kind", [school.maintainer_kind], kinds)
        yield from _unknown(where, "offers", school.offers, catalogue.programmes)
        yield from _unknown(where, "language", [school.language], [*Language])
        yield from _whole_of_what_is_offered(where, school, catalogue)
        if school.latitude is None or school.longitude is None:
            yield f"{where}: latitude and longitude are needed for the map"
        elif not (59.5 < school.latitude < 70.1 and 19 < school.longitude < 31.6):
            yield f"{where}: latitude, longitude: the point is not in Finland"


def _whole_of_what_is_offered(where: str, school: School, catalogue: Catalogue) -> Sentences:
    """Who offers a competence area offers its qualification, and the other way round."""
    offered = [catalogue.programmes[code] for code in school.offers if code in catalogue.programmes]
    areas = {programme.part_of for programme in offered if programme.kind == "competence_area"}
    wholes = {programme.code for programme in offered if programme.kind == "qualification"}
    for code in sorted(areas ^ wholes, key=str):
        yield f"{where}: offers: {code} stands without its competence area or the other way round"


def programme_faults(catalogue: Catalogue) -> Sentences:
    for programme in catalogue.programmes.values():
        where = f"programmes.toml: {programme.code}"
        yield from _unknown(where, "kind", [programme.kind], KINDS)
        if programme.part_of is not None:
            yield from _unknown(where, "part_of", [programme.part_of], catalogue.programmes)
        elif programme.kind == "competence_area":
            yield f"{where}: part_of: a competence area belongs to a qualification"
        if (programme.first or 0) > (programme.last or 9999):
            yield f"{where}: first: it begins after its last year"


def break_faults(catalogue: Catalogue) -> Sentences:
    for found in catalogue.breaks.values():
        for language in Language:
            if len(found.reason[language]) > LONGEST_REASON:
                yield f"breaks.toml: {found.code}: reason.{language} is over {LONGEST_REASON} long"


def reading_faults(catalogue: Catalogue) -> Sentences:
    reading = catalogue.reading
    yield from _unknown("reading.toml", "roles", reading.roles, ROLES)
    for text, means in reading.missing.items():
        yield from _unknown("reading.toml", f"missing {text!r}", [means], MISSING)


def question_faults(catalogue: Catalogue) -> Sentences:
    for question in catalogue.questions.values():
        where = f"questions/{question.code}.toml"
        yield from _unknown(where, "source", [question.source], MEASURES)
        types = ANNUAL_TYPES if question.source == "annual" else SURVEY_TYPES
        yield from _unknown(where, "type", [question.type], types)
        yield from _word(where, "theme", f"theme.{question.theme}", catalogue)
        if question.unit:
            yield from _word(where, "unit", f"unit.{question.unit}", catalogue)
        if not question.headings:
            yield f"{where}: headings: there are none, so no workbook can answer it"
        if question.source == "annual":
            yield from _annual_question_faults(where, question, catalogue)
        else:
            yield from _unknown(where, "surveys", question.surveys, catalogue.surveys)


def _annual_question_faults(where: str, question: Question, catalogue: Catalogue) -> Sentences:
    yield from _unknown(where, "per", [question.per], PER)
    if not question.unit:
        yield f"{where}: unit is missing"
    if question.type == "share" and question.unit != "share":
        yield f"{where}: unit: a share has the unit share"
    if question.at_most is None:
        return
    yield from _unknown(where, "at_most", [question.at_most], catalogue.questions)
    limit = catalogue.questions.get(question.at_most)
    if limit and (limit.per, limit.unit) != (question.per, question.unit):
        yield f"{where}: at_most: {limit.code} is not in the same unit and per the same"
    if limit is question:
        yield f"{where}: at_most: it is compared with itself"


def indicator_faults(catalogue: Catalogue) -> Sentences:
    for indicator in catalogue.indicators.values():
        where = f"indicators/{indicator.code}.toml"
        yield from _unknown(where, "source", [indicator.source], MEASURES)
        measures = MEASURES.get(indicator.source, set())
        yield from _unknown(where, "measure", [indicator.measure], measures)
        yield from _unknown(where, "audience", [indicator.audience], AUDIENCES)
        yield from _unknown(where, "breaks", indicator.breaks, catalogue.breaks)
        yield from _unknown(where, "question", indicator.questions, catalogue.questions)
        yield from _word(where, "theme", f"theme.{indicator.theme}", catalogue)
        yield from _word(where, "unit", f"unit.{indicator.unit}", catalogue)
        if not indicator.questions:
            yield f"{where}: question is missing"
        if (indicator.measure == "ratio") != bool(indicator.denominator):
            yield f"{where}: denominator: a ratio has one, nothing else does"
        if not indicator.chart:
            yield f"{where}: chart is missing"
        yield from _cut_faults(where, indicator, catalogue)


def _cut_faults(where: str, indicator: Indicator, catalogue: Catalogue) -> Sentences:
    asked = [catalogue.questions[c] for c in indicator.questions if c in catalogue.questions]
    for question in asked:
        if question.source != indicator.source:
            yield f"{where}: question: {question.code} is of another source"
    if not indicator.by:
        yield f"{where}: by is missing"
    if indicator.source == "annual":
        yield from _annual_cut_faults(where, indicator, asked)
        return
    for cut in set(indicator.by) - set(catalogue.policy.lattice):
        yield f"{where}: by: {list(cut)} is not in the lattice of disclosure.toml"


def _annual_cut_faults(where: str, indicator: Indicator, asked: list[Question]) -> Sentences:
    per = {question.per for question in asked}
    if len(per) == 1 and indicator.per not in per:
        yield f"{where}: per: its questions are per {', '.join(per)}"
    for cut in indicator.by:
        yield from _unknown(where, "by", cut, DIMENSIONS)
        if list(cut) != sorted(cut, key=lambda name: (*DIMENSIONS, name).index(name)):
            yield f"{where}: by: {list(cut)} is not in the order of the dimensions"
        if "year" not in cut:
            yield f"{where}: by: an annual figure without a year in {list(cut)}"
        if "programme" in cut and (len(per) > 1 or per == {"school"}):
            yield f"{where}: by: programme, but not every question is asked per programme"


def heading_faults(catalogue: Catalogue) -> Sentences:
    """A heading that could mean two things, once capitals, accents, spaces and signs are gone."""
    for source in MEASURES:
        known = dict(_said_of_roles(catalogue))
        for question in catalogue.questions.values():
            if question.source != source:
                continue
            said = (question.code, *_languages(question.label), *question.headings)
            yield from _claim(known, f"questions/{question.code}.toml: headings", said)


def _said_of_roles(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Those of answers and returns; in frames and old tables their own roles go before."""
    for role, headings in catalogue.reading.roles.items():
        for heading in headings if role not in OF_ROUNDS else ():
            yield _key(heading), f"reading.toml: roles: {role}"
    for group in ("personal", "ignored_headings"):
        for heading in getattr(catalogue.reading, group):
            yield _key(heading), f"reading.toml: {group}"


def spelling_faults(catalogue: Catalogue) -> Sentences:
    """A spelling claimed by two schools or by two programmes, and a heading with two roles."""
    known: dict[str, str] = {}
    for school in catalogue.schools.values():
        names = [said for _, name in school.names for said in _languages(name)]
        said = (school.code, *names, *_languages(school.short), *school.also)
        yield from _claim(known, f"schools.toml: {school.code}: also", said)
    known = {}
    for programme in catalogue.programmes.values():
        yield from _claim(known, f"programmes.toml: {programme.code}: also", _said_of(programme))
    known = {}
    for heading, place in _said_of_roles(catalogue):
        if known.setdefault(heading, place) != place:
            yield f"{place}: {heading!r} is also {known[heading]}"


def _said_of(programme: Programme) -> tuple[str, ...]:
    names = (*_languages(programme.name), *_languages(programme.short))
    return (programme.code, *names, *programme.also)


def _claim(known: dict[str, str], place: str, spellings: Iterable[str]) -> Sentences:
    for spelling in dict.fromkeys(spellings):
        owner = known.setdefault(_key(spelling), place)
        if owner != place:
            yield f"{place}: {spelling!r} also means {owner}"


def _key(spelling: str) -> str:
    return loose(spelling) or normal(spelling) or spelling


def language_faults(catalogue: Catalogue) -> Sentences:
    """Sentences left in another language, and definitions that define nothing."""
    for question in catalogue.questions.values():
        yield from _same_words(f"questions/{question.code}.toml: label", question.label)
        if question.help != question.label:
            yield from _same_words(f"questions/{question.code}.toml: help", question.help)
    for indicator in catalogue.indicators.values():
        where = f"indicators/{indicator.code}.toml"
        yield from _same_words(f"{where}: label", indicator.label)
        yield from _same_words(f"{where}: definition", indicator.definition)
        for language in Language:
            if len(indicator.definition[language]) <= len(indicator.label[language]):
                yield f"{where}: definition.{language} says no more than the label"
    for found in catalogue.breaks.values():
        yield from _same_words(f"breaks.toml: {found.code}: reason", found.reason)


def _same_words(where: str, text: Text) -> Sentences:
    if len({said.strip().casefold() for said in _languages(text)}) < 3:
        yield f"{where}: two languages say the same"
    if any(said != said.strip() or "  " in said for said in _languages(text)):
        yield f"{where}: stray spaces"


def word_faults(catalogue: Catalogue) -> Sentences:
    """Words that a code of the catalogue or of the heart asks for."""
    for state in State:
        yield from _word("words/terms.toml", "state", f"state.{state.value}", catalogue)
    for dimension in DIMENSIONS:
        yield from _word("words/terms.toml", "dimension", f"dimension.{dimension}", catalogue)


def _word(where: str, key: str, word: str, catalogue: Catalogue) -> Sentences:
    if word not in catalogue.words:
        yield f"{where}: {key}: the words have no {word}"


def _unknown(
    where: str, key: str, codes: Iterable[str], known: Iterable[str] | Mapping[str, object]
) -> Sentences:
    allowed = set(known)
    for code in codes:
        if code not in allowed:
            yield f"{where}: {key}: there is no {code!r}"


def _languages(text: Text) -> tuple[str, ...]:
    return tuple(text[language] for language in Language)
