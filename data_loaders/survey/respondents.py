"""Finds who answered: the school and programme of each row, and a pseudonym for it."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data_loaders.cells.timestamps import read_times
from data_loaders.findings import quoted
from data_loaders.personal import strike
from data_loaders.survey.rounds import cohorts_of, survey_years_of, surveys_of
from data_loaders.survey.tables import Contents, Reader, nothing_in
from data_loaders.words.spelling import Spellings, text_of
from yearbook.catalogue import Catalogue

IDENTITY_LENGTH = 32
# Fewer different contents than this are no identifiers but, say, the respondent's role.
LEAST_DIFFERENT = 0.9
LONGEST_RUNNING = 6


def read_respondents(reader: Reader, asked: frozenset[str], is_partial: np.ndarray) -> pd.DataFrame:
    """A row per row of the table, in its order; None where something failed.

    is_partial: rows of respondents who broke off. Who did not come to tell school or school year
    cannot be counted anywhere, which nobody can mend: their None does not fail the file.
    """
    surveys = surveys_of(reader, asked)
    years = survey_years_of(reader)
    schools = _schools(reader, is_partial)
    columns = {
        "respondent": _identities(reader, surveys, years),
        "survey": surveys,
        "survey_year": years,
        "cohort": cohorts_of(reader, surveys, years, is_partial),
        "school": schools,
        "programme": _programmes(reader, schools),
    }
    return pd.DataFrame({name: pd.Series(c, dtype=object) for name, c in columns.items()})


def _schools(reader: Reader, is_partial: np.ndarray) -> np.ndarray:
    spellings = reader.lexicon.schools
    columns = [reader.contents(column) for column in reader.table.with_role("school")]
    result = reader.filled(None)
    for found in columns:
        known = found.taken([next(iter(spellings.find(value)), None) for value in found.values])
        result = np.where(nothing_in(result), known, result)
    if columns:
        _fold(reader, columns[-1], result, spellings, "school")
    named = np.zeros(len(reader.rows), dtype=bool)
    for found in columns:
        named |= found.which >= 0
    result[~named] = spellings.empty if spellings.empty is not None else _default_school(reader)
    lacking = nothing_in(result) & ~named
    if not lacking.all():
        lacking &= ~is_partial
    if lacking.any():
        index = columns[-1].column.index if columns else 0
        numbers = [reader.rows[int(row)][0] for row in np.flatnonzero(lacking)]
        cells = [reader.table.address(number, index) for number in numbers] if columns else ""
        reader.findings.fail("respondent_without_school", reader.table.name, cells)
    return result


def _default_school(reader: Reader) -> str | None:
    label = reader.labelled("school")
    codes = reader.lexicon.schools.find(label) if label else ()
    return next(iter(codes), None) or reader.hints.school or None


def _fold(
    reader: Reader, found: Contents, result: np.ndarray, spellings: Spellings, role: str
) -> None:
    """Unknown names go to the catch-all, or fail with the spelling that is closest."""
    is_open = nothing_in(result) & (found.which >= 0)
    folded: list[str] = []
    for index in np.unique(found.which[is_open]):
        value = found.values[index]
        if reader.lexicon.missing(value) is not None and role == "programme":
            continue
        if spellings.catch_all is not None:
            folded.append(text_of(value))
            _put(result, is_open & (found.which == index), _catch_all(spellings, role))
            continue
        guess = spellings.suggest(value)
        code = f"unknown_{role}_guessed" if guess else f"unknown_{role}"
        cells = found.cells_with(int(index))
        said = strike(quoted(text_of(value)), reader.catalogue)
        values = {"value": said, "guess": guess or ""}
        reader.findings.fail(code, reader.table.name, cells, **values)
    if folded:
        _note_folded(reader, folded, int((is_open & ~nothing_in(result)).sum()), role)


def _catch_all(spellings: Spellings, role: str) -> Any:
    return spellings.catch_all if role == "school" else (spellings.catch_all,)


def _put(result: np.ndarray, rows: np.ndarray, value: Any) -> None:
    """Also a tuple is put as one value."""
    for row in np.flatnonzero(rows):
        result[row] = value


def _note_folded(reader: Reader, folded: Sequence[str], count: int, role: str) -> None:
    catalogue = reader.catalogue
    if role == "school":
        name = catalogue.schools[reader.lexicon.schools.catch_all or ""].name
    else:
        name = catalogue.programmes[reader.lexicon.programmes.catch_all or ""].name
    spelled = quoted(", ".join(f"”{strike(text, catalogue)}”" for text in dict.fromkeys(folded)))
    reader.findings.warn(
        f"folded_{role}", reader.table.name, count=count, option=name, value=spelled
    )


def _programmes(reader: Reader, schools: np.ndarray) -> np.ndarray:
    spellings = reader.lexicon.programmes
    columns = [reader.contents(column) for column in reader.table.with_role("programme")]
    result = reader.filled(None)
    for found in columns:
        leaves = [_leaves(spellings.find(value), reader.catalogue) for value in found.values]
        for row, options in enumerate(found.taken(leaves, ())):
            # A competence area says more than the qualification it is part of.
            if options and (result[row] is None or len(options) < len(result[row])):
                result[row] = options
    for found in columns:
        _fold(reader, found, result, spellings, "programme")
    empty = spellings.empty or ""
    chosen = [
        empty if options is None else _one_leaf(options, school, reader.catalogue)
        for options, school in zip(result, schools, strict=True)
    ]
    open_rows = sum(not code for code in chosen)
    if open_rows and any(programme.part_of for programme in reader.catalogue.programmes.values()):
        reader.findings.note("programme_open", reader.table.name, count=open_rows)
    return np.array(chosen, dtype=object)


def programme_meant(codes: Sequence[str], school: str | None, catalogue: Catalogue) -> str:
    """The one competence area that codes stand for at a school; "" where it stays open."""
    return _one_leaf(_leaves(codes, catalogue), school, catalogue)


def _leaves(codes: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The programmes without parts that are meant: of a qualification, its competence areas."""
    found: list[str] = []
    for code in codes:
        parts = [p.code for p in catalogue.programmes.values() if p.part_of == code]
        found.extend(_leaves(parts, catalogue) if parts else [code])
    return tuple(dict.fromkeys(found))


