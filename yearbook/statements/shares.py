"""Phrases about an answer of a survey: how common it was, whether that has changed, and how it
compares; each only as far as its interval allows."""

from __future__ import annotations

from collections.abc import Sequence

from yearbook.charts.description import Mark
from yearbook.charts.differences import (
    against_the_others,
    clear_difference,
    is_clearly_commoner,
    published_share,
)
from yearbook.editions import FOLD, Group
from yearbook.statements.telling import Telling, absent, asked, sentence
from yearbook.statements.words import known

DISTRIBUTIONS = ("distribution", "multiple")


def level(telling: Telling, group: Group, mark: Mark, moment: str) -> str:
    """A share of an option; of a mean or median its value."""
    indicator = telling.indicator
    if indicator is not None and indicator.measure in DISTRIBUTIONS:
        told = answered(telling, telling.chart.option, mark.written)
        return of_those(telling, group, moment, mark, told)
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


def of_those(telling: Telling, group: Group, moment: str, mark: Mark, answered: str) -> str:
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


def answered(telling: Telling, option: str, share: str) -> str:
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


def changed(telling: Telling, marks: Sequence[Mark]) -> str:
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


def beside(telling: Telling, group: Group, mark: Mark, option: str) -> str:
    """Own school against all the others, of which it is no part; "" where that is not known."""
    whole = telling.everyone(group, option, telling.newest)
    return told_beside(telling, mark, whole) if group.school else ""


def told_beside(telling: Telling, mark: Mark, whole: Mark | None) -> str:
    difference = against_the_others(mark, whole) if whole is not None else None
    if difference is None:
        return ""
    side = "unclear" if difference == 0 else "above" if difference > 0 else "below"
    return telling.said(f"survey.others_{side}")


def commonest(
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
    told = answered(telling, option, mark.written)
    if len(shown) > 1:
        told = telling.said("survey.commonest", answered=told)
    whole = telling.everyone(group, option, moment)
    level = of_those(telling, group, moment, mark, told)
    return level + (told_beside(telling, mark, whole) if group.school else "")


def _either(
    telling: Telling, group: Group, moment: str, shown: Sequence[tuple[str, str, Mark]]
) -> str:
    _, name, mark = shown[0]
    if len(shown) < 2:
        told = telling.said("survey.single", share=mark.written, option=name, **asked(telling))
        return of_those(telling, group, moment, mark, told)
    _, other, following = shown[1]
    told = telling.said(
        "survey.either",
        share=mark.written,
        option=name,
        next=following.written,
        other=other,
        **asked(telling),
    )
    return of_those(telling, group, moment, mark, told)


def later(telling: Telling, first: Mark, last: Mark) -> str:
    chart, verdict = telling.chart, ""
    then, now = published_share(first), published_share(last)
    if not chart.breaks and then is not None and now is not None:
        change = clear_difference(now, then)
        verdict = "_unclear" if change == 0 else "_more" if change > 0 else "_less"
    survey = chart.place(last.place).name
    n = telling.number(last.n or 0)
    return telling.said(f"survey.later{verdict}", survey=survey, share=last.written, n=n)
