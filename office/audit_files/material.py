"""Gathers what an audience can see, and the answers behind it, from shelf and archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from office.audit_files.facts import Fact, Told, facts
from office.audit_files.layers import NOW, Layered, layered, with_erased
from office.audit_files.resting import answers_behind
from office.audit_files.times import Times
from office.audit_files.truths import Truth, truths
from office.databases import archive_engine, shelf_engine
from office.refusals import refusal
from office.using import catalogue_in_use
from yearbook import archive, shelf
from yearbook.catalogue import Catalogue
from yearbook.editions import MEMBERS, PUBLIC, Edition
from yearbook.publication.rounds import given_by
from yearbook.submissions import Submission


class Row(NamedTuple):
    """A fact with the code of its time."""

    table: str
    school: str
    programme: str
    time: str
    option: str
    low: int
    high: int


@dataclass(frozen=True)
class Material:
    """What all editions show together, each fact once, and the answers behind it.

    untrue: tables of which an edition shows what no answers in the archive account for, as where
    a respondent was erased.
    """

    rows: Sequence[Row]
    tables: Sequence[Layered]
    untrue: frozenset[str]
    times: Times
    catalogue: Catalogue


def visible_to(audience: str) -> tuple[Edition, ...]:
    """All editions that these visitors ever could open; a school sees the members' and its own."""
    engine = shelf_engine()
    found = shelf.editions_for(engine, audience)
    if audience not in (MEMBERS, PUBLIC):
        found = (*shelf.editions_for(engine, MEMBERS), *found)
    if not found:
        raise refusal("nothing_to_audit", audience=audience)
    return found


def gather(editions: Sequence[Edition]) -> Material:
    """Of the surveys."""
    using = catalogue_in_use()
    before = archive.before(archive_engine(), shelf.names(shelf_engine()))
    tables = _tables(before, using)
    times = Times(leaf for table in tables.values() for leaf in table.layers)
    rows: dict[Row, None] = {}
    untrue: set[str] = set()
    told_before: Told = {}
    names = list(dict.fromkeys(edition.name for edition in editions))
    for edition in editions:
        seen = names[: names.index(edition.name) + 1]
        for name, told in _facts(edition, using, told_before).items():
            if name in tables:
                found, agrees = _rows(told, tables[name], seen, times)
                rows.update(dict.fromkeys(found))
                untrue |= set() if agrees else {name}
    return Material(tuple(rows), tuple(tables.values()), frozenset(untrue), times, using)


def _facts(edition: Edition, using: Catalogue, told_before: Told) -> dict[str, list[Fact]]:
    """Table -> all that the edition tells in it for the first time."""
    found: dict[str, list[Fact]] = {}
    for question in using.survey_questions:
        for survey in question.surveys:
            for fact in facts(edition, question, survey, told_before):
                found.setdefault(fact.table, []).append(fact)
    return found


def _rows(
    told: Sequence[Fact], table: Layered, seen: Sequence[str], times: Times
) -> tuple[list[Row], bool]:
    """The facts with their codes; and whether they are true. seen: editions up to this one."""
    possible = [state for state in (*seen, NOW) if state in table.states] or [NOW]
    own = seen[-1] if seen[-1] in table.states else NOW
    newest_first = [own, *(state for state in reversed(possible) if state != own)]
    rows, is_true = [], True
    for group, behind, agrees in answers_behind(told, table, newest_first):
        is_true &= agrees
        code = times.code(group.time.name, behind.leaves_of(group.time))
        rows += [Row(f.table, f.school, f.programme, code, *f[4:]) for f in group.facts]
    return rows, is_true


# --- The answers, as they were at each edition ------------------------------------------------


def _tables(before: archive.Before, using: Catalogue) -> dict[str, Layered]:
    engine = archive_engine()
    now = (archive.surveys(engine), archive.tabulated(engine))
    frames = archive.frames(engine)
    states = {name: _as_then(now, before, name) for name in before.changed
              if _had_other_answers(before, name)}  # fmt: skip
    found: dict[str, dict[str, Truth]] = {}
    for state, handed_in in {**states, NOW: now}.items():
        for truth in truths(given_by([*handed_in, frames], using)):
            found.setdefault(truth.name, {})[state] = truth
    return {
        name: with_erased(table, _gone(table, before.erased))
        for name, by_state in found.items()
        for table in [layered(_complete(by_state, [*states, NOW]))]
    }


def _complete(by_state: Mapping[str, Truth], states: Sequence[str]) -> dict[str, Truth]:
    """A state without an answer to the question has the table of nobody."""
    some = next(iter(by_state.values()))
    return {state: by_state.get(state, some.of_nobody()) for state in states}


def _had_other_answers(before: archive.Before, edition: str) -> bool:
    """Not only rounds that there were none of yet."""
    answers = before.answers.get(edition)
    had = answers is not None and bool(len(answers.respondents) + len(answers.tabulated))
    return had or any(edition in names for names in before.erased["editions"])


def _as_then(
    now: tuple[Submission, Submission], before: archive.Before, edition: str
) -> tuple[Submission, Submission, Submission]:
    """What was in force at that edition, without those who were erased since."""
    changed = before.changed[edition]
    surveys, tabulated = now
    people = surveys.respondents[~_of_rounds(surveys.respondents, changed)]
    answers = surveys.answers[surveys.answers["respondent"].isin(people["respondent"])]
    tables = tabulated.tabulated[~_of_rounds(tabulated.tabulated, changed)]
    then = before.answers.get(edition) or Submission(surveys.kind, "archive")
    return (
        Submission(surveys.kind, "archive", respondents=people, answers=answers),
        Submission(tabulated.kind, "archive", tabulated=tables),
        then,
    )


def _of_rounds(rows: pd.DataFrame, rounds: frozenset[tuple[str, int]]) -> pd.Series:
    keys = zip(rows["survey"], rows["survey_year"], strict=True)
    return pd.Series([(survey, int(year)) in rounds for survey, year in keys], index=rows.index,
                     dtype=bool)  # fmt: skip


def _gone(
    table: Layered, erased: pd.DataFrame
) -> list[tuple[tuple[str, str], str, frozenset[str]]]:
    """Who was erased of the table's question and survey: place, cohort, the states with them."""
    question, survey = table.name.split("/")[:2]
    rows = erased[(erased["question"] == question) & (erased["survey"] == survey)]
    rows = rows[rows["cohort"].notna()]  # a cohort that nobody knows lies in no group
    columns = [rows[name].tolist() for name in ("school", "programme", "cohort", "editions")]
    return [
        ((str(school), str(programme)), str(int(cohort)), frozenset(editions))
        for school, programme, cohort, editions in zip(*columns, strict=True)
    ]
