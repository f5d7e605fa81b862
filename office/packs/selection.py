"""What a pack shows: read from `packs.toml` of the catalogue, and the cells of each figure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from yearbook.catalogue import SHIPPED, CatalogueError
from yearbook.charts import View
from yearbook.editions import ALL_BLOCKS, ANSWERED, FRAME, INVITED, Edition, State, Table

SCHOOLS, YEARS, ANSWERS, RESPONSE = "schools", "years", "answers", "response"
SHOWS = (SCHOOLS, YEARS, ANSWERS, RESPONSE)
FORMS = {YEARS: "small_multiple", SCHOOLS: "bars", ANSWERS: "", RESPONSE: "representation"}
WITH_FIGURE = (State.SHOWN, State.INTERVAL)


@dataclass(frozen=True, slots=True)
class Shown:
    """indicator: its code. shows: one of SHOWS."""

    indicator: str
    shows: str


def read(folder: Path) -> tuple[Shown, ...]:
    """A folder without the file has the shipped one."""
    path = folder / "packs.toml"
    path = path if path.exists() else SHIPPED / "packs.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = tuple(
            Shown(str(one.get("indicator", FRAME)), str(one["shows"])) for one in told["figure"]
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, AttributeError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    for one in found:
        if one.shows not in SHOWS:
            raise CatalogueError(f"{path.name}: {one.shows!r} is none of {', '.join(SHOWS)}")
    return found


def cells(edition: Edition, shown: Shown, school: str) -> Table:
    """Those of a figure of a school's pack; none where the edition has nothing of it."""
    table = edition.table(shown.indicator)
    if shown.shows in (SCHOOLS, YEARS):
        return _of_schools(table, is_over_time=shown.shows == YEARS)
    if shown.shows == RESPONSE:
        return _of_frame(edition, table, school)
    return _answers(edition, table, school)


def view(shown: Shown, school: str) -> View:
    return View(form=FORMS[shown.shows], own_school=school)


def _of_schools(table: Table, is_over_time: bool) -> Table:
    """Every school by itself, all programmes together, in all years or the newest."""
    found = table.cut("school", "year")
    if is_over_time:
        return found
    return found.select(year=max((year for year in found.values_of("year")), default=""))


def _answers(edition: Edition, table: Table, school: str) -> Table:
    """Of the newest span of graduates of whom the school has an answer, else of the newest."""
    moments = [(survey, block) for survey in _surveys(edition) for block in _blocks(table, survey)]
    both = table.select(programme="", school=("", school))
    spans = [both.select(survey=survey, block=block) for survey, block in moments]
    own = (span for span in spans if _has_figures(span.select(school=school)))
    return next(
        own, next((span for span in spans if _has_figures(span)), Table(table.indicator, ()))
    )


def _surveys(edition: Edition) -> list[str]:
    found = sorted(edition.catalogue.surveys.values(), key=lambda survey: survey.order)
    return [survey.code for survey in found]


def _blocks(table: Table, survey: str) -> list[str]:
    """The newest span first, all together last."""
    found = set(table.select(survey=survey).values_of("block"))
    newest_first = sorted(found - {ALL_BLOCKS}, reverse=True)
    return [*newest_first, *(found & {ALL_BLOCKS})]


def _of_frame(edition: Edition, table: Table, school: str) -> Table:
    """Every school in the newest span of which it is known how many of this school were asked."""
    for survey in _surveys(edition):
        of_survey = table.select(survey=survey, programme="")
        for block in _blocks(of_survey, survey):
            span = of_survey.select(block=block)
            asked = span.select(school=school, option=(INVITED, ANSWERED))
            if len([cell for cell in asked.cells if cell.is_shown]) == 2:
                return span
    return Table(table.indicator, ())


def _has_figures(table: Table) -> bool:
    return any(cell.state in WITH_FIGURE for cell in table.cells)
