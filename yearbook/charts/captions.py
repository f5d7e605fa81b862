"""Writes what stands around a chart: subtitle, population, source, notes and footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from yearbook.charts.description import Chart
from yearbook.charts.material import Material, ends
from yearbook.charts.schools import MISSING, expected, missing
from yearbook.charts.trends import write_period
from yearbook.editions import ALL_BLOCKS, Group, State
from yearbook.language import EN_DASH, write_date

SEPARATOR = " · "
SMALL_MULTIPLE = "small_multiple"
MOST_NAMES = 6
MOST_YEARS = 3


def subtitle(material: Material) -> str:
    """Measure, unit, population, period: all that the headline leaves open."""
    parts = [_measure(material), population(material), period(material)]
    return SEPARATOR.join(part for part in parts if part)


def _measure(material: Material) -> str:
    label = material.indicator.label[material.language]
    if material.view.option:
        label = f"{label}: {material.option_name(material.view.option).lower()}"
    if material.is_survey and material.is_share:
        return f"{label}, {material.word('charts.share_of_respondents')}"
    if material.is_share:
        return f"{label}, %"
    if material.indicator.unit == "score":
        return f"{label}, {material.word('charts.scale')}"
    unit = material.word(f"unit.{material.indicator.unit}")
    return label if unit.casefold() == label.casefold() else f"{label}, {unit}"


def population(material: Material) -> str:
    """The values that all groups of the chart share: survey, programme, school or region."""
    groups = material.groups
    if not groups:
        return ""
    first, parts = groups[0], []
    if first.survey and "survey" not in material.varying:
        parts.append(material.name("survey", first.survey))
    for dimension in ("programme", "region", "maintainer_kind"):
        value = getattr(first, dimension)
        if value and dimension not in material.varying:
            parts.append(material.name(dimension, value))
    others = [dimension for dimension in material.varying if dimension != "survey"]
    if others:
        parts.append(material.word(f"charts.by.{others[0]}"))
    elif not (first.region or first.maintainer_kind):
        parts.append(material.name("school", first.school))
    return SEPARATOR.join(parts)


def period(material: Material) -> str:
    """ "2012–2025", or the school years of graduation with how many are pooled."""
    moments = [moment for moment in material.moments if moment != ALL_BLOCKS]
    if material.time == "year" or not material.moments:
        return write_period(material)
    if not moments:
        return material.name("block", ALL_BLOCKS)
    first, last = ends(moments[0])[0], ends(moments[-1])[1]
    names = [material.name("cohort", str(year)) for year in dict.fromkeys((first, last))]
    number = "one" if first == last else "many"
    told = material.word(f"charts.graduates.{number}", first=names[0], last=names[-1])
    if material.time == "block" and len(moments) == 1 and first != last:
        return f"{told} {material.word('charts.pooled', number=last - first + 1)}"
    return told


def source(material: Material) -> str:
    """Lähde: statistics or survey, organisation, schools included, edition."""
    kinds = dict.fromkeys(cell.group.survey for cell in material.cells)
    if material.is_survey:
        named = ", ".join(material.name("survey", kind).lower() for kind in kinds if kind)
    else:
        named = material.word("charts.annual_statistics")
    organisation = material.catalogue.association[material.language]
    parts = [
        f"{material.word('charts.source')}: {', '.join(filter(None, (organisation, named)))}",
        _schools_included(material),
        material.word("charts.edition", name=material.edition.name),
    ]
    return SEPARATOR.join(part for part in parts if part)


def _newest_year(material: Material) -> str:
    return material.moments[-1] if material.time == "year" and material.moments else ""


def _whole(material: Material) -> Group | None:
    """The group that holds all the schools of the chart; None where it is about single schools."""
    groups = material.groups
    for group in groups:
        if material.is_everyone(group):
            return group
    if len(groups) == 1 or not set(material.varying) - {"programme", "survey"}:
        return None if not groups or groups[0].school else _of_all_programmes(material, groups[0])
    return Group(programme=groups[0].programme if "programme" not in material.varying else "")


def _of_all_programmes(material: Material, group: Group) -> Group:
    return replace(group, programme="") if "programme" in material.varying else group


def _schools_included(material: Material) -> str:
    """15/16 schools, for annual figures of the newest year in the chart."""
    year, whole = _newest_year(material), _whole(material)
    if not year or whole is None:
        return ""
    schools, absent = expected(material, year, whole), missing(material, year, whole)
    included = len(schools) - len(absent)
    if not schools:
        return ""
    return material.word("charts.schools_included", included=included, whole=len(schools))


def notes(material: Material, chart: Chart) -> tuple[str, ...]:
    """What a reader must know: who is missing, absences, what whiskers mean, bound remarks."""
    found = [
        *_missing_schools(material),
        *chart.remarks,
        *_absences(material, chart),
        *_interval_note(material, chart),
        *_bound_notes(material),
    ]
    return tuple(dict.fromkeys(map(_sentence, found)))


def _missing_schools(material: Material) -> list[str]:
    """By name, for the newest years of which a school is missing."""
    whole = _whole(material)
    if material.time != "year" or whole is None:
        return []
    found = []
    for year in reversed(material.moments):
        absent = [s.short[material.language] for s in missing(material, year, whole)]
        if absent:
            named = _listed(absent)
            found.append(material.word("charts.missing_schools", year=year, schools=named))
    return found[:MOST_YEARS]


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
        names = [] if chart.form == SMALL_MULTIPLE else _names_with(material, state)
        found.append(f"{reason.rstrip('.')} ({_listed(names)})" if names else reason)
    return found


def _names_with(material: Material, state: State) -> list[str]:
    """The groups without a number, with their times where only some of these lack it."""
    if not material.varying and len(material.moments) < 2:
        return []
    times: dict[Group, list[str]] = {}
    for (group, moment, _), cell in material.by_position.items():
        if cell.state is state and moment not in times.setdefault(group, []):
            times[group].append(moment)
    return [_named(material, group, moments) for group, moments in times.items()]


def _named(material: Material, group: Group, moments: list[str]) -> str:
    name = material.group_name(group, is_short=True) if material.varying else ""
    if not material.time or len(material.moments) < 2 or len(moments) == len(material.moments):
        return name
    when = ", ".join(material.name(material.time, moment) for moment in moments[-MOST_YEARS:])
    return f"{name} {when}".strip()


def _interval_note(material: Material, chart: Chart) -> list[str]:
    if not chart.has_whiskers:
        return []
    kind = "quartiles" if material.indicator.measure == "median" else "interval"
    return [material.word(f"charts.remark.{kind}")]


def _bound_notes(material: Material) -> list[str]:
    """Remarks of the edition that are bound to this figure, these schools or these years."""
    schools = {group.school for group in material.groups}
    found = []
    for remark in material.edition.notes:
        is_ours = remark.indicator in ("", material.indicator.code)
        is_here = not remark.school or remark.school in schools
        if is_ours and is_here and _is_within(material, remark.year):
            found.append(remark.text[material.language])
    return found


def _is_within(material: Material, year: str) -> bool:
    """A remark about a year follows charts that reach over it; of surveys, all."""
    if not year or material.time != "year" or not material.moments:
        return True
    return int(material.moments[0]) <= int(year) <= int(material.moments[-1])


def states(material: Material, form: str) -> tuple[tuple[State, str], ...]:
    """The absences that occur in the chart, each once, with the reason.

    In a small multiple only own school has marks, so that only its absences are told.
    """
    own = material.view.own_school if form == SMALL_MULTIPLE else ""
    found = dict.fromkeys(c.state for c in material.cells if own in ("", c.group.school))
    absences = [state for state in found if state not in (State.SHOWN, State.INTERVAL)]
    return tuple((state, material.word(f"state.{state.value}")) for state in absences)


def footer(material: Material, chart: Chart) -> tuple[str, ...]:
    """Source · notes · n · date · the mark of invented figures, each a line of its own."""
    lines = [source(material)]
    if chart.notes:
        lines.append(f"{material.word('charts.note')} {' '.join(chart.notes)}")
    if respondents := _respondents(material):
        lines.append(respondents)
    day = write_date(date.fromisoformat(material.edition.published[:10]), material.language)
    lines.append(material.word("charts.published", date=day))
    if chart.invented:
        lines.append(chart.invented)
    return tuple(lines)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _respondents(material: Material) -> str:
    """n of everyone, or of the only group; with several groups n stands beside each."""
    if not material.is_survey:
        return ""
    groups = [g for g in material.groups if material.is_everyone(g)] or list(material.groups)
    if len(groups) != 1:
        return ""
    cells = [c for (group, _, _), c in material.by_position.items() if group == groups[0]]
    counts = sorted({cell.n for cell in cells if cell.n})
    if not counts:
        return ""
    fewest, most = counts[0], counts[-1]
    return f"n = {fewest}" if fewest == most else f"n = {fewest}{EN_DASH}{most}"


def invented(material: Material) -> str:
    return material.word("charts.invented") if material.edition.invented else ""


def state_words(material: Material, form: str) -> tuple[tuple[State, str], ...]:
    """The absences in a word or two, as they stand in a row of the chart."""
    return tuple(
        (state, material.word(f"state_short.{state.value}")) for state, _ in states(material, form)
    )


def file_name(material: Material) -> str:
    """ "students_2012-2025_2026.1", for a download."""
    moments = list(dict.fromkeys(material.moments[:1] + material.moments[-1:]))
    about = [material.indicator.code, material.view.option]
    return "_".join(filter(None, [*about, "-".join(moments), material.edition.name]))
