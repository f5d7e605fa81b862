"""Reads the cells of old results: which option of which question they tell of, and of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from data_loaders.findings import Findings, quoted
from data_loaders.hints import Hints
from data_loaders.results.round_rows import Place, RoundRows, wordings
from data_loaders.sheets.tables import Column, Table, cell
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Question

ANSWERED, SHARE, COUNT = "answered", "share", "value"
# Whether a column holds counts or shares is told by its own heading, or by the numbers.
TELLING = (COUNT, SHARE, "")
_WORD = re.compile(r"[^\W\d_]{3,}|%")


@dataclass(frozen=True, slots=True)
class Told:
    """What one row of an old table tells of one option, as it is `written` there.

    told: the cell under each of TELLING; unit: SHARE or COUNT where a title says so of all.
    """

    place: Place
    question: str
    option: str
    written: str
    told: dict[str, Value]
    n: Value
    unit: str
    sheet: str
    cell: str
    n_cell: str


class AggregatedReader:
    """One table of old results, in long form or with options beside each other."""

    def __init__(self, table: Table, lexicon: Lexicon, hints: Hints, findings: Findings) -> None:
        self.table = with_options(table, lexicon)
        self.lexicon = lexicon
        self.findings = findings
        self.rows = RoundRows(self.table, lexicon, hints, findings)
        self.unit = _unit_of(self.table, lexicon)
        self.remarked: set[str] = set()

    def read(self) -> Iterator[Told]:
        is_long = bool(self.table.with_role("question") and self.table.with_role("option"))
        columns = list(_options_beside(self.table))
        if not is_long:
            self._remark_strange(columns)
        for number, cells in self.rows.rows():
            place = self._place(number, cells)
            if place is not None:
                yield from (
                    self._long(place, number, cells)
                    if is_long
                    else self._wide(columns, place, number, cells)
                )

    def _place(self, number: int, cells: Sequence[Value]) -> Place | None:
        """Whose the row is; None where a finding says that it is not read."""
        place = self.rows.place(number, cells)
        if place is None:
            return None
        column, value = self.rows.value("programme", cells)
        if place.is_open:
            said, address = quoted(text_of(value)), self.rows.address(number, column)
            self.findings.warn("tabulated_programme_open", self.table.name, address, value=said)
            return None
        if place.last >= place.survey_year:
            self._fail_cohort(place, number, cells)
            return None
        return place

    def _fail_cohort(self, place: Place, number: int, cells: Sequence[Value]) -> None:
        column, value = self.rows.value("cohort", cells)
        year = place.survey_year
        self.rows.fail(
            "cohort_after_round",
            number,
            column,
            survey=self.rows.catalogue.surveys[place.survey].name,
            year=year,
            value=text_of(value),
            expected=f"{year - 1}–{year % 100:02}",
        )

    def _long(self, place: Place, number: int, cells: Sequence[Value]) -> Iterator[Told]:
        asked, said = self.rows.value("question", cells)
        answered, answer = self.rows.value("option", cells)
        if said is None or answer is None or self.lexicon.is_ignored_label(answer):
            return
        question = self._question(text_of(said), self.rows.address(number, asked))
        if question is None:
            return
        option = self._option(question, answer, self.rows.address(number, answered))
        if option is None:
            return
        told = {role: self.rows.value(role, cells)[1] for role in (COUNT, SHARE)}
        # A column that is only called "value" may hold shares: the numbers tell.
        if not self.table.with_role(SHARE):
            told = {"": told[COUNT]}
        column = next(iter((*self.table.with_role(SHARE), *self.table.with_role(COUNT))), None)
        n_column, n = self.rows.value(ANSWERED, cells)
        yield self._told(
            place, (question.code, option, text_of(answer)), told, (number, column, n_column, n)
        )

    def _wide(
        self, columns: Sequence[Column], place: Place, number: int, cells: Sequence[Value]
    ) -> Iterator[Told]:
        together: dict[tuple[str, str, str], dict[str, Column]] = {}
        for column in columns:
            meaning = column.meaning
            if meaning is not None and meaning.option is not None:
                asked = (meaning.question, meaning.option, _written(column))
                own = together.setdefault(asked, {})
                own[meaning.role] = column
        for asked, own in together.items():
            told = {role: cell(cells, column.index) for role, column in own.items()}
            if all(value is None for value in told.values()):
                continue  # this question was not asked of this group
            n_column = self._n_column(asked[0])
            n = cell(cells, n_column.index) if n_column else None
            first = next(iter(own.values()))
            yield self._told(place, asked, told, (number, first, n_column, n))

    def _told(
        self,
        place: Place,
        asked: tuple[str, str, str],
        told: dict[str, Value],
        where: tuple[int, Column | None, Column | None, Value],
    ) -> Told:
        number, column, n_column, n = where
        return Told(
            place,
            *asked,
            told,
            n,
            self.unit,
            self.table.name,
            self.rows.address(number, column),
            self.rows.address(number, n_column or column),
        )

    def _n_column(self, question: str) -> Column | None:
        """The question's own column of respondents, else the one of the whole table."""
        columns = self.table.with_role(ANSWERED)
        own = [c for c in columns if c.meaning and c.meaning.question == question]
        common = [c for c in columns if c.meaning and not c.meaning.question]
        return next(iter((*own, *common)), None)

    def _question(self, said: str, address: str) -> Question | None:
        """A known question with options; another is remarked upon once."""
        meaning = self.lexicon.heading(said)
        question = self.lexicon.questions.get(meaning.question) if meaning else None
        if question is not None and question.choices:
            return question
        if said not in self.remarked:
            self.remarked.add(said)
            code = "unknown_row" if question is None else "tabulated_without_options"
            self.findings.warn(code, self.table.name, address, value=quoted(said))
        return None

    def _option(self, question: Question, value: Value, address: str) -> str | None:
        known = self.lexicon.choices[question.code].find(value)
        if known:
            return known[0]
        return self._unknown(question, text_of(value), address)

    def _unknown(self, question: Question, said: str, address: str) -> str | None:
        """An option that nobody knows: folded where the catalogue has a choice for all others."""
        spellings = self.lexicon.choices[question.code]
        values = {"what": question.label, "value": quoted(said)}
        if spellings.catch_all is not None:
            option = question.choice(spellings.catch_all).label
            self.findings.warn("folded_option", self.table.name, address, **values, option=option)
            return spellings.catch_all
        guess = spellings.suggest(said)
        code = "unknown_option_guessed" if guess else "unknown_option"
        self.findings.fail(code, self.table.name, address, **values, guess=guess or "")
        return None

    def _remark_strange(self, columns: Sequence[Column]) -> None:
        """Columns of a question that name none of its options, and those that nobody knows."""
        row = max(self.table.header, default=self.table.first_row)
        for column in self.table.columns:
            address = self.table.address(row, column.index)
            if column in columns and column.meaning and column.meaning.option is None:
                question = self.lexicon.questions[column.meaning.question]
                self._unknown(question, _written(column), address)
            elif column.meaning is None and column.heading:
                said = quoted(column.heading)
                self.findings.warn("unknown_column", self.table.name, address, value=said)


