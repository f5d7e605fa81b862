"""The nearest view that has something, and in what it differs from what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ui.selection import has_figures, pick, spans
from yearbook.editions import Edition, Table


@dataclass(frozen=True, slots=True)
class Graduates:
    """Which graduates' answers: a survey, a programme ("" for all) and a span of school years."""

    survey: str
    programme: str
    block: str

    def differs_from(self, asked: Graduates) -> str:
        """The word for the first thing that is another than was asked, "" where nothing is."""
        if self.survey != asked.survey:
            return "survey"
        if self.programme != asked.programme:
            return "area"
        return "block" if self.block != asked.block else ""


def found(edition: Edition, table: Table, asked: Graduates) -> Graduates:
    """What was asked, or the nearest to it of which all schools together have a figure."""
    for near in _by_nearness(edition, table, asked):
        if has_figures(answers(table, near)):
            return near
    return asked


def answers(table: Table, of: Graduates, own_school: str = "") -> Table:
    """The cells of those graduates: all schools together, and own school's where it has any."""
    return pick(
        table,
        survey=(of.survey,),
        school=("", own_school),
        programme=(of.programme,),
        block=(of.block,),
    )


def _by_nearness(edition: Edition, table: Table, asked: Graduates) -> Iterator[Graduates]:
    """Other years before all programmes together, and those before another survey."""
    ordered = sorted(edition.catalogue.surveys.values(), key=lambda survey: survey.order)
    surveys = [asked.survey, *(s.code for s in ordered if s.code != asked.survey)]
    for survey in surveys:
        newest_first = reversed(spans(table.select(survey=survey)))
        blocks = [asked.block, *newest_first]
        for programme in dict.fromkeys((asked.programme, "")):
            for block in blocks:
                yield Graduates(survey, programme, block)
