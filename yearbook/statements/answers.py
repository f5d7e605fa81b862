"""Tells the answers of a survey: how common one was, whether that has changed, and whether own
school differs from the others; each only as far as its interval allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.description import Mark, Place, Role
from yearbook.charts.differences import (
    against_the_others,
    clear_difference,
    is_clearly_commoner,
    published_share,
)
from yearbook.charts.scales import middle_of
from yearbook.editions import FOLD, Group, State
from yearbook.language import write_share
from yearbook.statements.telling import (
    Telling,
    absent,
    asked,
    group_of,
    main_place,
    main_series,
    sentence,
    since_break,
)
from yearbook.statements.words import known

DISTRIBUTIONS = ("distribution", "multiple")


def over_time(telling: Telling) -> str:
    """Lines: the newest share of the main group, and its change since the last break."""
    series = main_series(telling.chart)
    if series is None:
        return _commonest_of_lines(telling)
    group, marks = group_of(series.key), since_break(telling.chart, series)
    newest = series.at(telling.newest)
    if newest is None or not newest.is_shown:
        return absent(telling, group, newest, telling.newest)
    level = _level(telling, group, newest, telling.newest)
    if not telling.chart.axis.is_share:
        return level
    option = series.key.partition("/")[2]
    return level + _changed(telling, marks) + _beside(telling, group, newest, option)


def at_once(telling: Telling) -> str:
    """Bars, dots, map: own school's share beside the others', else everyone's."""
    marks = telling.chart.series[0].marks if telling.chart.series else ()
    place = next((p for p in telling.chart.places if p.role is Role.OWN), None)
    if place is None:
        return _everyone(telling)
    group, mark = group_of(place.key), telling.chart.series[0].at(place.key)
    if mark is None or mark not in marks or not mark.is_shown:
        return absent(telling, group, mark, telling.newest)
    level = _level(telling, group, mark, telling.newest)
    return level + _beside(telling, group, mark, telling.chart.option)


def in_rows(telling: Telling) -> str:
    """Stacked bars: the commonest answer of the main row."""
    chart = telling.chart
    place = main_place(chart.places, [mark for series in chart.series for mark in series.marks])
    if place is None:
        return ""
    key, _, moment = place.key.rpartition("|")
    answers = [(s.key, s.name, m) for s in chart.series if (m := s.at(place.key)) is not None]
    return _commonest(telling, group_of(key), moment, answers)


def by_option(telling: Telling) -> str:
    """Options beside each other: the commonest answer of own school, else of the first group."""
    series = next(
        (
            s
            for s in telling.chart.series
            if s.role is Role.OWN and any(m.is_shown for m in s.marks)
        ),
        telling.chart.series[0] if telling.chart.series else None,
    )
    if series is None:
        return ""
    names = {place.key: place.name for place in telling.chart.places}
    answers = [(mark.place, names[mark.place], mark) for mark in series.marks]
    return _commonest(telling, group_of(series.key), telling.newest, answers)


def on_a_scale(telling: Telling) -> str:
    """Diverging bars: how many answered positively in the main row."""
    chart = telling.chart
    scored = [s for s, score in zip(chart.series, chart.scale, strict=True) if score is not None]
    place = main_place(chart.places, [mark for series in scored for mark in series.marks])
    mark = _positive(telling, place) if place is not None else None
    if place is None or mark is None:
        return ""
    key, _, moment = place.key.rpartition("|")
    group = group_of(key)
    own_words = known(f"positive.{chart.indicator}", telling.language)
    pattern = own_words or known("survey.positive", telling.language)
    told = pattern.format(share=mark.written, **asked(telling))
    return _answers(telling, group, moment, mark, told) + _positive_beside(telling, place, mark)


def between_surveys(telling: Telling) -> str:
    """Slopes: the share soon after graduation and later, and whether they differ clearly."""
    chart = telling.chart
    own = next((s for s in chart.series if s.role is Role.OWN), None)
    series = own or (chart.series[0] if chart.series else None)
    shown = [mark for mark in series.marks if mark.is_shown] if series is not None else []
    if series is None or len(shown) < 2:
        return ""
    first, last = shown[0], shown[-1]
    option = series.key.partition("/")[2] or chart.option
    group = replace(group_of(series.key), survey=first.place)
    level = _answers(
        telling, group, telling.newest, first, _answered(telling, option, first.written)
    )
    return level + _later(telling, first, last)


