"""Publishes survey results: one decision serves all indicators of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, tee
from typing import Any

import numpy as np

from yearbook.disclosure import (
    Decided,
    Means,
    Shown,
    decide_question,
    survey_cells,
    unsafe_means,
)
from yearbook.editions import ALL_BLOCKS, Cell, Group, Note, Table
from yearbook.measures import Asked, Tally, measure_survey
from yearbook.publication.asking import AskedQuestion
from yearbook.publication.audience import for_schools
from yearbook.publication.before import Before
from yearbook.publication.earlier import (
    Earlier,
    Moments,
    earlier_means,
    earlier_moments,
    earlier_of,
    moments_of,
)
from yearbook.publication.frames import turnout
from yearbook.publication.protecting import protection_report
from yearbook.publication.questioned import protected_atoms, questioned
from yearbook.publication.rounds import Given, newest_block
from yearbook.publication.unsafe import Unsafe

Cells = dict[str, tuple[Cell, ...]]
Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class SurveyTables:
    """tables: of each indicator everything that anybody may see. report: what was withheld and why,
    by question and survey; took: seconds; unsafe: what the audit does not accept."""

    tables: dict[str, Table]
    notes: tuple[Note, ...]
    report: dict[str, object]
    took: dict[str, float]
    unsafe: tuple[Unsafe, ...]


def survey_tables(
    given: Given, before: Before, report: Callable[[float, str], None], run: Run = map
) -> SurveyTables:
    """Question by question: one decision serves all indicators of a question, so that no two of
    them can be subtracted from each other. run: as map; may spread the work over processes."""
    cells: Cells = {}
    notes: list[Note] = []
    told: dict[str, object] = {}
    took: dict[str, float] = {}
    unsafe: list[Unsafe] = []
    moments: Moments = {block.code: (block,) for block in newest_block(given)}
    count = 0
    for one in _asked(given, before):
        count += 1
        moments |= earlier_moments(one) | moments_of(one.blocks, one.since)
    # Made again one by one: the answers of a question, and what was shown of them, fill megabytes.
    coming, going = tee((one, earlier_of(one)) for one in _asked(given, before))
    decided = run(decide_question, (questioned(*one, moments) for one in coming))
    for done, ((one, earlier), found) in enumerate(zip(going, decided, strict=True)):
        report(done / count, one.question.code)
        for code, published in _published(one, earlier, found).items():
            cells[code] = cells.get(code, ()) + published
        name = f"{one.question.code}/{one.survey}"
        told[name] = protection_report(one, earlier, found)
        took[name] = round(sum(way.seconds for way in found.ways), 3)
        unsafe += _unsafe(one, found)
        notes += _older_pools(one, earlier, found)
    tables = {code: Table(code, found) for code, found in cells.items()}
    return SurveyTables(tables, tuple(notes), told, took, tuple(unsafe))


def _asked(given: Given, before: Before) -> Iterator[AskedQuestion]:
    """Every question in every survey that has answers to it."""
    indicators = for_schools(given.catalogue)
    for question in given.catalogue.survey_questions:
        own = [one for one in indicators if one.question == question.code]
        has_answers = question.code in {*given.answers, *given.tabulated}
        if question.type == "text" or not own or not has_answers:
            continue
        for survey in question.surveys:
            if survey in given.blocks:
                asked = AskedQuestion(question, own, survey, given, before)
                if asked.now.any():
                    yield asked


def _published(asked: AskedQuestion, earlier: Earlier, decided: Decided) -> Cells:
    """The cells of each indicator: new ones, and those that stay as they were."""
    policy = asked.given.catalogue.policy
    invited = [turnout(group, asked.given, asked.pooled).invited for group in asked.groups]
    found: Cells = {}
    for indicator in asked.indicators:
        way = asked.choices if indicator.detailed and asked.choices else asked.answers
        rows = [r for r, group in enumerate(asked.groups) if asked.publishes(indicator, group)]
        groups = [asked.groups[row] for row in rows]
        members = asked.membership[rows]
        measured = measure_survey(
            indicator.measure, way.tallied, Asked(groups, members, [invited[r] for r in rows])
        )
        shown = _shown(asked, decided, way.tallied, indicator.detailed)
        if indicator.measure == "mean" and not way.tallied.options:
            shown = _without_telling_means(asked, earlier, shown)
        cells = survey_cells(measured, indicator, shown, policy)
        found[indicator.code] = _as_they_were(asked, earlier, indicator.code, cells, shown)
    return found


def _without_telling_means(asked: AskedQuestion, earlier: Earlier, shown: Shown) -> Shown:
    """Without the groups whose mean would tell that of too few people."""
    policy, tallied = asked.given.catalogue.policy, asked.answers.tallied
    is_meant = [
        group in shown.columns and tallied.respondents[members].sum() >= policy.mean_threshold
        for group, members in zip(asked.groups, asked.membership, strict=True)
    ]
    groups = [group for group, is_in in zip(asked.groups, is_meant, strict=True) if is_in]
    sums = np.array([values.sum() for values in tallied.values])
    means = Means(
        groups=groups,
        membership=asked.membership[np.array(is_meant, dtype=bool)],
        people=tallied.respondents,
        sums=sums,
        protected=protected_atoms(asked, earlier),
        earlier=earlier_means(asked, earlier),
    )
    hidden = unsafe_means(means, policy.mean_percent) if groups else frozenset()
    return Shown({group: c for group, c in shown.columns.items() if group not in hidden})


def _shown(asked: AskedQuestion, decided: Decided, tallied: Tally, detailed: bool) -> Shown:
    """The columns of each new group, by code; of a question for a number none."""
    if not tallied.options:
        return Shown(dict.fromkeys(decided.ways[0].columns, ()))
    if decided.is_multiple:
        columns: dict[Group, tuple[tuple[str, ...], ...]] = {}
        for option, way in zip(tallied.options, decided.ways, strict=True):
            for group, parts in way.columns.items():
                if len(parts) > 1:
                    columns[group] = (*columns.get(group, ()), (option,))
        return Shown(columns)
    way = decided.ways[-1] if detailed else decided.ways[0]
    return Shown(
        {
            group: tuple(tuple(tallied.options[one] for one in part) for part in parts)
            for group, parts in way.columns.items()
        }
    )


def _as_they_were(
    asked: AskedQuestion,
    earlier: Earlier,
    indicator: str,
    cells: tuple[Cell, ...],
    shown: Shown,
) -> tuple[Cell, ...]:
    """A group that is not new keeps the cells that the newest edition showed of it, if any."""
    kept: list[Cell] = []
    for group, fresh in groupby(cells, key=lambda cell: cell.group):
        was = earlier.last.get(group)
        then = () if was is None else was.cells.get(indicator, ())
        counted = max((cell.n or 0 for cell in then if cell.is_shown), default=0)
        stays = group not in shown.columns and counted >= asked.least(group)
        kept += then if stays else fresh
    return tuple(kept)


def _older_pools(asked: AskedQuestion, earlier: Earlier, decided: Decided) -> Iterator[Note]:
    """Where the newest block is too small, "all blocks" stays as it was, and a note says so."""
    shown = {group for way in decided.ways for group in way.columns}
    told: dict[tuple[str, str, int], None] = {}
    for row, group in enumerate(asked.groups):
        was = earlier.last.get(group)
        if group.block != ALL_BLOCKS or was is None or group in shown or not was.is_shown:
            continue
        if not np.array_equal(was.members, asked.membership[row]):
            last = max(asked.answers.leaves[atom].last for atom in np.flatnonzero(was.members))
            word = "round.pooled_until_some" if group.programme else "round.pooled_until"
            told[word, group.school, last] = None
    for word, school, last in told:
        text = asked.given.catalogue.word(word).fill(last=f"{last}–{(last + 1) % 100:02}")
        for indicator in asked.indicators:
            yield Note(text, indicator=indicator.code, school=school, survey=asked.survey)


def _unsafe(asked: AskedQuestion, decided: Decided) -> Iterator[Unsafe]:
    """What the audit does not accept, in words of the catalogue."""
    for number, way in enumerate(decided.ways):
        for one in way.unsafe:
            school, programme, time = one.target.place
            options = asked.answers.tallied.options
            if decided.is_multiple:
                option = options[number]
            elif number and asked.choices is not None:
                option = asked.choices.tallied.options[one.option]
            else:
                option = options[one.option]
            yield Unsafe(
                asked.question.code, asked.survey, school, programme, time, option, one.kind
            )
