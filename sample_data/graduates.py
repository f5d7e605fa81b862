"""Invents graduates: where and when they graduated, and what their answers follow from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sample_data.figures import SIZES
from yearbook.catalogue import Catalogue

Numbers = npt.NDArray[np.floating]
Codes = npt.NDArray[np.str_]

MUSIC, TECHNOLOGY, TUNING, DANCE, PRODUCTION = "1703", "1704", "1705", "1606", "2333"
# Graduates of a school year in a school of ordinary size, some 300 in all; who of them answer.
ORDINARY = {MUSIC: 12.5, TECHNOLOGY: 5.0, TUNING: 2.5, DANCE: 7.0, PRODUCTION: 6.0}
ANSWERING = {"base": 0.44, "followup": 0.39, "wide": 0.41}
PANDEMIC = {
    2020: -0.75,
    2021: -0.45,
}  # how far the year of the survey lowers everyone's luck at work
MIDDLE = 2015  # trends are counted from this school year


@dataclass(frozen=True)
class Members:
    """What the schools are like, the same in every round: school -> its own lift of a leaning."""

    luck: dict[str, float]
    content: dict[str, float]
    answering: dict[str, float]


@dataclass(frozen=True)
class Graduates:
    """Those who answered a round, one place in each array for each.

    luck: at finding work in the field; study: wish to study on; content: with the education; age:
    above or below the usual. All about 0 with a spread of about 1.
    """

    survey: str
    year: int
    invited: Mapping[tuple[str, str, int], int]  # all who graduated, by school, programme, cohort
    school: Codes
    programme: Codes
    cohort: npt.NDArray[np.int64]
    luck: Numbers
    study: Numbers
    content: Numbers
    age: Numbers

    def __len__(self) -> int:
        return len(self.school)

    def are(self, programme: str) -> npt.NDArray[np.bool_]:
        return self.programme == programme


def invent_members(catalogue: Catalogue, seed: int) -> Members:
    random = np.random.default_rng(seed)
    codes = list(catalogue.schools)
    return Members(
        luck=dict(zip(codes, random.normal(0, 0.3, len(codes)), strict=True)),
        content=dict(zip(codes, random.normal(0, 0.35, len(codes)), strict=True)),
        answering=dict(zip(codes, random.uniform(0.8, 1.25, len(codes)), strict=True)),
    )


def invent_graduates(
    round_: tuple[str, int, range],
    members: Members,
    catalogue: Catalogue,
    random: np.random.Generator,
) -> Graduates:
    """Those who answered the survey of that year, of the cohorts of the range."""
    survey, year, cohorts = round_
    invited: dict[tuple[str, str, int], int] = {}
    found = []
    for place in _places(cohorts, catalogue):
        invited[place], answered = _graduated(survey, place, members, random)
        found += [place] * answered
    schools = np.array([school for school, _, _ in found])
    programmes = np.array([programme for _, programme, _ in found])
    started = np.array([cohort for _, _, cohort in found])
    trend = (started - MIDDLE) / 10
    since = np.sqrt(np.maximum(year - started - 1, 0))
    lifted = np.array([members.luck[school] for school in schools])
    liked = np.array([members.content[school] for school in schools])
    return Graduates(
        survey=survey,
        year=year,
        invited=invited,
        school=schools,
        programme=programmes,
        cohort=started,
        luck=_spread(random, lifted + 0.25 * trend + 0.2 * since + PANDEMIC.get(year, 0.0)),
        study=_spread(random, _wish_to_study(programmes) - 0.3 * trend),
        content=_spread(random, liked + 0.35 * trend),
        age=_spread(random, np.isin(programmes, [TUNING, PRODUCTION]) * 1.2),
    )


def _places(cohorts: Iterable[int], catalogue: Catalogue) -> list[tuple[str, str, int]]:
    return [
        (school.code, programme, cohort)
        for cohort in cohorts
        for school in catalogue.schools.values()
        for programme in school.offers
        if programme in ORDINARY
    ]


def _graduated(
    survey: str, place: tuple[str, str, int], members: Members, random: np.random.Generator
) -> tuple[int, int]:
    """How many graduated, and how many of them answered."""
    school, programme, _ = place
    graduated = random.poisson(ORDINARY[programme] * SIZES.get(school, 1.0))
    share = min(0.9, ANSWERING[survey] * members.answering[school])
    return int(graduated), int(random.binomial(graduated, share))


def _wish_to_study(programmes: Codes) -> Numbers:
    """Musicians study on most, those who already produce or tune least."""
    wishes = {MUSIC: 0.25, TECHNOLOGY: -0.4, TUNING: -0.8, DANCE: 0.1, PRODUCTION: -0.9}
    return np.array([wishes[programme] for programme in programmes])


def _spread(random: np.random.Generator, middle: Numbers) -> Numbers:
    return middle + random.normal(0, 0.9, len(middle))
