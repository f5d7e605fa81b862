"""Says which numbers of a statement a newer edition changes, old and new beside each other, and
brings its figures up to that edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from yearbook.charts import Chart
from yearbook.charts.description import Mark
from yearbook.charts.excerpt import Excerpt, brought_up_to
from yearbook.charts.words import word_of_today
from yearbook.editions import Edition, State
from yearbook.language import NO_BREAK_SPACE, Language, Text
from yearbook.statements.laid_figures import drawn, labels
from yearbook.statements.statement import Figure, Statement
from yearbook.statements.words import said

CHANGED, WITHHELD, GONE, NEWER = "changed", "withheld", "gone", "newer"
Numbers = dict[tuple[str, ...], tuple[str, str, bool]]  # key -> name, as written, is it a number


@dataclass(frozen=True, slots=True)
class FigureChange:
    """number, label: of the figure. name: of the number in it ("Kuopio, 2024"), "" of the whole.

    kind: changed, withheld (since), gone (no longer in the edition), newer (there are later
    moments: old and new are the spans). in_words: the old number stands in a person's own words,
    which no update changes.
    """

    number: int
    label: str
    name: str
    old: str
    new: str
    kind: str
    in_words: bool = False


def changed(
    statement: Statement,
    then: Mapping[str, Edition],
    now: Edition,
    language: Language | None = None,
) -> tuple[FigureChange, ...]:
    """then: by name, the editions that the figures are from. Nothing of those from `now`."""
    speaks = language or statement.language
    named = zip(labels(statement, speaks), statement.figures, strict=True)
    found: list[FigureChange] = []
    for number, (label, figure) in enumerate(named, 1):
        edition = then.get(figure.excerpt.edition)
        if edition is None or edition.name == now.name:
            continue
        told = _changes(figure, edition, now, speaks)
        found += (replace(change, number=number, label=label) for change in told)
    words = _own_words(statement)
    return tuple(replace(change, in_words=_stands_in(change.old, words)) for change in found)


def brought_up(statement: Statement, then: Mapping[str, Edition], now: Edition) -> Statement:
    """Every figure from the newer edition, with the moments that came since; what that edition no
    longer has stays as it was. A person's own words stay."""
    figures = (_brought_up(figure, then, now) for figure in statement.figures)
    return replace(statement, figures=tuple(figures))


def moved(statement: Statement, lost: Collection[str], now: Edition) -> Statement:
    """Figures of editions that cannot be opened any more, from this one: what they showed then is
    not known, so that there is nothing to compare."""
    figures = (
        _moved(figure, now) if figure.excerpt.edition in lost else figure
        for figure in statement.figures
    )
    return replace(statement, figures=tuple(figures))


def _moved(figure: Figure, now: Edition) -> Figure:
    excerpt = replace(figure.excerpt, edition=now.name, audience=now.audience)
    return figure if drawn(excerpt, now, Language.FI) is None else replace(figure, excerpt=excerpt)


def _brought_up(figure: Figure, then: Mapping[str, Edition], now: Edition) -> Figure:
    edition = then.get(figure.excerpt.edition)
    if edition is None or edition.name == now.name:
        return figure
    excerpt = brought_up_to(figure.excerpt, edition, now)
    if drawn(excerpt, now, Language.FI) is None:
        return figure
    return replace(figure, excerpt=excerpt)


def _changes(
    figure: Figure, then: Edition, now: Edition, language: Language
) -> Iterator[FigureChange]:
    old, new = (drawn(figure.excerpt, edition, language) for edition in (then, now))
    if old is None:
        return
    if new is None:
        told = said("comparing.gone", language, name=now.name)
        yield FigureChange(0, "", "", old.headline, told, GONE)
        return
    yield from _numbers_changed(old, new, language)
    yield from _newer(figure.excerpt, then, now, language)


def _numbers_changed(old: Chart, new: Chart, language: Language) -> Iterator[FigureChange]:
    numbers = _numbers(new)
    for key, (name, written, _) in _numbers(old).items():
        told = numbers.get(key)
        if told is None:
            gone = said("comparing.gone_number", language)
            yield FigureChange(0, "", name, written, gone, GONE)
        elif told[1] != written:
            yield FigureChange(0, "", name, written, told[1], CHANGED if told[2] else WITHHELD)


def _newer(
    excerpt: Excerpt, then: Edition, now: Edition, language: Language
) -> Iterator[FigureChange]:
    """The later moments that an update would bring."""
    old = drawn(excerpt, then, language)
    new = drawn(brought_up_to(excerpt, then, now), now, language)
    if old is None or new is None or set(new.moments) <= set(old.moments):
        return
    yield FigureChange(0, "", "", _period(old), _period(new), NEWER)


def _period(chart: Chart) -> str:
    return chart.subtitle.rpartition(" · ")[2]


def _numbers(chart: Chart) -> Numbers:
    """All that is written in the chart, by what it is of."""
    places = {place.key: place.name for place in chart.places}
    found: Numbers = {}
    for series in chart.series:
        for mark in series.marks:
            parts = [series.name if len(chart.series) > 1 else "", places.get(mark.place, "")]
            name = ", ".join(dict.fromkeys(_bare(part) for part in parts if part))
            found[("mark", series.key, mark.place)] = (
                name,
                _written(chart, mark),
                _is_number(mark),
            )
    for reference in chart.references:
        found[("reference",)] = ("", reference.label, True)
    for mean in chart.means:
        name = f"{places.get(mean.place, '')}, {chart.mean_label}"
        found[("mean", mean.place)] = (name, mean.written, True)
    return found


def _bare(name: str) -> str:
    """Without "(n = 12)", which may itself have changed."""
    return re.sub(r"\s*\(n\s=\s[^)]*\)$", "", name)


def _is_number(mark: Mark) -> bool:
    return mark.is_shown or mark.is_range


def _written(chart: Chart, mark: Mark) -> str:
    """ "73 % (n = 45)", "– suojattu"."""
    if not _is_number(mark):
        return f"{mark.written} {_state(mark.state, chart.language)}".strip()
    if mark.n is None:
        return mark.written
    return f"{mark.written} (n{NO_BREAK_SPACE}={NO_BREAK_SPACE}{mark.n})"


def _state(state: State, language: Language) -> str:
    try:
        return word_of_today(f"state_short.{state.value}")[language]
    except KeyError:
        return ""


def _own_words(statement: Statement) -> str:
    texts = [statement.title, statement.opening, statement.closing]
    for figure in statement.figures:
        own: list[Text | None] = [figure.headline, figure.alt, figure.text]
        texts += (words[of] for words in own if words is not None for of in Language)
    return _plain(" | ".join(texts))


def _stands_in(written: str, words: str) -> bool:
    """The number alone, whatever its spaces; a part of a longer number is another."""
    number = _plain(_bare(written))
    if not re.search(r"\d", number):
        return False
    return re.search(rf"(?<![\d,.]){re.escape(number)}(?!\d|[,.]\d)", words) is not None


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