# --- Sentences ------------------------------------------------------------------------------------


def _level(telling: Telling, group: Group, mark: Mark, moment: str) -> str:
    """A share of an option; of a mean or median its value."""
    indicator = telling.indicator
    if indicator is not None and indicator.measure in DISTRIBUTIONS:
        told = _answered(telling, telling.chart.option, mark.written)
        return _answers(telling, group, moment, mark, told)
    return sentence(
        telling.said(
            f"survey.{'median' if indicator and indicator.measure == 'median' else 'mean'}",
            out=telling.out_of_group(group),
            when=telling.when(moment),
            **asked(telling),
            value=telling.value(mark),
            basis=telling.basis(group, mark),
        )
    )


def _answers(telling: Telling, group: Group, moment: str, mark: Mark, answered: str) -> str:
    """ "Kuopion konservatoriosta lukuvuonna 2023–24 valmistuneista vastaajista 73 % oli …"."""
    return sentence(
        telling.said(
            "survey.answers",
            out=telling.out_of_group(group),
            when=telling.when(moment),
            answered=answered,
            basis=telling.basis(group, mark),
        )
    )


def _answered(telling: Telling, option: str, share: str) -> str:
    """ "73 % oli työllisiä"; of most questions in what was asked and answered."""
    own_words = known(f"answered.{telling.chart.indicator}.{option}", telling.language)
    if own_words:
        return own_words.format(share=share)
    indicator = telling.indicator
    is_multiple = indicator is not None and indicator.measure == "multiple"
    return telling.said(
        "survey.multiple" if is_multiple else "survey.single",
        share=share,
        option=_name_of(telling, option),
        **asked(telling),
    )


def _name_of(telling: Telling, option: str) -> str:
    question = telling.question
    codes = option.split(FOLD)
    if question is None:
        return telling.chart.label
    is_detailed = telling.indicator is not None and telling.indicator.detailed
    ordered = [question.choices, question.classes]
    entries = {c.code: c for part in (ordered[::-1] if is_detailed else ordered) for c in part}
    either = f" {telling.catalogue.word('charts.fold.or')[telling.language]} "
    return either.join(entries[c].label[telling.language] for c in codes if c in entries)


def _changed(telling: Telling, marks: Sequence[Mark]) -> str:
    """Newcombe's interval decides, as in the headline; "" with a single moment since the break."""
    if len(marks) < 2 or marks[-1].place != telling.newest:
        return ""
    first, last = marks[0], marks[-1]
    then, now = published_share(first), published_share(last)
    if then is None or now is None:
        return ""
    change, when = 100 * clear_difference(now, then), telling.when(first.place)
    if change == 0:
        return telling.said("survey.unclear", when=when)
    size = telling.said("annual.points", number=telling.number(abs(change)))
    key = "survey.more" if change > 0 else "survey.less"
    return telling.said(key, size=size, when=when, then=first.written)


def _beside(telling: Telling, group: Group, mark: Mark, option: str) -> str:
    """Own school against all the others, of which it is no part; "" where that is not known."""
    whole = telling.everyone(group, option, telling.newest)
    return _told_beside(telling, mark, whole) if group.school else ""


def _told_beside(telling: Telling, mark: Mark, whole: Mark | None) -> str:
    difference = against_the_others(mark, whole) if whole is not None else None
    if difference is None:
        return ""
    side = "unclear" if difference == 0 else "above" if difference > 0 else "below"
    return telling.said(f"survey.others_{side}")


def _everyone(telling: Telling) -> str:
    """Of bars without an own school: the only group, or all schools together, where the edition
    has them."""
    places = telling.chart.places
    group = group_of(places[0].key) if places else Group()
    if len(places) == 1 and (mark := telling.chart.series[0].at(places[0].key)) is not None:
        return _level(telling, group, mark, telling.newest) if mark.is_shown else ""
    whole = telling.everyone(group, telling.chart.option, telling.newest)
    if whole is None or not group.school:
        return ""
    return _level(telling, replace(group, school=""), whole, telling.newest)


