"""The states of the pages that an address can ask for: those on offer, and those nobody offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from ui.selection import spans
from yearbook.editions import ALL_BLOCKS, Edition, Table

LANGUAGES = ("fi", "sv", "en")
STEP = 7  # prime to most numbers of choices, so that pairs of choices vary
OF_A_SURVEY = 2  # states of each question in each survey


@dataclass(frozen=True, slots=True)
class State:
    """A page and what stands in its address. forged: nobody would be offered it."""

    page: str
    params: tuple[tuple[str, str], ...]
    forged: bool = False


def states(editions: Sequence[Edition]) -> list[State]:
    """Every indicator in every survey, every cut of it, every school and edition: the same states
    in the same order for the same editions."""
    newest = editions[-1]
    found = [*_surveys(newest), *_graduates(newest), *_annual(newest), *_schools(newest)]
    for edition in editions[:-1]:
        found += [_with(state, edition=edition.name) for state in list(_surveys(edition))[::7]]
        found += [_with(state, edition=edition.name) for state in list(_annual(edition))[::11]]
    return [*dict.fromkeys([*found, *_forged(newest)])]


def _surveys(edition: Edition) -> Iterator[State]:
    """Each question in each survey: without a programme, then with ever another programme, block,
    option and own school."""
    turn = count()
    schools = list(edition.catalogue.schools)
    for indicator in edition.indicators(source="survey"):
        whole = edition.table(indicator.code)
        for survey in whole.values_of("survey"):
            table = whole.select(survey=survey)
            for number in range(OF_A_SURVEY):
                step = STEP * next(turn)
                yield _state(
                    "surveys",
                    question=indicator.code,
                    survey=survey,
                    area="" if number == 0 else _one_of(table.values_of("programme"), step),
                    block=_one_of(spans(table), number),
                    option=_one_of(_options(table), step),
                    school=_one_of(schools, step),
                    lang=_one_of(LANGUAGES, step),
                )


def _graduates(edition: Edition) -> Iterator[State]:
    schools, turn = list(edition.catalogue.schools), count()
    themes = dict.fromkeys(i.theme for i in edition.indicators(source="survey"))
    for theme in themes:
        table = edition.table(edition.indicators(theme=theme, source="survey")[0].code)
        for area in ("", *table.values_of("programme")):
            step = STEP * next(turn)
            block = _one_of(spans(table), step)
            yield _state("graduates", topic=theme, area=area, block=block,
                         survey=_one_of(table.values_of("survey"), step),
                         school=_one_of(schools, step))  # fmt: skip


def _annual(edition: Edition) -> Iterator[State]:
    schools, turn = list(edition.catalogue.schools), count()
    for indicator in edition.indicators(source="annual"):
        table = edition.table(indicator.code)
        for programme in ("", _one_of(table.values_of("programme"), next(turn))):
            step = STEP * next(turn)
            yield _state("statistics", indicator=indicator.code, programme=programme,
                         school=_one_of(schools, step),
                         compare=",".join((schools * 2)[step % 16 :][:4]))  # fmt: skip


def _schools(edition: Edition) -> Iterator[State]:
    """Every school as the place and as the own one, and every programme."""
    schools = list(edition.catalogue.schools)
    for number, school in enumerate(schools):
        yield _state("schools", place=school, beside=schools[number - 1] if number % 2 else "")
        yield _state("overview", school=school)
    for programme in edition.catalogue.programmes:
        yield _state("programmes", subject=programme, school=_one_of(schools, len(programme)))
    yield _state("about")


def _forged(edition: Edition) -> Iterator[State]:
    """Codes that exist but are not offered there, that exist nowhere, and what is withheld."""
    for indicator in edition.indicators(source="survey"):
        table = edition.table(indicator.code)
        hidden = next((c.group for c in table.cells if not c.is_shown and c.group.school), None)
        if hidden is not None or indicator.audience == "own_school":
            school = hidden.school if hidden else "kuopio"
            area = (hidden.programme if hidden else "") or "1703"
            block = (hidden.block if hidden else "") or ALL_BLOCKS
            yield _state("surveys", True, question=indicator.code, area=area, block=block,
                         school=school, place=school)  # fmt: skip
    question = edition.indicators(source="survey")[0].code
    yield from (
        _state("surveys", True, question=f"{question}.change"),
        _state("surveys", True, question=".frame"),
        _state("surveys", True, question="students"),
        _state("surveys", True, question=question, block="2011-2024", area="kuopio"),
        _state("surveys", True, question=question, block="2012", survey="nobody"),
        _state("surveys", True, question=question, audience="kuopio", role="director"),
        _state("surveys", True, question=question, edition="2099.1"),
        _state("surveys", True, question=question, edition="../shelf", option="_N"),
        _state("surveys", True, question=question, round="2024", area="?", cohort="2024"),
        _state("statistics", True, indicator=question),
        _state("statistics", True, indicator="special_support", programme="1703"),
        _state("statistics", True, indicator="discontinued", region="01", years="2025-2012"),
        _state("graduates", True, topic="nothing", area="?", cohort="2010", survey="wide"),
        _state("schools", True, place="nowhere", group="placement", programme="1703"),
        _state("programmes", True, subject="?", group="nothing"),
        _state("overview", True, school="nowhere", lang="xx", edition=""),
    )


def _state(page: str, forged: bool = False, **params: str) -> State:
    return State(page, tuple((name, value) for name, value in params.items() if value), forged)


def _with(state: State, **more: str) -> State:
    return State(state.page, (*state.params, *more.items()), state.forged)


def _one_of(choices: Sequence[str], number: int) -> str:
    return choices[number % len(choices)] if choices else ""


def _options(table: Table) -> list[str]:
    return list(dict.fromkeys(cell.option for cell in table.cells if not cell.is_fold))
