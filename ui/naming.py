"""What codes are called in the visitor's language, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ui.visit import Visitor
from yearbook.catalogue import Choice, Indicator, Question
from yearbook.editions import ALL_BLOCKS, Edition, Table
from yearbook.language import write_school_year, write_span

Names = dict[str, str]
OWN_SCHOOL = "own_school"


def schools(edition: Edition, visitor: Visitor, is_short: bool = False) -> Names:
    """By name, the visitor's own school first."""
    found = edition.catalogue.schools.values()
    named = {s.code: visitor.reads(s.short if is_short else s.name) for s in found}
    own = visitor.own_school
    return dict(sorted(named.items(), key=lambda item: (item[0] != own, item[1].casefold())))


def programmes(edition: Edition, visitor: Visitor) -> Names:
    found = edition.catalogue.programmes.values()
    named = {programme.code: visitor.reads(programme.name) for programme in found}
    return {"": visitor.word("filters.all_programmes"), **named}


def indicators(edition: Edition, visitor: Visitor, source: str, theme: str | None = None) -> Names:
    found = edition.indicators(theme=theme, source=source)
    return {indicator.code: visitor.reads(indicator.label) for indicator in found}


def themes(edition: Edition, visitor: Visitor, source: str) -> Names:
    """The themes that have something, in the order of their first figure."""
    found = dict.fromkeys(indicator.theme for indicator in edition.indicators(source=source))
    return {theme: visitor.reads(edition.catalogue.word(f"theme.{theme}")) for theme in found}


def survey_themes(edition: Edition, visitor: Visitor) -> Names:
    """Of the surveys' figures, and of the open answers that were released."""
    open_ones = dict.fromkeys(edition.catalogue.questions[code].theme for code in edition.quotes)
    words = {theme: visitor.reads(edition.catalogue.word(f"theme.{theme}")) for theme in open_ones}
    return {**themes(edition, visitor, "survey"), **words}


def asked(edition: Edition, visitor: Visitor, theme: str) -> Names:
    """The figures of survey questions, and open questions of which answers were released."""
    figures = indicators(edition, visitor, "survey", theme or None)
    answered = {i.question for i in edition.indicators(source="survey")}
    questions = [edition.catalogue.questions[c] for c in edition.quotes if c not in answered]
    open_ones = {q.code: visitor.reads(q.label) for q in questions if theme in ("", q.theme)}
    return {**figures, **open_ones}


def other_detail(edition: Edition, code: str) -> Indicator | None:
    """The same distribution by the question's choices, or by its classes, if both are published."""
    this = edition.catalogue.indicators[code]
    return next(
        (
            indicator
            for indicator in edition.indicators(source="survey")
            if (indicator.question, indicator.measure) == (this.question, this.measure)
            and indicator.detailed != this.detailed
        ),
        None,
    )


def surveys(edition: Edition, visitor: Visitor) -> Names:
    found = sorted(edition.catalogue.surveys.values(), key=lambda survey: survey.order)
    return {survey.code: visitor.reads(survey.name) for survey in found}


def blocks(visitor: Visitor, found: Iterable[str]) -> Names:
    """Spans of school years, the newest first, all of them together last."""
    spans = sorted((block for block in found if block != ALL_BLOCKS), reverse=True)
    named = {block: block_name(block) for block in spans}
    return {**named, ALL_BLOCKS: visitor.word("filters.all_blocks")}


def block_name(block: str) -> str:
    """ "2019-2021" -> "2019–20 – 2021–22" would be long; the years of the autumns are enough."""
    first, _, last = block.partition("-")
    return write_span(int(first), int(last or first))


def cohort_name(cohort: str) -> str:
    return write_school_year(int(cohort))


def moment_name(moment: str, visitor: Visitor) -> str:
    """A school year, a span of them, or all spans together."""
    if moment == ALL_BLOCKS:
        return visitor.word("filters.all_blocks")
    return block_name(moment) if "-" in moment else cohort_name(moment)


def options(edition: Edition, visitor: Visitor, table: Table) -> Names:
    """The published options of a question, in their order; one without a name for a mean. What is
    counted together is found with each of its options."""
    indicator = edition.catalogue.indicators[table.indicator]
    question = edition.catalogue.questions[indicator.question or ""]
    if indicator.measure == "median":  # one mark with its quartiles
        return {"": ""}
    choices = _choices(question, indicator.detailed)
    named = {choice.code: visitor.reads(choice.label) for choice in reversed(choices)}
    found = dict.fromkeys(cell.option for cell in table.cells if not cell.is_fold)
    return {option: named.get(option, "") for option in found} or {"": ""}


def _choices(question: Question, is_detailed: bool) -> tuple[Choice, ...]:
    """A code may be both a choice and the class of it; the figure's own stand first."""
    if is_detailed:
        return (*question.choices, *question.classes)
    return (*question.classes, *question.choices)


def is_of_own_school(edition: Edition, code: str) -> bool:
    """Whether a school's own figures are for that school alone; all schools together have one."""
    return edition.catalogue.indicators[code].audience == OWN_SCHOOL


def only(names: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    """Those of the codes, in the order of the names."""
    wanted = set(codes)
    return [code for code in names if code in wanted]
