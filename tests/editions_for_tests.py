"""A small edition made by hand: three schools, two programmes, annual and survey tables."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cache
from math import sqrt
from typing import Any

from yearbook.catalogue import read
from yearbook.editions import (
    ALL_BLOCKS,
    ANSWERED,
    FOLD,
    FRAME,
    INVITED,
    REACHED,
    Cell,
    Edition,
    Group,
    Note,
    Quote,
    Round,
    State,
    Table,
)
from yearbook.language import Text

SCHOOLS = ("kuopio", "tampere", "turku")
YEARS = tuple(str(year) for year in range(2014, 2026))
COHORTS = tuple(str(year) for year in range(2013, 2025))
BLOCKS = ("2013-2015", "2016-2018", "2019-2021", "2022-2024")
MUSIC, DANCE = "321204", "321501"
WITHHELD = State.WITHHELD


@cache
def small_edition(invented: bool = True) -> Edition:
    """Kuopio did not return 2025; Tampere alone has dance; special support is withheld in Turku."""
    tables = [
        _frame(),
        _students(),
        _ratio("applicants_per_place", 1.5, 0.1),
        _ratio("discontinued_share", 0.08, 0.004),
        _withheld_share(),
        *(_distribution(code, shares) for code, shares in DISTRIBUTIONS.items()),
        _mean(),
        _median(),
    ]
    return Edition(
        name="2026.1",
        published="2026-11-22",
        audience="members",
        invented=invented,
        content=_content(),
        tables={table.indicator: table for table in tables},
        returned={year: _returned(year) for year in YEARS},
        respondents={
            "base": dict.fromkeys(COHORTS, 60),
            "followup": dict.fromkeys(COHORTS[:-2], 50),
        },
        rounds=tuple(
            Round(survey, int(cohort) + lag, int(cohort), int(cohort), 140, 60)
            for survey, lag, cohorts in (("base", 1, COHORTS), ("followup", 3, COHORTS[:-2]))
            for cohort in cohorts
        ),
        blocks={"base": BLOCKS, "followup": BLOCKS[:-1]},
        notes=(
            Note(
                Text("Koulu muutti 2019.", "Skolan flyttade 2019.", "The school moved in 2019."),
                indicator="students",
                school="turku",
                year="2019",
            ),
        ),
        quotes={"comments": (Quote("Kiitos <kaikesta>.", "fi"), Quote("Tack för allt.", "sv"))},
        digest="0" * 64,
    )


def _content() -> dict[str, Any]:
    plain = copy.deepcopy(read())
    schools = plain["schools"]["school"]
    plain["schools"]["school"] = [school for school in schools if school["code"] in SCHOOLS]
    for school in plain["schools"]["school"]:
        school["offers"] = [MUSIC, "1703"] + ([DANCE, "1606"] * (school["code"] == "tampere"))
    return plain


def _returned(year: str) -> tuple[str, ...]:
    return SCHOOLS[1:] if year == "2025" else SCHOOLS


def _absence(school: str, year: str, programme: str = "") -> State | None:
    if programme == DANCE and school not in ("", "tampere"):
        return State.NOT_OFFERED
    if school and school not in _returned(year):
        return State.NOT_RETURNED
    return State.NO_ANSWER if (school, year) == ("turku", "2017") else None


def _annual(table: str, value: Any) -> Table:
    """value(schools, programme, year) for each school, all of them, programmes and both."""
    cells = []
    for year in YEARS:
        for programme in ("", MUSIC, DANCE):
            for school in ("", *SCHOOLS):
                state = _absence(school, year, programme)
                group = Group(school=school, programme=programme, year=year)
                behind = [s for s in SCHOOLS if school in ("", s) and not _absence(s, year)]
                if programme == DANCE:
                    behind = [s for s in behind if s == "tampere"]
                if state or not behind:
                    cells.append(Cell(group, state=state or State.NO_ANSWER))
                else:
                    n = len(behind)
                    cells.append(Cell(group, value=value(behind, programme, int(year)), n=n))
    return Table(table, tuple(cells))


def students_of(school: str, programme: str, year: int) -> int:
    """Kuopio 100 in 2014 and 3 more every year; Tampere 200 and Turku 150, both steady."""
    whole = {"kuopio": 100 + 3 * (year - 2014), "tampere": 200, "turku": 150}[school]
    dance = 40 if school == "tampere" else 0
    return {"": whole, MUSIC: whole - dance, DANCE: dance}[programme]


def _students() -> Table:
    return _annual("students", lambda s, p, y: float(sum(students_of(one, p, y) for one in s)))


def _ratio(code: str, start: float, step: float) -> Table:
    """The first of the schools counts; each next school lies two steps above the last."""

    def value(schools: list[str], programme: str, year: int) -> float:
        del programme
        return round(start + step * (2 * SCHOOLS.index(schools[-1]) + (year - 2014) % 3), 4)

    return _annual(code, value)


def _withheld_share() -> Table:
    """Special support: withheld in Turku and, to protect it, in Tampere."""
    table = _ratio("special_support_share", 0.02, 0.003)
    hidden = ("turku", "tampere")
    return Table(
        table.indicator,
        tuple(
            Cell(cell.group, state=WITHHELD)
            if cell.is_shown and cell.group.school in hidden
            else cell
            for cell in table.cells
        ),
    )


def _frame() -> Table:
    """In the base survey 140 a cohort, of whom a sixth in Kuopio, a half in Tampere and a third in
    Turku; of the follow-up no one knows how many were asked."""
    parts = {"": 6, "kuopio": 1, "tampere": 3, "turku": 2}
    cells = []
    for group, n in (*_survey_groups(), *_school_cohorts()):
        whole = 140 * _cohorts_in(group.cohort or group.block) * parts[group.school] // 6
        invited = whole * 2 // 3 if group.programme else whole
        if group.survey != "base":
            cells += [Cell(group, o, State.NO_ANSWER) for o in (INVITED, REACHED)]
        else:
            cells += [Cell(group, o, value=float(invited)) for o in (INVITED, REACHED)]
        cells.append(Cell(group, ANSWERED, value=float(n or 3)))
    return Table(FRAME, tuple(cells))


def _cohorts_in(moment: str) -> int:
    if moment == ALL_BLOCKS:
        return 9
    first, _, last = moment.partition("-")
    return int(last or first) - int(first) + 1


def _school_cohorts() -> list[tuple[Group, int]]:
    """How many answered of each school in each cohort of the base survey: 15, 20, 25 of 60."""
    answered = {"kuopio": 15, "tampere": 20, "turku": 25}
    return [
        (Group(survey="base", cohort=cohort, school=school), n)
        for cohort in COHORTS
        for school, n in answered.items()
    ]


DISTRIBUTIONS: dict[str, dict[str, float]] = {
    "main_activity": {
        "employed": 0.60,
        "full_time_student": 0.22,
        "unemployed": 0.10,
        "others": 0.05,
        "emigrated": 0.03,
    },
    "satisfaction_overall": {"1": 0.05, "2": 0.10, "3": 0.15, "4": 0.40, "5": 0.30},
    "all_activities": {},
    "income_class": {},
}


def _options(code: str, shares: dict[str, float]) -> dict[str, float]:
    """The declared shares, or for a long list of choices ever smaller ones."""
    if shares:
        return shares
    choices = [choice["code"] for choice in read()["questions"][code]["choice"]]
    return {choice: round(0.6 / (1 + place), 2) for place, choice in enumerate(choices)}


def _survey_groups() -> list[tuple[Group, int]]:
    """Groups with their number of respondents; Turku has too few in every block but one."""
    found = []
    for survey, blocks in (("base", BLOCKS), ("followup", BLOCKS[:-1])):
        found += [(Group(survey=survey, cohort=c), 60) for c in COHORTS[: 3 * len(blocks)]]
        for block in (*blocks, ALL_BLOCKS):
            n = 180 if block != ALL_BLOCKS else 540
            found.append((Group(survey=survey, block=block), n))
            found.append((Group(survey=survey, block=block, programme="1703"), n * 2 // 3))
            found.append((Group(survey=survey, block=block, school="kuopio"), n // 4))
            found.append((Group(survey=survey, block=block, school="tampere"), n // 3))
            few = 0 if block != BLOCKS[1] else 30
            found.append((Group(survey=survey, block=block, school="turku"), few))
    return found


def _distribution(code: str, shares: dict[str, float]) -> Table:
    cells = []
    whole = _options(code, shares)
    for group, n in _survey_groups():
        for option, count in _counts(whole, group, n).items():
            if not n:
                cells.append(Cell(group, option, WITHHELD))
                continue
            low, high = wilson_by_hand(count, n)
            cells.append(
                Cell(group, option, State.SHOWN, count / n, low, high, count, n),
            )
    return Table(code, tuple(cells))


def wilson_by_hand(count: int, n: int) -> tuple[float, float]:
    """Where |share − p| = 1.96 · √(p (1 − p) / n): the two solutions of that quadratic."""
    z2, share = 1.959963984540054**2, count / n
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share**2
    root = sqrt(max(0.0, b * b - 4 * a * c))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def _counts(shares: dict[str, float], group: Group, n: int) -> dict[str, int]:
    """Kuopio and the follow-up lean to the first option; of a distribution the sum is n."""
    lean = 0.12 * (group.school == "kuopio") + 0.05 * (group.survey == "followup")
    counts = {option: round(share * n) for option, share in shares.items()}
    first, second = list(counts)[:2]
    moved = min(round(lean * n), counts[second])
    counts[first], counts[second] = counts[first] + moved, counts[second] - moved
    if abs(sum(shares.values()) - 1) < 1e-9:
        counts[first] += n - sum(counts.values())
    return counts


def _mean() -> Table:
    cells = tuple(
        Cell(group, value=3.6 + 0.05 * (n % 7), n=n) if n else Cell(group, state=WITHHELD)
        for group, n in _survey_groups()
        if not group.school
    )
    return Table("satisfaction_mean", cells)


def _median() -> Table:
    cells = []
    for group, n in _survey_groups():
        for option, value in (("q1", 1800.0), ("median", 2300.0), ("q3", 2900.0)):
            shown = n >= 20
            cells.append(
                Cell(group, option, value=value, n=n) if shown else Cell(group, option, WITHHELD)
            )
    return Table("income_median", tuple(cells))


# --- What disclosure control does ---------------------------------------------------------------

AREA, NEWEST = "1703", BLOCKS[-1]
RARE, RARE_TOO = ("others", "emigrated"), ("unemployed", "others", "emigrated")


@cache
def protected_edition() -> Edition:
    """The small edition as protection leaves one: main activity of the competence area by cohort,
    with two rare options counted together in 2013 and three in 2020, and withheld in 2021; Kuopio's
    main activity and satisfaction with folds in the newest block; Tampere withheld in 2016-2018;
    two answers of Kuopio's to a question with several withheld."""
    edition = small_edition()
    tables = dict(edition.tables)
    activity = _with_area_by_cohort(tables["main_activity"])
    area = {year: Group(survey="base", cohort=year, programme=AREA) for year in COHORTS}
    newest = Group(survey="base", block=NEWEST, school="kuopio")
    for group, options in ((area["2013"], RARE), (area["2020"], RARE_TOO), (newest, RARE)):
        activity = folded(activity, group, options)
    withheld_too = Group(survey="base", block=BLOCKS[1], school="tampere")
    tables["main_activity"] = withheld(activity, area["2021"], withheld_too)
    scale = folded(tables["satisfaction_overall"], newest, ("1", "2"))
    tables["satisfaction_overall"] = folded(
        scale, replace(newest, school="tampere"), ("2", "3", "4")
    )
    tables["all_activities"] = _without_the_rarest(tables["all_activities"], newest, 2)
    return replace(edition, tables=tables)


