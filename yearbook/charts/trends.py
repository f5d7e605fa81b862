"""Says how a series has changed, in a headline of at most ten words."""

from __future__ import annotations

from yearbook.charts.description import Mark, Role, Series
from yearbook.charts.differences import clear_difference, published_share
from yearbook.charts.marks import rounded
from yearbook.charts.material import Material
from yearbook.charts.series_breaks import breaks_of
from yearbook.charts.words import lowered
from yearbook.editions import ALL_BLOCKS
from yearbook.language import EN_DASH, write_number, write_share, write_span

MOST_WORDS = 10
SMALL_COUNT = 100  # below this a change is told as a number, not as a per cent


def trend_headline(material: Material, series: tuple[Series, ...]) -> str:
    """The change of the chart's main series since its last break; neutral where it is not clear."""
    main = main_series(series)
    if main is None:
        return neutral(material)
    finding = _finding(material, main)
    if not finding:
        return neutral(material)
    is_one_of_many = main.role is Role.OWN and len(series) > 1
    about = named_topic(material, main.name) if is_one_of_many else topic(material)
    return short(f"{about}: {finding}", material)


def main_series(series: tuple[Series, ...]) -> Series | None:
    """Own school, else everyone, else the only one."""
    for role in (Role.OWN, Role.ALL):
        for found in series:
            if found.role is role:
                return found
    return series[0] if len(series) == 1 else None


def topic(material: Material) -> str:
    """What the chart is about: the indicator, or the chosen option of it."""
    if material.view.option:
        return material.option_name(material.view.option)
    return material.indicator.label[material.language]


def named_topic(material: Material, name: str) -> str:
    return f"{name}, {lowered(topic(material))}"


def neutral(material: Material) -> str:
    """The topic and its period, where there is nothing clear to say."""
    if material.moments == (ALL_BLOCKS,):
        return short(f"{topic(material)}, {lowered(write_period(material))}", material)
    return short(f"{topic(material)} {write_period(material)}".strip(), material)


def write_period(material: Material) -> str:
    """ "2012–2025", "2012–13 – 2023–24", "2019–2021"."""
    if not material.moments:
        return ""
    first, last = material.moments[0], material.moments[-1]
    if material.time == "year":
        return write_span(int(first), int(last))
    names = [material.name(material.time, moment) for moment in dict.fromkeys((first, last))]
    return f" {EN_DASH} ".join(names)


def short(headline: str, material: Material) -> str:
    """The headline if it has at most ten words, else the plain topic."""
    return headline if len(headline.split()) <= MOST_WORDS else topic(material)


def _finding(material: Material, series: Series) -> str:
    marks = _since_break(material, series)
    if len(marks) < 2:
        return ""
    first, last = marks[0], marks[-1]
    since = material.name(material.time, first.place)
    if material.is_survey:
        return _survey_finding(material, first, last, since)
    return _directed(material, *_annual_change(material, first, last), since)


def _since_break(material: Material, series: Series) -> list[Mark]:
    """The figures since the last break in which every school is in."""
    borders = [line.before for line in breaks_of(material)]
    start = material.moments.index(borders[-1]) if borders else 0
    after = set(material.moments[start:])
    return [m for m in series.marks if m.is_shown and not m.hollow and m.place in after]


def _annual_change(material: Material, first: Mark, last: Mark) -> tuple[float, str]:
    """The change and how its size is written."""
    before, after = first.shown or 0.0, last.shown or 0.0
    change, decimals = after - before, material.indicator.decimals
    number = write_number(abs(change), decimals, material.language)
    if material.is_share:
        return change, material.word("charts.headline.points", number=number)
    if material.indicator.measure != "sum" or before < SMALL_COUNT:
        return change, number
    percent = write_share(abs(change / before), 0, material.language)
    is_same = rounded(100 * change / before, 0) == 0
    return 0.0 if is_same else change, percent


def _survey_finding(material: Material, first: Mark, last: Mark, since: str) -> str:
    now, then = published_share(last), published_share(first)
    if not material.is_share or now is None or then is None:
        return ""
    change = 100 * clear_difference(now, then)
    if change == 0:
        return material.word("charts.headline.unclear", since=since)
    number = write_number(abs(change), 0, material.language)
    size = material.word("charts.headline.points", number=number)
    return _directed(material, change, size, since)


def _directed(material: Material, change: float, size: str, since: str) -> str:
    if abs(change) < 1e-9:
        return material.word("charts.headline.same", since=since)
    key = "up" if change > 0 else "down"
    return material.word(f"charts.headline.{key}", change=size, since=since)