def _one_leaf(options: Sequence[str], school: str | None, catalogue: Catalogue) -> str:
    """The only competence area that is meant, or the only one of them that the school offers."""
    if len(options) == 1:
        return options[0]
    offers = catalogue.schools[school].offers if school else ()
    offered = [code for code in options if code in offers]
    return offered[0] if len(offered) == 1 else ""


def _identities(reader: Reader, surveys: np.ndarray, years: np.ndarray) -> np.ndarray:
    """A pseudonym that is the same whenever the same answer comes in again."""
    own = _by_number(reader) or list(_by_content(reader))
    result = reader.filled(None)
    for row, (survey, year, text) in enumerate(zip(surveys, years, own, strict=True)):
        result[row] = pseudonym(reader.hints.secret, (survey, year), text)
    return result


def pseudonyms_of(secret: str, of_round: tuple[str, int], own: str, day: date | None) -> set[str]:
    """Those that a respondent may have whom the tool calls `own` ("17"; REDCap: "17|event|1").

    Where the tool only counts its responses the time belongs to it, of which the day is enough:
    all its seconds are tried.
    """
    found = {pseudonym(secret, of_round, own)}
    if day is not None:
        midnight = datetime.combine(day, time())
        moments = (midnight + timedelta(seconds=second) for second in range(24 * 60 * 60))
        found |= {pseudonym(secret, of_round, f"{own}|{at.isoformat()}") for at in moments}
    return found


def _by_number(reader: Reader) -> list[str] | None:
    """What the tool calls each response; with REDCap together with the event and its repetition.

    Forms of one round in two languages both count from one, so a running number needs the time.
    """
    further = [_texts_of(reader, c) for r in ("event", "instance") for c in _of_role(reader, r)]
    for column in _of_role(reader, "respondent"):
        own = _texts_of(reader, column)
        texts = ["|".join(parts) for parts in zip(own, *further, strict=True)]
        if all(own) and len(set(texts)) >= LEAST_DIFFERENT * len(texts):
            is_running = all(text.isdigit() and len(text) <= LONGEST_RUNNING for text in own)
            times = _times(reader) if is_running else None
            return [f"{t}|{at}" for t, at in zip(texts, times, strict=True)] if times else texts
    return None


def _of_role(reader: Reader, role: str) -> list[Contents]:
    found = [reader.contents(column) for column in reader.table.with_role(role)]
    return [contents for contents in found if contents.values]


def _texts_of(reader: Reader, found: Contents) -> list[str]:
    return list(found.taken([text_of(value) for value in found.values], ""))


def _times(reader: Reader) -> list[str] | None:
    """When each began (else: ended), alike in all forms in which a tool may write it."""
    for role in ("started", "timestamp"):
        for found in _of_role(reader, role)[:1]:
            moments = read_times(found.values).moments
            said = [
                moment.isoformat() if moment else text_of(value)
                for moment, value in zip(moments, found.values, strict=True)
            ]
            return list(found.taken(said, ""))
    return None


def _by_content(reader: Reader) -> Iterator[str]:
    """All that a row says, without personal columns.

    Two graduates may answer alike, so equal rows are counted; with the same time of answering they
    are one answer that came twice.
    """
    without = ("personal", "timestamp", "started")
    dropped = {column.index for role in without for column in reader.table.with_role(role)}
    kept = [c.index for c in reader.table.columns if c.index not in dropped]
    times = _times(reader)
    seen: Counter[str] = Counter()
    for number, (_, row) in enumerate(reader.rows):
        cells = [str(row[index]) if index < len(row) else "None" for index in kept]
        said = _digest("\n".join([*cells, times[number] if times else ""]))
        seen[said] += 0 if times else 1
        yield f"{said}#{seen[said]}"


def pseudonym(secret: str, of_round: tuple[str, int], own: str) -> str:
    """HMAC (RFC 2104): numbers and addresses are few enough to try all, were there no secret."""
    survey, year = of_round
    text = f"{survey}|{year}|{own}"
    return hmac.digest(secret.encode(), text.encode(), "sha256").hex()[:IDENTITY_LENGTH]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:IDENTITY_LENGTH]
