"""Invents the annual figures of every member: plausible sizes, trends and breaks, from one seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from yearbook.catalogue import Catalogue, School

MUSIC, DANCE, PRODUCTION = "321204", "321501", "324201"
BASIC_MUSIC, BASIC_DANCE = "999907-music", "999907-dance"
FIRST_YEAR = 2012
Answers = Iterator[tuple[str, float]]

# Students of music and pupils of a school of ordinary size, and how unlike it each member is.
ORDINARY = {MUSIC: 116, DANCE: 38, PRODUCTION: 40, BASIC_MUSIC: 700, BASIC_DANCE: 210}
SIZES = {
    "helsinki": 1.5, "live": 0.5, "gradia": 1.2, "joensuu": 0.9, "kainuu": 0.5,
    "keski-pohjanmaa": 1.05, "kuopio": 1.35, "kymi": 0.8, "lahti": 1.35, "oulu": 1.35,
    "palmgren": 0.7, "popjazz": 2.0, "lappia": 0.6, "tampere": 1.65, "turku": 1.3,
    "yrkesakademin": 0.5,
}  # fmt: skip
SPECIAL = {"live": 0.86}  # a school for students who need special support
# The year in which the qualification was renewed: fewer graduate while the old and new overlap.
RENEWAL = {2020: 0.80, 2021: 0.88, 2022: 1.06}
EMPTY_HALLS = {2020: 0.38, 2021: 0.45, 2022: 0.8}
REFORM = 2018
GROWTH = 0.02  # of prices and wages in a year


@dataclass(frozen=True, slots=True)
class Figure:
    """One annual figure; programme "" is the whole school."""

    school: str
    year: int
    programme: str
    question: str
    value: float


@dataclass(frozen=True, slots=True)
class Sums:
    """What a school's staff and money follow from."""

    student_years: float
    hours: float
    pupils: float
    students: float


