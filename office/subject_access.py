"""Writes what is held of one respondent, for the graduate who asks to see it (GDPR, article 15)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from access import record
from office.databases import accounts_engine, archive_engine
from office.erasing import Found
from office.using import catalogue_in_use
from yearbook import archive
from yearbook.archive import Held
from yearbook.catalogue import Catalogue
from yearbook.exports.safety import safe_text

COLUMNS = (
    "Kysely",
    "Kyselyvuosi",
    "Valmistumislukuvuoden alku",
    "Oppilaitos",
    "Osaamisala",
    "Kysymys",
    "Vastaus",
)


def write(found: Found, file: Path, who: str) -> int:
    """In Finnish, as a file that only its owner may read; how many answers it holds. That it was
    written is recorded, and not of whom."""
    using = catalogue_in_use()
    held = archive.held_of(archive_engine(), found.pseudonyms)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as opened:
        lines = csv.writer(opened, delimiter=";")
        lines.writerow(COLUMNS)
        lines.writerows([safe_text(field) for field in _line(one, using)] for one in held)
    rounds = ", ".join(sorted({f"{one.survey} {one.survey_year}" for one in held}))
    record.note(accounts_engine(), who, "export", f"respondent: {rounds}")
    return len(held)


def _line(one: Held, using: Catalogue) -> list[str]:
    surveys, schools, programmes = using.surveys, using.schools, using.programmes
    return [
        surveys[one.survey].name.fi if one.survey in surveys else one.survey,
        str(one.survey_year),
        "" if one.cohort is None else str(one.cohort),
        schools[one.school].name.fi if one.school in schools else one.school,
        programmes[one.programme].name.fi if one.programme in programmes else one.programme,
        using.questions[one.question].label.fi if one.question in using.questions else one.question,
        _answer(one, using),
    ]


def _answer(one: Held, using: Catalogue) -> str:
    """A choice by its words, with what was written beside it; else the number or the words."""
    question = using.questions.get(one.question)
    known = {c.code: c.label.fi for c in question.choices + question.classes} if question else {}
    number = "" if one.number is None else f"{one.number:g}"
    said = (known.get(one.option, one.option), number, one.text)
    return ": ".join(part for part in said if part)