def with_options(table: Table, lexicon: Lexicon) -> Table:
    """A table whose title is the question and whose headings are its options."""
    named = lexicon.heading(table.name)
    code = table.above.question or (named.question if named else "")
    if not code or code not in lexicon.choices:
        return table
    columns = []
    for column in table.columns:
        chosen = lexicon.choices[code].find(column.heading) if column.heading else ()
        is_free = column.meaning is None or column.meaning.question == code
        if chosen and is_free:
            column = replace(column, meaning=Meaning(question=code, option=chosen[0]))
        columns.append(column)
    return replace(table, columns=tuple(columns))


def _options_beside(table: Table) -> Iterable[Column]:
    """The columns of options; one of respondents may stand under its question, too."""
    return (
        column
        for column in table.columns
        if column.meaning is not None and column.meaning.question and column.meaning.role in TELLING
    )


def _written(column: Column) -> str:
    """The option as the heading has it; what says that the numbers are counts is no part of it."""
    parts = column.heading.split(" – ")
    has_unit = column.meaning is not None and column.meaning.role and len(parts) > 1
    return parts[-2] if has_unit else parts[-1]


def _unit_of(table: Table, lexicon: Lexicon) -> str:
    """What titles and headings say that all numbers are: "Osuudet, %", "Lukumäärä"."""
    texts = [text_of(value) for row in table.sheet.rows[: table.first_row] for value in row]
    words = {word for text in texts for word in _WORD.findall(text)}
    counts = wordings(lexicon.catalogue.word("round.counts"))
    is_count = any(normal(word) in counts for word in words)
    is_share = any(SHARE in lexicon.roles.find(word) for word in words)
    if is_count == is_share:
        return ""
    return COUNT if is_count else SHARE