class Member:
    """One invented school: its own level and direction, the same in every year."""

    def __init__(self, school: School, random: np.random.Generator) -> None:
        self.school = school
        self.random = random
        self.size = SIZES.get(school.code, 1.0)
        self.trend = random.normal(-0.002, 0.012)
        self.pull = random.uniform(1.15, 3.1)
        self.leaving = random.uniform(0.05, 0.10)
        self.support = SPECIAL.get(school.code, random.uniform(0.02, 0.07))
        self.wave = random.uniform(0, 2 * np.pi)
        self.levels = {code: random.uniform(0.88, 1.12) for code in school.offers}

    def year(self, year: int) -> Iterator[tuple[str, str, float]]:
        """(programme, question, value); programme "" for the whole school."""
        found: dict[str, dict[str, float]] = {}
        for code in self.school.offers:
            if code in (MUSIC, DANCE, PRODUCTION):
                found[code] = dict(self._qualification(code, year))
            elif code in (BASIC_MUSIC, BASIC_DANCE):
                found[code] = dict(self._basic_arts(code, year))
        found[""] = dict(self._whole_school(year, _sums(found.values())))
        for programme, figures in found.items():
            for question, value in figures.items():
                yield programme, question, value

    def _level(self, programme: str, year: int) -> float:
        since = year - FIRST_YEAR
        wave = 1 + 0.04 * np.sin(self.wave + since / 2.3)
        level = ORDINARY[programme] * self.size * self.levels[programme] * wave
        return level * (1 + self.trend) ** since * self.random.normal(1, 0.02)

    def _whole(self, value: float) -> float:
        return float(max(0, round(value)))

    def _share(self, of: float, share: float) -> float:
        """So many persons of a group, as chance has it."""
        return float(self.random.binomial(int(of), min(max(share, 0.0), 1.0)))

    def _qualification(self, code: str, year: int) -> Answers:
        students = self._whole(self._level(code, year))
        places = max(4.0, 2 * round(students * 0.145))
        # Interest fell until 2017 and rose after the reform opened continuous admission.
        interest = 1 + 0.035 * abs(year - 2017) - (0.1 if code == PRODUCTION else 0)
        first_choice = self._whole(places * self.pull * interest * self.random.normal(1, 0.07))
        applicants = self._whole(first_choice * self.random.uniform(1.45, 2.1))
        accepted = min(applicants, self._whole(places * self.random.uniform(0.82, 1.04)))
        yield "places", places
        yield "applicants", applicants
        yield "first_choice_applicants", first_choice
        yield "accepted", accepted
        yield "starters", self._share(accepted, 0.95)
        yield from self._students(students, code, year)

    def _students(self, students: float, code: str, year: int) -> Answers:
        student_years = round(students * self.random.uniform(0.89, 0.98), 2)
        weight = {MUSIC: 1.62, DANCE: 1.70, PRODUCTION: 1.21}[code] + 0.8 * (self.support - 0.05)
        yield "students", students
        yield "new_students", self._share(students, 0.265)
        yield "student_years", student_years
        if year >= REFORM:
            yield "weighted_student_years", round(student_years * weight, 2)
        yield "graduates", self._share(students, 0.145 * RENEWAL.get(year, 1.0))
        yield "discontinued", self._share(students, self.leaving * (1.25 if year >= 2020 else 1))
        yield "suspended", self._share(students, 0.03)
        yield "special_support", self._share(students, self.support)
        learning_at_work = 0.62 if year < REFORM else 0.30 + 0.02 * (year - REFORM)
        yield "training_agreement", self._share(students, learning_at_work)
        yield "apprenticeship", self._share(students, 0.004 if year < REFORM else 0.02)

    def _basic_arts(self, code: str, year: int) -> Answers:
        pupils = self._whole(self._level(code, year) * (0.94 if year in (2020, 2021) else 1))
        early, advanced = self._share(pupils, 0.21), self._share(pupils, 0.11)
        applicants = self._whole(pupils * self.random.uniform(0.22, 0.40))
        hours = round(pupils * (25 if code == BASIC_MUSIC else 13) * self.random.normal(1, 0.03), 1)
        yield "pupils", pupils
        yield "early_childhood_pupils", early
        yield "basic_studies_pupils", pupils - early - advanced
        yield "advanced_studies_pupils", advanced
        yield "basic_arts_applicants", applicants
        yield "admitted_pupils", self._share(applicants, 0.55)
        yield "teaching_hours", hours
        yield "confirmed_hours", float(round(hours * self.random.uniform(0.93, 1.01)))
        fee = (215 if code == BASIC_MUSIC else 165) * (1 + self.leaving) * 1.025 ** (year - 2012)
        yield "term_fee", float(5 * round(fee / 5))
        yield "free_places", self._share(pupils, 0.025)

    def _whole_school(self, year: int, sums: Sums) -> Answers:
        teachers = sums.student_years / 8.5 + sums.hours / 880
        full_time = self._whole(teachers * 0.62)
        yield "full_time_teachers", full_time
        yield "part_time_teachers", self._whole((teachers - full_time) * 2.6)
        yield "teacher_fte", round(teachers * self.random.normal(1, 0.02), 1)
        yield "other_staff", self._whole(3 + teachers * 0.16)
        yield from self._money(year, sums)
        yield from self._activity(year, sums)

    def _money(self, year: int, sums: Sums) -> Answers:
        dearer = (1 + GROWTH) ** (year - FIRST_YEAR)
        vary = self.random.normal(1, 0.02)
        per_student_year = 8600 * dearer * vary * (0.95 if year < REFORM else 1)
        income = {
            "state_funding": sums.student_years * per_student_year,
            "basic_arts_state_funding": sums.hours * 44 * dearer,
            "municipal_funding": (sums.hours * self.random.uniform(22, 28) + 3e4 * self.size)
            * dearer,
            "fee_income": sums.pupils * 430 * dearer + sums.students * 45,
            "project_funding": 6e4 * self.size * self.random.lognormal(0, 0.5),
            "other_income": 9e4 * self.size * EMPTY_HALLS.get(year, 1) * self.random.normal(1, 0.1),
        }
        costs = sum(income.values()) * self.random.uniform(0.97, 1.02)
        income = {question: self._whole(value) for question, value in income.items()}
        yield from income.items()
        if year >= REFORM:
            yield from self._state_parts(income["state_funding"], year)
        yield "staff_costs", self._whole(costs * self.random.uniform(0.76, 0.82))
        yield "total_costs", self._whole(costs)

    def _state_parts(self, state: float, year: int) -> Answers:
        """The reform brought performance and effectiveness in by steps, from 2018 to 2022."""
        step = min(year, 2022) - REFORM
        performance, effectiveness = 0.05 + 0.0375 * step, 0.025 * step
        strategy = self._whole(state * 0.02)
        by_results = self._whole(state * performance * self.random.normal(1, 0.04))
        by_effect = self._whole(state * effectiveness * self.random.normal(1, 0.06))
        yield "core_funding", state - strategy - by_results - by_effect
        yield "performance_funding", by_results
        yield "effectiveness_funding", by_effect
        yield "strategy_funding", strategy

    def _activity(self, year: int, sums: Sums) -> Answers:
        open_halls = EMPTY_HALLS.get(year, 1.0)
        everyone = sums.students + sums.pupils / 4
        events = self._whole(everyone * 0.55 * open_halls * self.random.normal(1, 0.08))
        yield "events", events
        yield (
            "audience",
            self._whole(events * self.random.uniform(70, 115) * min(1, open_halls + 0.2)),
        )
        yield "productions", float(self.random.poisson(4 * self.size * open_halls))
        yield "commissions", float(self.random.poisson(2.2 * self.size))
        yield "instrument_loans", self._whole(everyone * 0.45 * self.random.normal(1, 0.06))
        yield "outgoing_mobility", float(self.random.poisson(sums.students * 0.05 * open_halls))
        yield "incoming_mobility", float(self.random.poisson(sums.students * 0.03 * open_halls))


def _sums(found: Iterable[dict[str, float]]) -> Sums:
    programmes = list(found)

    def total(question: str) -> float:
        return sum(figures.get(question, 0.0) for figures in programmes)

    return Sums(total("student_years"), total("teaching_hours"), total("pupils"), total("students"))


def invent(catalogue: Catalogue, seed: int, years: Iterable[int]) -> list[Figure]:
    """All figures of all members in those years.

    A year has the same figures whichever other years are asked for, and a school whichever other
    schools there are.
    """
    wanted = set(years)
    return [
        Figure(school.code, year, *figure)
        for school in catalogue.schools.values()
        for year, figure in _of_school(school, seed, max(wanted))
        if year in wanted
    ]


def _of_school(
    school: School, seed: int, last: int
) -> Iterator[tuple[int, tuple[str, str, float]]]:
    member = Member(school, np.random.default_rng([seed, *school.code.encode()]))
    for year in range(FIRST_YEAR, last + 1):
        for figure in member.year(year):
            yield year, figure
