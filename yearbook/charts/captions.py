"""Writes what stands around a chart: subtitle, population, source and footer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yearbook.charts.description import Chart
from yearbook.charts.material import Material, ends
from yearbook.charts.own_school import own_school
from yearbook.charts.schools import expected, missing, newest_year, whole_of
from yearbook.charts.trends import write_period
from yearbook.charts.words import lowered, word_of
from yearbook.editions import ALL_BLOCKS, FRAME, PUBLIC
from yearbook.language import Language, write_date

SEPARATOR = " · "
MULTIPLE = "multiple"
SMALL_MULTIPLE = "small_multiple"


def subtitle(material: Material) -> str:
    """Measure, unit, population, period: all that the headline leaves open."""
    parts = [_measure(material), population(material), period(material)]
    return SEPARATOR.join(part for part in parts if part)


def label_of(material: Material) -> str:
    """The figure, and the option of it that is followed."""
    label = material.indicator.label[material.language]
    if not material.view.option:
        return label
    return f"{label}: {lowered(material.option_name(material.view.option))}"


def _measure(material: Material) -> str:
    label = label_of(material)
    if material.indicator.code == FRAME:
        return label
    if material.is_survey and material.is_share:
        told = [label, material.word("charts.share_of_respondents"), _answers_each(material)]
        return ", ".join(part for part in told if part)
    if material.is_share:
        return f"{label}, %"
    if material.indicator.unit == "score":
        return f"{label}, {material.word('charts.scale')}"
    if _says_its_unit(material):
        return label
    return f"{label}, {material.word(f'unit.{material.indicator.unit}')}"


def _says_its_unit(material: Material) -> bool:
    """Applicants per place. In Finnish the two differ by an ending, so any language will do."""
    label = material.indicator.label
    unit = word_of(material.catalogue, f"unit.{material.indicator.unit}")
    return any(unit[language].casefold() == label[language].casefold() for language in Language)


def _answers_each(material: Material) -> str:
    """Whether each named one answer or several, where the two could be taken for each other, as the
    one main activity and all activities."""
    if material.indicator.measure == MULTIPLE:
        return material.word("charts.several_answers")
    question = material.question
    is_gathered = question is not None and question.type == "single" and bool(question.classes)
    return material.word("charts.one_answer") if is_gathered else ""


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
    if material.view.form == SMALL_MULTIPLE and material.view.own_school:
        parts.append(material.name("school", material.view.own_school))
    elif others:
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
        material.word("public.rounded") if material.edition.audience == PUBLIC else "",
    ]
    return SEPARATOR.join(part for part in parts if part)


def _schools_included(material: Material) -> str:
    """15/16 schools, for annual figures of the newest year in the chart."""
    year, whole = newest_year(material), whole_of(material)
    if not year or whole is None:
        return ""
    schools, absent = expected(material, year, whole), missing(material, year, whole)
    included = len(schools) - len(absent)
    if not schools:
        return ""
    return material.word("charts.schools_included", included=included, whole=len(schools))


def footer(material: Material, chart: Chart) -> tuple[str, ...]:
    """Source · notes · n · date · the mark of invented figures, each a line of its own."""
    lines = [source(material)]
    if chart.notes:
        lines.append(f"{material.word('charts.note')} {' '.join(chart.notes)}")
    if chart.response:
        lines.append(chart.response)
    day = write_date(date.fromisoformat(material.edition.published[:10]), material.language)
    lines.append(material.word("charts.published", date=day))
    if chart.invented:
        lines.append(chart.invented)
    return tuple(lines)


def linked(chart: Chart, address: str) -> Chart:
    """The chart with the address at which it is seen again: after the number of answers, before
    the date. Whoever prints the footer prints the link with it."""
    if not address:
        return chart
    place = 1 + bool(chart.notes) + bool(chart.response)
    footer = [line for line in chart.footer if not chart.link or line != chart.link]
    return replace(chart, link=address, footer=(*footer[:place], address, *footer[place:]))


def invented(material: Material) -> str:
    return material.word("charts.invented") if material.edition.invented else ""


def file_name(material: Material) -> str:
    """ "students_2012-2025_2026.1", for a download; with the school that alone may see it."""
    moments = list(dict.fromkeys(material.moments[:1] + material.moments[-1:]))
    about = [material.indicator.code, material.view.option]
    parts = [*about, "-".join(moments), material.edition.name, own_school(material)]
    return "_".join(filter(None, parts))
