"""Writes what a reader must know: who is missing, why there is no number, bound remarks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from yearbook.charts.bound_notes import bound_notes
from yearbook.charts.description import Chart
from yearbook.charts.material import Material, ends
from yearbook.charts.own_school import remark
from yearbook.charts.ranges import has_ranges
from yearbook.charts.schools import MISSING, missing, whole_of
from yearbook.charts.words import lowered
from yearbook.editions import Group, State
from yearbook.language import EN_DASH, write_span

SMALL_MULTIPLE = "small_multiple"
MOST_NAMES = 6
MOST_YEARS = 3  # or stretches of years


def notes(material: Material, chart: Chart) -> tuple[str, ...]:
    """What a reader must know: for whom it is, who is missing, absences, what whiskers mean, bound
    remarks."""
    found = [
        *remark(material),
        *_missing_schools(material),
        *chart.remarks,
        *_absences(material, chart),
        *_interval_note(material, chart),
        *_range_note(material, chart),
        *bound_notes(material),
    ]
    return tuple(dict.fromkeys(map(sentence, found)))


def sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _missing_schools(material: Material) -> list[str]:
    """By name, for the newest years of which a school is missing; the public is told their
    number."""
    whole = whole_of(material)
    if material.time != "year" or whole is None or not material.edition.tells_of_schools:
        return []
    absent = ((year, missing(material, year, whole)) for year in reversed(material.moments))
    stretches = groupby(absent, key=lambda one: _listed([s.short[material.language]
                                                         for s in one[1]]))  # fmt: skip
    told = [(names, [year for year, _ in years]) for names, years in stretches if names]
    return [_absent(material, years, names) for names, years in told[:MOST_YEARS]]


def _absent(material: Material, years: Sequence[str], names: str) -> str:
    """years: the newest first."""
    if len(years) == 1:
        return material.word("charts.missing_schools", year=years[0], schools=names)
    span = write_span(int(years[-1]), int(years[0]))
    return material.word("charts.missing_schools_span", years=span, schools=names)


def _listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    rest = len(names) - MOST_NAMES
    separator = "; " if any("," in name for name in names) else ", "
    return separator.join(names[:MOST_NAMES]) + (f" +{rest}" if rest > 0 else "")


def _absences(material: Material, chart: Chart) -> list[str]:
    """Each reason once, with the groups it concerns; who is missing was told before."""
    told = MISSING if _missing_schools(material) else ()
    found = []
    for state, reason in chart.states:
        if state in told:
            continue
        if state is State.FOLDED:
            found.append(_folded(material))
            continue
        names = [] if chart.form == SMALL_MULTIPLE else _names_with(material, state)
        found.append(f"{reason.rstrip('.')} ({_listed(names)})" if names else reason)
    return found


def _folded(material: Material) -> str:
    """Which options are counted together, and in which groups where not in all."""
    groups: dict[str, list[str]] = {}
    for (group, moment, _), cell in material.by_position.items():
        fold = material.fold_of(cell)
        name = _named(material, group, [moment])
        if fold is not None and name not in groups.setdefault(fold.option, []):
            groups[fold.option].append(name)
    told = [_with_groups(material.option_name(o), names) for o, names in groups.items()]
    remark = material.word("charts.fold.remark")
    return f"{remark}: {'; '.join(told)}" if told else remark


def _with_groups(name: str, groups: list[str]) -> str:
    named = [group for group in groups if group]
    return f"{name} ({_listed(named)})" if named else name


def _names_with(material: Material, state: State) -> list[str]:
    """The groups without a number, with their times where only some of these lack it."""
    is_one = not material.varying and len(material.moments) < 2
    if is_one and (state is not State.WITHHELD or material.indicator.measure != "multiple"):
        return []
    times: dict[Group, list[str]] = {}
    for (group, moment, _), cell in material.by_position.items():
        if cell.state is state and moment not in times.setdefault(group, []):
            times[group].append(moment)
    if state is State.WITHHELD and len(material.options) > 1:
        return _with_options(material, times)
    return [_named(material, group, moments) for group, moments in times.items()]


def _with_options(material: Material, times: dict[Group, list[str]]) -> list[str]:
    """Groups of which only some options are withheld, as of a question with several answers, have
    these named."""
    found = []
    for group, moments in times.items():
        whole = [m for m in moments if not _shown_at(material, group, m)]
        if whole:
            found.append(_named(material, group, whole))
        for moment in (m for m in moments if m not in whole):
            names = _withheld_options(material, group, moment)
            where = _named(material, group, [moment])
            found.append(f"{where}: {names}" if where else names)
    return found


def _shown_at(material: Material, group: Group, moment: str) -> bool:
    cells = (material.by_position.get((group, moment, option)) for option in material.options)
    return any(cell is not None and cell.is_shown for cell in cells)


def _withheld_options(material: Material, group: Group, moment: str) -> str:
    hidden = [
        option
        for option in material.options
        if (cell := material.by_position.get((group, moment, option))) is not None
        and cell.state is State.WITHHELD
    ]
    return ", ".join(lowered(material.option_name(option)) for option in hidden)


def _named(material: Material, group: Group, moments: list[str]) -> str:
    name = material.group_name(group, is_short=True) if material.varying else ""
    if not material.time or len(material.moments) < 2 or len(moments) == len(material.moments):
        return name
    found = _stretches(material, moments)
    told = [_stretch(material, *stretch) for stretch in found[-MOST_YEARS:]]
    more = f" +{len(found) - MOST_YEARS}" if len(found) > MOST_YEARS else ""
    return f"{name} {', '.join(told)}{more}".strip()


def _stretches(material: Material, moments: list[str]) -> list[tuple[str, str]]:
    """The first and last of moments that follow each other."""
    found: list[tuple[str, str]] = []
    after = dict(zip(material.moments, material.moments[1:], strict=False))
    for moment in sorted(filter(None, moments), key=material.moments.index):
        if found and after.get(found[-1][1]) == moment:
            found[-1] = (found[-1][0], moment)
        else:
            found.append((moment, moment))
    return found


def _stretch(material: Material, first: str, last: str) -> str:
    """ "2019–2021", "2018–19 – 2020–21"; of spans the first and the last year."""
    if first == last:
        return material.name(material.time, first)
    if material.time == "cohort":
        names = [material.name(material.time, moment) for moment in (first, last)]
        return f" {EN_DASH} ".join(names)
    return write_span(ends(first)[0], ends(last)[1])


def _interval_note(material: Material, chart: Chart) -> list[str]:
    if not chart.has_whiskers:
        return []
    kind = "quartiles" if material.indicator.measure == "median" else "interval"
    return [material.word(f"charts.remark.{kind}")]


def _range_note(material: Material, chart: Chart) -> list[str]:
    if not has_ranges(chart.series):
        return []
    return [material.word("public.range", most=material.catalogue.policy.public_interval_below - 1)]


def states(material: Material, form: str) -> tuple[tuple[State, str], ...]:
    """The absences that occur in the chart, each once, with the reason.

    In a small multiple only own school has marks, so that only its absences are told.
    """
    own = material.view.own_school if form == SMALL_MULTIPLE else ""
    found = dict.fromkeys(c.state for c in material.cells if own in ("", c.group.school))
    absences = [state for state in found if state not in (State.SHOWN, State.INTERVAL)]
    return tuple((state, material.reason(state)) for state in absences)


def state_words(material: Material, form: str) -> tuple[tuple[State, str], ...]:
    """The absences in a word or two, as they stand in a row of the chart."""
    return tuple(
        (state, material.word(f"state_short.{state.value}")) for state, _ in states(material, form)
    )
