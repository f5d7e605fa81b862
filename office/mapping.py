"""Says what the columns of a survey file are, and keeps what the director decides about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from data_loaders.examination import Examination, examine
from data_loaders.findings import Finding, Severity
from data_loaders.workbook import Unreadable
from office.databases import archive_engine
from office.new_questions import LONGEST_LABEL, MOST_CHOICES
from office.receiving import uploaded
from office.refusals import RefusedError, refusal
from office.settings import settings
from office.uploads import Upload
from office.using import catalogue_in_use, content_in_use
from yearbook import archive, catalogue
from yearbook.archive import Addition, Decided
from yearbook.catalogue import Catalogue, CatalogueError, Content
from yearbook.catalogue.overlay import COLUMN, OPTION
from yearbook.language import Text

Report = Callable[[float, Text], None]
QUESTIONS, INDICATORS = "questions", "indicators"
# Where a person has been asked what a column is, there are not more of them than this.
MOST_DECISIONS = 5_000
LONGEST_TEXT = 4_000
NOT_KEPT = ("personal", "ignored")  # what a column may be besides a role of reading.toml


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a column is: a question (or an option of it, or the words beside "other"), or a role."""

    question: str = ""
    option: str = ""
    is_other: bool = False
    role: str = ""


def examine_upload(upload: Upload, report: Report = lambda share, what: None) -> Examination:
    """What is in the file, column by column. Raises RefusedError where it cannot be read."""
    using = catalogue_in_use()
    told = using.word("office.progress.reading_file")
    report(0.0, told.fill(file=upload.name, number=1, count=1))
    with uploaded(upload.name, upload.content) as path:
        try:
            return examine(path, using, replace(upload.hints, name=upload.name))
        except Unreadable as error:
            unreadable = Finding(Severity.FAIL, "unreadable", values={"reason": error.text})
            raise RefusedError(unreadable.message(using)) from error


def column_decision(
    survey: str, year: int, place: tuple[str, int], choice: ColumnChoice
) -> Addition:
    """place: heading and occurrence."""
    heading, occurrence = place
    entry: Content = {"heading": heading, "occurrence": occurrence, "from": year}
    if choice.role:
        entry["role"] = choice.role
        return Addition(COLUMN, entry, survey=survey)
    entry["question"] = choice.question
    if choice.option:
        entry["option"] = choice.option
    if choice.is_other:
        entry["other"] = True
    return Addition(COLUMN, entry, survey=survey)


def option_decision(survey: str, year: int, about: tuple[str, str], choice: str) -> Addition:
    """about: question and text; choice: its code, or "" for no answer."""
    question, text = about
    entry = {"question": question, "text": text, "from": year, "choice": choice}
    return Addition(OPTION, entry, survey=survey)


def keep(made: Sequence[Addition], who: str) -> None:
    """Keep all of it or nothing, after a look whether it fits together."""
    if len(made) > MOST_DECISIONS:
        raise refusal("too_many_decisions")
    try:
        whole = catalogue.build(catalogue.laid_over(content_in_use(), _as_content(made)))
    except CatalogueError as error:
        raise refusal("bad_catalogue", reason=str(error)) from error
    if not all(_fits(one, whole) for one in made):
        raise refusal("bad_decision")
    archive.decide(archive_engine(), made, who, datetime.now(UTC))


def history() -> tuple[Decided, ...]:
    """All decisions, the newest first."""
    return archive.decisions(archive_engine())


def codes_ever_used(using: Catalogue) -> frozenset[str]:
    """Of questions and indicators; one that was taken back is not given to another."""
    decided = {one.addition.code for one in history()}
    return frozenset({*using.questions, *using.indicators, *decided})


def taken_back_with(number: int) -> tuple[Addition, ...]:
    """What goes when that decision goes: itself and, with a question, all that names it."""
    decided = {one.id: one for one in history() if one.in_force}
    if number not in decided:
        raise refusal("not_decided")
    first = decided[number].addition
    gone = [first]
    if first.kind == QUESTIONS and first.code not in catalogue_without(first).questions:
        gone += [one.addition for one in decided.values()
                 if one.addition.entry.get("question") == first.code]  # fmt: skip
    return tuple(replace(one, is_taken_back=True) for one in gone)


def take_back(number: int, who: str) -> None:
    """Undo a decision. A question that has answers in the archive stays."""
    gone = taken_back_with(number)
    first = gone[0]
    if first.kind == QUESTIONS:
        left = catalogue_without(first).questions.get(first.code)
        known = {"", *(choice.code for choice in left.choices)} if left else set()
        if not archive.answered_options(archive_engine(), first.code) <= known:
            raise refusal("answered")
    archive.decide(archive_engine(), gone, who, datetime.now(UTC))


def catalogue_without(addition: Addition) -> Catalogue:
    """As it would be if that question or indicator had not been added."""
    content = content_in_use()
    shipped = catalogue.read(settings().catalogue)[addition.kind]
    entries = {code: entry for code, entry in content[addition.kind].items()
               if code != addition.code}  # fmt: skip
    if addition.code in shipped:
        entries[addition.code] = shipped[addition.code]
    return catalogue.build({**content, addition.kind: entries})


def _as_content(made: Sequence[Addition]) -> Content:
    """As archive.additions gives it."""
    found: Content = {QUESTIONS: {}, INDICATORS: {}, "mappings": {}}
    for one in made:
        if one.kind in found:
            found[one.kind][one.code] = one.entry
        else:
            of_survey = found["mappings"].setdefault(one.survey, {COLUMN: [], OPTION: []})
            of_survey[one.kind].append(one.entry)
    return found


def _fits(one: Addition, whole: Catalogue) -> bool:
    """Whether what it names exists, and whether it is of a size that a person writes."""
    entry = one.entry
    if len(str(entry.get("heading", entry.get("text", "")))) > LONGEST_TEXT:
        return False
    if one.kind == QUESTIONS:
        return whole.questions[one.code].source == "survey" and _is_of_size(entry)
    if one.kind == INDICATORS:
        return entry.get("question") in whole.questions
    if one.survey not in whole.surveys:
        return False
    if one.kind == COLUMN and entry.get("role"):
        return entry["role"] in (*whole.reading.roles, *NOT_KEPT)
    question = whole.questions.get(entry["question"])
    if question is None or question.source != "survey":
        return False
    choice = entry.get("option", entry.get("choice", ""))
    return not choice or choice in {held.code for held in question.choices}


def _is_of_size(entry: Content) -> bool:
    """Whether a person wrote the question; the form says the same in words, before."""
    choices = entry.get("choice", [])
    texts = [text for held in [entry["label"], *choices] for text in held.values()]
    longest = max(len(text) for text in texts if isinstance(text, str))
    return len(choices) <= MOST_CHOICES and longest <= LONGEST_LABEL