def _commonest_of_lines(telling: Telling) -> str:
    """Lines of the options of one group: what was the commonest at the newest moment."""
    series = telling.chart.series
    keys = {s.key.partition("/")[0] for s in series}
    if len(keys) != 1 or not telling.chart.axis.is_share:
        return ""
    answers = [
        (s.key.partition("/")[2], s.name, mark)
        for s in series
        if (mark := s.at(telling.newest)) is not None
    ]
    return _commonest(telling, group_of(keys.pop()), telling.newest, answers)


def _commonest(
    telling: Telling, group: Group, moment: str, answers: Sequence[tuple[str, str, Mark]]
) -> str:
    """Where one answer is clearly the commonest, that; else the first two, and that it is not
    clear."""
    shown = sorted((a for a in answers if a[2].is_shown), key=lambda a: -(a[2].value or 0))
    if not shown:
        mark = answers[0][2] if answers else None
        return absent(telling, group, mark, moment)
    option, name, mark = shown[0]
    if mark.fold or (len(shown) > 1 and not is_clearly_commoner(mark, shown[1][2])):
        return _either(telling, group, moment, shown)
    told = _answered(telling, option, mark.written)
    if len(shown) > 1:
        told = telling.said("survey.commonest", answered=told)
    whole = telling.everyone(group, option, moment)
    level = _answers(telling, group, moment, mark, told)
    return level + (_told_beside(telling, mark, whole) if group.school else "")


def _either(
    telling: Telling, group: Group, moment: str, shown: Sequence[tuple[str, str, Mark]]
) -> str:
    _, name, mark = shown[0]
    if len(shown) < 2:
        told = telling.said("survey.single", share=mark.written, option=name, **asked(telling))
        return _answers(telling, group, moment, mark, told)
    _, other, following = shown[1]
    told = telling.said(
        "survey.either",
        share=mark.written,
        option=name,
        next=following.written,
        other=other,
        **asked(telling),
    )
    return _answers(telling, group, moment, mark, told)


def _positive(telling: Telling, place: Place) -> Mark | None:
    """All positive answers of a row; None where some are counted together with others."""
    question = telling.question
    scores = {c.code: c.score for c in question.choices} if question is not None else {}
    steps = [score for score in scores.values() if score is not None]
    if not steps:
        return None
    middle = middle_of(steps)
    marks = []
    for series in telling.chart.series:
        mark = series.at(place.key)
        if mark is None or mark.state is State.FOLDED:
            continue
        sides = {(scores.get(code) or middle) > middle for code in series.key.split(FOLD)}
        if len(sides) > 1:
            return None
        marks += [mark] if sides == {True} else []
    return _together(telling, marks)


def _together(telling: Telling, marks: Sequence[Mark]) -> Mark | None:
    """From persons, so that rounding does not add up."""
    if not marks or any(mark.count is None or not mark.n for mark in marks):
        return None
    first, count = marks[0], sum(mark.count or 0 for mark in marks)
    share = count / (first.n or 1)
    written = write_share(share, 0, telling.language)
    return replace(first, count=count, value=100 * share, written=written, low=None, high=None)


def _positive_beside(telling: Telling, place: Place, mark: Mark) -> str:
    if place.role is not Role.OWN:
        return ""
    moment = place.key.rpartition("|")[2]
    rows = (p for p in telling.chart.places if p.role is Role.ALL)
    whole = next((p for p in rows if p.key.rpartition("|")[2] == moment), None)
    return _told_beside(telling, mark, _positive(telling, whole) if whole is not None else None)


def _later(telling: Telling, first: Mark, last: Mark) -> str:
    chart, verdict = telling.chart, ""
    then, now = published_share(first), published_share(last)
    if not chart.breaks and then is not None and now is not None:
        change = clear_difference(now, then)
        verdict = "_unclear" if change == 0 else "_more" if change > 0 else "_less"
    survey = chart.place(last.place).name
    n = telling.number(last.n or 0)
    return telling.said(f"survey.later{verdict}", survey=survey, share=last.written, n=n)
