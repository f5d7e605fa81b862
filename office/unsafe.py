"""Says why the audit refused an edition: which questions and groups, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from office.refusals import RefusedError
from yearbook.catalogue import Catalogue
from yearbook.editions import ALL_BLOCKS, FOLD
from yearbook.language import Language, Text, same_in_all, write_school_year, write_span
from yearbook.publication.unsafe import Unsafe, UnsafeError

MOST_QUESTIONS = 6


class UnsafeEditionError(RefusedError):
    """The refusal of the audit. count: of the figures that would tell too much."""

    def __init__(self, text: Text, count: int) -> None:
        super().__init__(text)
        self.count = count


def refusal_of(error: UnsafeError, using: Catalogue) -> UnsafeEditionError:
    """One line for each question, with one of its groups; then what to do."""
    by_question: dict[tuple[str, str], list[Unsafe]] = {}
    for one in error.findings:
        by_question.setdefault((one.question, one.survey), []).append(one)
    asked = list(by_question.values())
    lines = [
        using.word("office.unsafe.lead").fill(count=len(error.findings)),
        *(_line(found, using) for found in asked[:MOST_QUESTIONS]),
    ]
    if len(asked) > MOST_QUESTIONS:
        more = len(asked) - MOST_QUESTIONS
        lines.append(using.word("office.unsafe.more").fill(count=more))
    text = _joined("\n", [*lines, using.word("office.unsafe.remedy")])
    return UnsafeEditionError(text, len(error.findings))


def _line(found: Sequence[Unsafe], using: Catalogue) -> Text:
    """ "• Main activity (Graduate survey), 3 figures. For example Kuopio · 2019–2021 · Unemployed:
    the figure would be known exactly." """
    one = found[0]
    question, survey = using.questions.get(one.question), using.surveys.get(one.survey)
    of_survey = (
        using.word("office.unsafe.of_survey").fill(survey=survey.name) if survey else NOTHING
    )
    return using.word("office.unsafe.question").fill(
        question=question.label if question else same_in_all(one.question),
        survey=of_survey,
        count=len(found),
        where=_joined(" · ", _where(one, using)),
        why=using.word(f"office.unsafe.{one.kind}"),
    )


def _where(one: Unsafe, using: Catalogue) -> Iterable[Text]:
    """School, programme, time and option, as far as they are named."""
    school, programme = using.schools.get(one.school), using.programmes.get(one.programme)
    yield school.short if school else using.word("all.school")
    if programme:
        yield programme.short
    if one.time == ALL_BLOCKS:
        yield using.word("all.blocks")
    elif one.time:
        yield same_in_all(_time(one))
    if one.option:
        yield _joined(" + ", [_label(code, one, using) for code in one.option.split(FOLD)])


def _time(one: Unsafe) -> str:
    first, _, last = one.time.partition("-")
    if last:
        return write_span(int(first), int(last))
    return write_school_year(int(first)) if one.survey else first


def _label(code: str, one: Unsafe, using: Catalogue) -> Text:
    question = using.questions.get(one.question)
    choices = (*question.classes, *question.choices) if question else ()
    return next((choice.label for choice in choices if choice.code == code), same_in_all(code))


def _joined(between: str, texts: Iterable[Text]) -> Text:
    listed = list(texts)
    return Text(*(between.join(text[language] for text in listed) for language in Language))


NOTHING = same_in_all("")
