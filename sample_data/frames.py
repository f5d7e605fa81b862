"""Writes whom the invented surveys asked, a workbook for each round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from sample_data.annual import MARK
from sample_data.graduates import Graduates
from yearbook.catalogue import Catalogue, Survey

# The addresses of one round were never written down: it has no response rate.
WITHOUT_FRAME = ("followup", 2014)
REACHABLE = {"base": 0.96, "followup": 0.87, "wide": 0.78}  # addresses grow old
WEEKS = 9
HEADINGS = ("Oppilaitos", "Osaamisala", "Valmistumislukuvuosi", "Kutsutut", "Tavoitetut")


def write(path: Path, survey: Survey, graduates: Graduates, catalogue: Catalogue) -> Path:
    """The frame of the round that these graduates answered."""
    random = np.random.default_rng([graduates.year, survey.order])
    opened = date(graduates.year, 9, 15)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kutsutut")
    for row in (
        [MARK],
        [f"{survey.name.fi} {graduates.year}"],
        [f"Vastausaika: {_written(opened)}–{_written(opened + timedelta(weeks=WEEKS))}"],
        [],
        HEADINGS,
    ):
        sheet.append(row)
    numbers = list(graduates.invited.values())
    reached = random.binomial(numbers, REACHABLE[survey.code])
    answered = _answered(graduates)
    for (place, invited), met in zip(graduates.invited.items(), reached, strict=True):
        if invited:
            # Whoever answered was reached.
            sheet.append(_row(place, invited, max(int(met), answered.get(place, 0)), catalogue))
    sheet.append(["Yhteensä", None, None, sum(numbers), None])
    book.save(path)
    return path


def _answered(graduates: Graduates) -> dict[tuple[str, str, int], int]:
    found: dict[tuple[str, str, int], int] = {}
    for school, programme, cohort in zip(
        graduates.school, graduates.programme, graduates.cohort, strict=True
    ):
        place = (str(school), str(programme), int(cohort))
        found[place] = found.get(place, 0) + 1
    return found


def _row(
    place: tuple[str, str, int], invited: int, reached: int, catalogue: Catalogue
) -> Sequence[str | int]:
    school, programme, cohort = place
    return (
        catalogue.schools[school].name_in(cohort).fi,
        catalogue.programmes[programme].name.fi,
        f"{cohort}–{cohort + 1}",
        invited,
        reached,
    )


def _written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
