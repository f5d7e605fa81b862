"""Writes a chart as CSV: one row for every published cell, with what the number means beside it.

Made for programs first: one header row, no title rows, no empty rows. UTF-8 with a byte order mark
so that Excel reads the umlauts; in Finnish and Swedish ";" between fields and a decimal comma, in
English "," and a decimal point, as the Excel of each language opens it. A cell without a number is
empty and its state says why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from yearbook.charts import Chart
from yearbook.charts.description import Mark, Mean, Place, Series
from yearbook.editions import Edition, State
from yearbook.exports.safety import require_alt, safe_text
from yearbook.exports.words import fold_word, heading, source_of, state_word
from yearbook.language import Language, same_in_all

ORDER = 10
EXTENSION = "csv"
MIME = "text/csv"
LABEL = same_in_all("CSV")
DELIMITERS = {Language.FI: ";", Language.SV: ";", Language.EN: ","}
COLUMNS = ("value", "unit", "low", "high", "n", "invited", "rate", "state")
DETAILS = (
    "indicator",
    "population",
    "definition",
    "notes",
    "response",
    "source",
    "link",
    "edition",
    "invented",
)


def write(chart: Chart, edition: Edition) -> bytes:
    """The cells in the order of the chart."""
    require_alt(chart)
    out = io.StringIO()
    rows = csv.writer(out, delimiter=DELIMITERS[chart.language], lineterminator="\r\n")
    rows.writerow(_head(chart, edition))
    rows.writerows(_rows(chart, edition))
    return out.getvalue().encode("utf-8-sig")


def _head(chart: Chart, edition: Edition) -> list[str]:
    keys = [*COLUMNS, *DETAILS]
    dimensions = [chart.place_dimension]
    if len(chart.series) > 1:
        dimensions.append(chart.series_dimension)
    return dimensions + [heading(key, chart.language, edition) for key in keys]


def _rows(chart: Chart, edition: Edition) -> Iterator[list[str]]:
    details = [
        safe_text(text)
        for text in (
            chart.label,
            chart.population,
            chart.definition,
            " ".join(chart.notes),
            chart.response,
            source_of(chart),
            chart.link,
            chart.edition,
            chart.invented,
        )
    ]
    for series in chart.series:
        for place in chart.places:
            mark = series.at(place.key)
            if mark is not None:
                yield [*_cell(chart, series, place), *_number(chart, mark, edition), *details]
    for mean in chart.means:
        yield [*_mean(chart, mean, edition), *details]


def _cell(chart: Chart, series: Series, place: Place) -> list[str]:
    names = [place.name, series.name] if len(chart.series) > 1 else [place.name]
    return [safe_text(name) for name in names]


def _mean(chart: Chart, mean: Mean, edition: Edition) -> list[str]:
    """After the answers on a scale, the mean of each row."""
    name = heading("mean", chart.language, edition)
    number = plain(round(mean.value, 1), chart.language)
    shown = state_word(State.SHOWN, chart.language, edition)
    left_empty = [""] * (len(COLUMNS) - 3)
    return [safe_text(chart.place(mean.place).name), name, number, name, *left_empty, shown]


def _number(chart: Chart, mark: Mark, edition: Edition) -> list[str]:
    language = chart.language
    return [
        plain(mark.shown, language),
        "%" if chart.axis.is_share else safe_text(chart.axis.unit),
        plain(_rounded(mark.low), language),
        plain(_rounded(mark.high), language),
        "" if mark.n is None else str(mark.n),
        "" if mark.invited is None else str(mark.invited),
        plain(_rate(mark), language),
        safe_text(_state(mark, language, edition)),
    ]


def _state(mark: Mark, language: Language, edition: Edition) -> str:
    """Of options counted together that they are, of each of them with what."""
    if mark.state is State.FOLDED:
        return f"{state_word(mark.state, language, edition)}: {mark.fold}"
    return fold_word(language, edition) if mark.fold else state_word(mark.state, language, edition)


def _rate(mark: Mark) -> float | None:
    """Per cents of those invited who answered the question."""
    if mark.n is None or not mark.invited:
        return None
    return round(100 * mark.n / mark.invited, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def plain(value: float | None, language: Language) -> str:
    """A number that a program reads: no thousands, the language's decimal sign, "-" for minus."""
    if value is None:
        return ""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text if language is Language.EN else text.replace(".", ",")
