"""The nearest view that has something, and in what it differs from what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ui import naming
from ui.selection import each, has_figures, moments_with_figures, pick, spans
from ui.visit import Visitor
from yearbook.editions import ALL_BLOCKS, Edition, Table

A_COURSE = 2  # moments with a figure: fewer are no course


@dataclass(frozen=True, slots=True)
class Graduates:
    """Which graduates' answers: a survey, a programme ("" for all) and a span of school years.

    is_pooled: over time, school years are pooled into spans instead of standing alone.
    """

    survey: str
    programme: str
    block: str
    is_pooled: bool = False

    def differs_from(self, asked: Graduates) -> list[str]:
        """The words for what is another than was asked."""
        found = {
            "survey": self.survey != asked.survey,
            "area": self.programme != asked.programme,
            "years": self.is_pooled != asked.is_pooled,
            "block": self.block != asked.block,
        }
        return [word for word, differs in found.items() if differs]


def said(edition: Edition, visitor: Visitor, asked: Graduates, near: Graduates) -> str:
    """In what a chart is of others than the filters say, as sentences."""
    names = {"survey": naming.surveys(edition, visitor)[near.survey].lower()}
    sentences = []
    for word in near.differs_from(asked):
        is_all = word == "block" and near.block == ALL_BLOCKS
        if word == "block" and not is_all:
            names["block"] = naming.block_name(near.block)
        key = "all_blocks" if is_all else word
        sentences.append(visitor.word(f"pages.graduates.nearest.{key}", **names))
    return " ".join(sentences)


def found(edition: Edition, table: Table, asked: Graduates) -> Graduates:
    """What was asked, or the nearest to it of which all schools together have a figure."""
    candidates = _by_nearness(edition, table, asked)
    return next((near for near in candidates if has_figures(answers(table, near))), asked)


def answers(table: Table, of: Graduates, own_school: str = "") -> Table:
    """The cells of those graduates: all schools together, and own school's where it has any."""
    return pick(
        table,
        survey=(of.survey,),
        school=("", own_school),
        programme=(of.programme,),
        block=(of.block,),
    )


def over_time(table: Table, asked: Graduates) -> Graduates:
    """Single school years; spans of them, where single years have no course to show; then the same
    of all programmes together."""
    programmes = dict.fromkeys((asked.programme, ""))
    candidates = [
        replace(asked, programme=programme, is_pooled=is_pooled)
        for programme in programmes
        for is_pooled in (False, True)
    ]
    for least in (A_COURSE, 1):
        for near in candidates:
            if len(moments_with_figures(course(table, near))) >= least:
                return near
    return asked


def course(table: Table, of: Graduates) -> Table:
    """The cells of those graduates over time, all schools together."""
    table = table.select(survey=of.survey)
    if of.is_pooled:
        return pick(table, block=spans(table), programme=(of.programme,))
    return pick(table, cohort=table.values_of("cohort"), programme=(of.programme,))


def by_school(table: Table, asked: Graduates) -> Graduates:
    """All spans together before all programmes together, for a programme has few in one school."""
    blocks = dict.fromkeys((*_nearest_first(table, asked.survey, asked.block), ALL_BLOCKS))
    candidates = [
        asked,
        *([replace(asked, block=ALL_BLOCKS)] if asked.programme else []),
        *(replace(asked, programme="", block=block) for block in blocks),
    ]
    return _first(candidates, lambda near: schools(table, near).select(school=_schools(table)))


def schools(table: Table, of: Graduates) -> Table:
    """Every school, and all together."""
    everyone = (*_schools(table), "")
    table = table.select(survey=of.survey)
    return pick(table, school=everyone, programme=(of.programme,), block=(of.block,))


def of_school(edition: Edition, table: Table, school: str) -> Graduates | None:
    """The newest span of which the school has a figure, else all together; None where it has
    none."""
    ordered = sorted(edition.catalogue.surveys.values(), key=lambda survey: survey.order)
    for survey in ordered:
        for block in (*_newest_first(table, survey.code), ALL_BLOCKS):
            near = Graduates(survey.code, "", block)
            if has_figures(answers(table, near, school).select(school=school)):
                return near
    return None


def newest(table: Table, survey: str) -> str:
    """The newest span of school years that a survey has, "" where it has none."""
    return next(iter(_newest_first(table, survey)), "")


def by_programme(table: Table, asked: Graduates) -> Graduates:
    blocks = dict.fromkeys(_nearest_first(table, asked.survey, asked.block))
    candidates = [replace(asked, programme="", block=block) for block in blocks]
    near = _first(candidates, lambda near: programmes(table, near))
    return replace(near, programme=asked.programme)


def programmes(table: Table, of: Graduates) -> Table:
    """Every programme, of all schools together."""
    return each(table.select(survey=of.survey), "programme", block=(of.block,))


def _first(candidates: Iterable[Graduates], cells: Callable[[Graduates], Table]) -> Graduates:
    """The first that has a figure, else the first."""
    ordered = list(candidates)
    return next((near for near in ordered if has_figures(cells(near))), ordered[0])


def _schools(table: Table) -> tuple[str, ...]:
    return table.values_of("school")


def _newest_first(table: Table, survey: str) -> tuple[str, ...]:
    return tuple(reversed(spans(table.select(survey=survey))))


def _nearest_first(table: Table, survey: str, block: str) -> tuple[str, ...]:
    """The span itself; then those that share years with it, for a question may have borders of its
    own; then the newest."""
    return (block, *sorted(_newest_first(table, survey), key=lambda one: -_shared(one, block)))


def _shared(one: str, other: str) -> int:
    """How many school years two spans have in common."""
    ends = [[int(year) for year in span.split("-") if year.isdigit()] for span in (one, other)]
    if not all(ends):
        return 0
    return max(0, min(years[-1] for years in ends) - max(years[0] for years in ends) + 1)


def _by_nearness(edition: Edition, table: Table, asked: Graduates) -> Iterator[Graduates]:
    """Other years before all programmes together, and those before another survey."""
    ordered = sorted(edition.catalogue.surveys.values(), key=lambda survey: survey.order)
    surveys = [asked.survey, *(s.code for s in ordered if s.code != asked.survey)]
    for survey in surveys:
        blocks = _nearest_first(table, survey, asked.block)
        for programme in dict.fromkeys((asked.programme, "")):
            for block in blocks:
                yield Graduates(survey, programme, block)
