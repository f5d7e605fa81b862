"""Puts the numbers of old tables together: of each group its respondents and its counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data_loaders.cells.numbers import number
from data_loaders.cells.values import is_whole
from data_loaders.findings import Findings, quoted, said_number
from data_loaders.results.counts import Count, Shares, agrees, count_of, exactly, is_of_hundred
from data_loaders.results.rows import COUNT, SHARE, Told
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.spelling import normal, text_of
from data_loaders.workbook import Value
from yearbook.catalogue import Question
from yearbook.leaves import Leaf

Asked = tuple[str, int, str]  # survey, survey year, question


@dataclass
class Distribution:
    """What a group answered: n respondents, and how many chose each option.

    is_unknown: the table itself says that something of it is not known, or withheld.
    """

    n: int
    where: Told
    counts: dict[str, Count] = field(default_factory=dict)
    written: set[tuple[str, str]] = field(default_factory=set)
    is_unknown: bool = False


Results = Mapping[Asked, Mapping[Leaf, Distribution]]


class Counting:
    """Reads what is told, once it is clear which numbers are counts and which are shares."""

    def __init__(self, told: Sequence[Told], lexicon: Lexicon, findings: Findings) -> None:
        self.told = told
        self.lexicon = lexicon
        self.findings = findings
        self.units = self._units()
        self.shares = self._shares()

    def results(self) -> Results:
        """Every question of every round, by group."""
        found: dict[Asked, dict[Leaf, Distribution]] = {}
        for one in self.told:
            place = one.place
            leaf = Leaf(place.school, place.programme, place.first, place.last)
            groups = found.setdefault((place.survey, place.survey_year, one.question), {})
            self._add(one, leaf, groups)
        return found

    def _add(self, one: Told, leaf: Leaf, groups: dict[Leaf, Distribution]) -> None:
        n = self._n(one)
        if n is None:
            return
        group = groups.setdefault(leaf, Distribution(n, one))
        if group.n != n:
            values = {"value": n, "first": group.n}
            self._fail("tabulated_two_n", one, one.n_cell, **values)
            return
        count = self._count(one, n)
        if count is None:
            group.is_unknown = True
        elif self._is_twice(one, group):
            self._fail("tabulated_twice", one, one.cell, option=self._option(one))
        else:
            group.written.add((one.option, normal(one.written)))
            earlier = group.counts.get(one.option, exactly(0))
            group.counts[one.option] = Count(
                earlier.value + count.value, earlier.least + count.least, earlier.most + count.most
            )

    def _n(self, one: Told) -> int | None:
        """The respondents; a group whose number is not known is left out, with a remark."""
        if one.n is None or self.lexicon.missing(one.n) is not None:
            self.findings.warn("tabulated_without_n", one.sheet, one.n_cell)
            return None
        return self._whole(one, one.n, one.n_cell)

    def _whole(self, one: Told, value: Value, address: str) -> int | None:
        found = number(value)
        if found is None or found.percent:
            self._fail("not_whole", one, address, value=quoted(text_of(value)))
        elif found.value < 0:
            self._fail("negative", one, address, value=said_number(found.value))
        elif not is_whole(found.value):
            self._fail("fraction", one, address, value=said_number(found.value))
        else:
            return round(found.value)
        return None

    def _count(self, one: Told, n: int) -> Count | None:
        """How many chose the option; None where the table does not tell, or a finding failed."""
        as_count, as_share = self._split(one)
        if as_count is None and as_share is None:
            return None
        share = self.shares[one.sheet].read(as_share) if as_share is not None else None
        if as_share is not None and (share is None or not 0 <= share.value <= 1):
            self._fail("not_a_share", one, one.cell, value=quoted(text_of(as_share)))
            return None
        if as_count is not None:
            count = self._whole(one, as_count, one.cell)
            if count is not None and share is not None and n and not agrees(share, count, n):
                values = {"value": quoted(text_of(as_share)), "count": count, "n": n}
                self._fail("share_disagrees", one, one.cell, **values, option=self._option(one))
            return None if count is None else exactly(count)
        assert share is not None
        found = count_of(share, n)
        if found is None:
            values = {"value": quoted(text_of(as_share)), "n": n}
            self._fail("share_impossible", one, one.cell, **values, option=self._option(one))
        return found

    def _split(self, one: Told) -> tuple[Value, Value]:
        """The count and the share that are told; None for a missing-value code."""
        told = dict(one.told)
        if "" in told:
            told[self.units.get((one.sheet, one.question), COUNT)] = told.pop("")
        known = {
            role: None if value is None or self.lexicon.missing(value) not in (None, "zero")
            else 0 if self.lexicon.missing(value) == "zero" else value
            for role, value in told.items()
        }  # fmt: skip
        return known.get(COUNT), known.get(SHARE)

    def _units(self) -> dict[tuple[str, str], str]:
        """Whether plain numbers are counts or shares, question by question of each sheet."""
        plain: dict[tuple[str, str], list[Told]] = defaultdict(list)
        for one in self.told:
            if "" in one.told:
                plain[one.sheet, one.question].append(one)
        units = {key: _unit(told, self.lexicon.questions[key[1]]) for key, told in plain.items()}
        for (sheet, question), unit in units.items():
            if not unit:
                others = {u for (s, _), u in units.items() if s == sheet and u}
                units[sheet, question] = others.pop() if len(others) == 1 else ""
        for key, unit in units.items():
            if not unit:
                self._fail("count_or_share", plain[key][0], plain[key][0].cell)
        return {key: unit or COUNT for key, unit in units.items()}

    def _shares(self) -> dict[str, Shares]:
        cells: dict[str, list[Value]] = defaultdict(list)
        for one in self.told:
            share = self._split(one)[1]
            if share is not None:
                cells[one.sheet].append(share)
        return {sheet: Shares(values, is_of_hundred(values)) for sheet, values in cells.items()}

    def _is_twice(self, one: Told, group: Distribution) -> bool:
        """Whether the same is told again. Two wordings of one choice were two options then; where
        several could be marked nobody knows who marked both."""
        is_single = self.lexicon.questions[one.question].type != "multiple"
        is_new = (one.option, normal(one.written)) not in group.written
        return one.option in group.counts and not (is_new and is_single)

    def _option(self, one: Told) -> object:
        return self.lexicon.questions[one.question].choice(one.option).label

    def _fail(self, code: str, one: Told, address: str, **values: object) -> None:
        what = self.lexicon.name_of(one.question)
        self.findings.fail(code, one.sheet, address, what=what, **values)


def _unit(told: Sequence[Told], question: Question) -> str:
    """Counts or shares? By how the numbers are written and by what they add up to; "" if neither
    tells."""
    read = [(one, number(one.told[""])) for one in told]
    numbers = [found for _, found in read if found is not None]
    if any(found.percent or not is_whole(found.value) for found in numbers):
        return SHARE
    if question.type != "multiple" and (unit := _unit_by_sum(told)):
        return unit
    if any(_n(one) is not None and found.value > (_n(one) or 0) for one, found in read if found):
        return SHARE
    return told[0].unit


def _unit_by_sum(told: Iterable[Told]) -> str:
    groups: dict[object, list[Told]] = defaultdict(list)
    for one in told:
        groups[one.place].append(one)
    sums, hundreds = [], []
    for of_group in groups.values():
        n = _n(of_group[0])
        values = [found.value for one in of_group if (found := number(one.told[""])) is not None]
        if n is not None and len(values) == len(of_group):
            sums.append(sum(values) == n)
            hundreds.append(abs(sum(values) - 100) <= max(1.0, len(values) / 2))
    if sum(sums) == sum(hundreds):
        return COUNT if any(sums) else ""  # a hundred answered, and a count is its per cent
    return COUNT if sum(sums) > sum(hundreds) else SHARE


def _n(one: Told) -> float | None:
    found = number(one.n)
    return found.value if found is not None else None