def _with_area_by_cohort(table: Table) -> Table:
    """40 answers of the area a cohort, by the same shares."""
    cells = list(table.cells)
    for cohort in COHORTS:
        group = Group(survey="base", cohort=cohort, programme=AREA)
        for option, count in _counts(DISTRIBUTIONS[table.indicator], group, 40).items():
            low, high = wilson_by_hand(count, 40)
            cells.append(Cell(group, option, State.SHOWN, count / 40, low, high, count, 40))
    return Table(table.indicator, tuple(cells))


def folded(table: Table, group: Group, options: tuple[str, ...]) -> Table:
    """Those options of the group counted together; the fold stands after the group's cells."""
    counted = [cell for cell in table.by_group[group] if cell.option in options]
    count, n = sum(cell.count or 0 for cell in counted), counted[0].n or 1
    low, high = wilson_by_hand(count, n)
    fold = Cell(group, FOLD.join(options), State.SHOWN, count / n, low, high, count, n)
    cells = []
    for cells_of_group in table.by_group.values():
        is_ours = cells_of_group[0].group == group
        for cell in cells_of_group:
            hides = is_ours and cell.option in options
            cells.append(Cell(group, cell.option, State.FOLDED) if hides else cell)
        cells += [fold] if is_ours else []
    return Table(table.indicator, tuple(cells))


def withheld(table: Table, *groups: Group) -> Table:
    """Nothing of those groups."""
    return Table(
        table.indicator,
        tuple(
            Cell(cell.group, cell.option, WITHHELD) if cell.group in groups else cell
            for cell in table.cells
        ),
    )


def _without_the_rarest(table: Table, group: Group, number: int) -> Table:
    """Of a question with several answers some options are withheld while others are shown."""
    ordered = sorted(table.by_group[group], key=lambda cell: cell.count or 0)
    rarest = {cell.option for cell in ordered[:number]}
    return Table(
        table.indicator,
        tuple(
            Cell(group, cell.option, WITHHELD)
            if cell.group == group and cell.option in rarest
            else cell
            for cell in table.cells
        ),
    )
