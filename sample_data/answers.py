"""Invents what graduates answer: codes of options and numbers that hang together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sample_data.graduates import DANCE, MUSIC, Graduates, Numbers
from sample_data.older_forms import RENEWED
from sample_data.shares import (
    ACTIVITIES,
    ACTIVITY_LUCK,
    ACTIVITY_STUDY,
    EMPLOYERS,
    FACTORS,
    FORM_ACTIVITIES,
    FORM_WORKS,
    FORMS,
    HOURS,
    IN_WORK,
    INCOME,
    MULTIPLE,
    ORIENTATION,
    SCALES,
    STUDYING,
    Shares,
)
from yearbook.catalogue import Catalogue

Mask = npt.NDArray[np.bool_]
Answer = str | float | tuple[str, ...] | None
Answers = dict[str, list[Answer]]


class Invention:
    """The answers of the graduates of one round, question by question."""

    def __init__(
        self, graduates: Graduates, catalogue: Catalogue, random: np.random.Generator
    ) -> None:
        self.graduates = graduates
        self.catalogue = catalogue
        self.random = random
        self.everyone = np.ones(len(graduates), dtype=bool)
        self.main = self._main_activity()
        self.asked: dict[str, Mask] = {"all": self.everyone, "working": self._working()}

    def answers(self) -> Answers:
        """Question -> one answer for each graduate: code, codes, number or None."""
        found = {"main_activity": _listed(self.main, self.everyone), **self._scales()}
        found |= self._work() | self._region() | self._background()
        accepted = np.array([answer == "accepted" for answer in found["accepted_further"]])
        studied = np.isin(self.main, STUDYING) | accepted
        forms = found["form_of_employment"]
        found["all_activities"] = self._all_activities(forms)
        if self.graduates.year >= RENEWED:
            found["main_activity"] = _by_form(found["main_activity"], forms)
        found["further_where"] = self._several("further_where", "uas_field", none_for=~studied)
        reasons = self._several("reasons_not_studying", "enough")
        found["reasons_not_studying"] = [
            None if has_studied else reason
            for reason, has_studied in zip(reasons, studied, strict=True)
        ]
        found["pandemic_effects"] = self._several("pandemic_effects", "none")
        return found

    def _main_activity(self) -> npt.NDArray[np.str_]:
        people = self.graduates
        weights = _weights(ACTIVITIES, len(people))
        weights *= np.exp(np.outer(people.luck, ACTIVITY_LUCK))
        weights *= np.exp(np.outer(people.study, ACTIVITY_STUDY))
        codes = list(ACTIVITIES)
        weights[:, codes.index("emigrated")] *= np.where(people.are(DANCE), 3.0, 1.0)
        weights[:, codes.index("conscript")] *= 1.0 if people.survey == "base" else 0.2
        return self._choose(codes, weights)

    def _working(self) -> Mask:
        """In work at all: the employed, and some of the rest beside what else they do."""
        beside = self.random.random(len(self.main)) < 0.35
        return np.isin(self.main, IN_WORK) | (self.main == "emigrated") | beside

    def _scales(self) -> Answers:
        found: Answers = {}
        for question, scale in SCALES.items():
            weights = self._leaning(
                scale.shares, getattr(self.graduates, scale.leaning), scale.weight
            )
            chosen = self._choose(list(scale.shares), weights)
            found[question] = _listed(chosen, self.asked[scale.asked])
            if question == "applied_further":
                self.asked["applied"] = chosen != "no"
        return found

    def _work(self) -> Answers:
        working, people = self.asked["working"], self.graduates
        forms = _weights(FORMS, len(people))
        forms[:, 2:5] *= np.where(people.are(MUSIC) | people.are(DANCE), 1.3, 0.8)[:, None]
        form = self._choose(list(FORMS), forms)
        employer = self._choose(list(EMPLOYERS), _weights(EMPLOYERS, len(people)))
        own = np.isin(form, ["business", "light_entrepreneur"])
        hours = self._choose(list(HOURS), _weights(HOURS, len(people)))
        jobs = 1 + self.random.poisson(0.75, len(people))
        number = np.where(working, np.minimum(jobs, 4), 0).astype(str)
        tasks = self._several("work_tasks", "other", none_for=~working)
        return {
            "number_of_jobs": _listed(number, self.everyone),
            "form_of_employment": _listed(form, working),
            "employer": _listed(np.where(own, "own", employer), working),
            "working_time": _listed(np.where(form == "freelancer", "varying", hours), working),
            "work_tasks": tasks,
            **self._income(),
        }

    def _income(self) -> Answers:
        people, working = self.graduates, self.asked["working"]
        shares = dict(zip(INCOME, (22, 24, 21, 17, 10, 6), strict=True))
        level = np.where(working, 0.2, -1.3) + 0.3 * people.luck + (people.year - 2015) * 0.04
        level += 0.3 * (people.survey != "base")
        chosen = self._choose(list(INCOME), self._leaning(shares, level, 1.3))
        amounts = [round(self.random.uniform(*INCOME[code]) / 50) * 50.0 for code in chosen]
        tells = self.random.random(len(people)) < 0.55
        exact: list[Answer] = [
            amount if told else None for amount, told in zip(amounts, tells, strict=True)
        ]
        return {"income_class": _listed(chosen, self.everyone), "income": exact}

    def _region(self) -> Answers:
        """Three of five stay in the region of their school; Uusimaa draws the others."""
        people, schools = self.graduates, self.catalogue.schools
        home = np.array([schools[code].region for code in people.school])
        others = [c.code for c in self.catalogue.questions["region_of_residence"].choices][:-1]
        pull = {code: 6.0 if code == "01" else 1.0 for code in others if code != "21"}
        away = self._choose(list(pull), _weights(pull, len(people)))
        stays = self.random.random(len(people)) < 0.62
        region = np.where(self.main == "emigrated", "abroad", np.where(stays, home, away))
        came = self.random.random(len(people)) < 0.4
        returned = self.random.random(len(people)) < 0.35
        stayed = np.where(came, "stayed", "same")
        left = np.where(returned & (region != "abroad"), "returned", "elsewhere")
        return {
            "region_of_residence": _listed(region, self.everyone),
            "stayed_in_region": _listed(np.where(region == home, stayed, left), self.everyone),
        }

    def _background(self) -> Answers:
        people = self.graduates
        orientation = np.full(len(people), "other", dtype="U16")
        for programme, shares in ORIENTATION.items():
            own = people.are(programme)
            orientation[own] = self._choose(list(shares), _weights(shares, int(own.sum())))
        years = np.clip(np.round(self.random.gamma(5.5, 1.6, len(people)) + people.age), 0, 25)
        return {
            "orientation": _listed(orientation, self.everyone),
            "hobbies_before": self._several("hobbies_before", "none"),
            "hobby_years": [float(value) for value in years],
        }

    def _all_activities(self, forms: list[Answer]) -> list[Answer]:
        """What belongs to the main activity, and what is done beside it."""
        chance = self.random.random((len(self.main), 6))
        return [
            tuple(sorted({*_implied(main, str(form), work[0]), *_beside(work)}))
            for main, form, work in zip(self.main, forms, chance, strict=True)
        ]

    def _several(self, question: str, empty: str, none_for: Mask | None = None) -> list[Answer]:
        """Options of a multi-answer question; `empty` where none was drawn, "none" for the mask."""
        options = MULTIPLE[question]
        share = _weights(options, len(self.graduates)) / 100
        for programme in set(self.graduates.programme):
            factors = FACTORS.get((question, str(programme)), {})
            share[self.graduates.are(programme)] *= [factors.get(code, 1.0) for code in options]
        drawn = self.random.random(share.shape) < np.minimum(share, 0.95)
        codes = np.array(list(options))
        chosen = [tuple(map(str, codes[row])) or (empty,) for row in drawn]
        if none_for is None:
            return list(chosen)
        return [
            ("none",) if is_none else answer
            for answer, is_none in zip(chosen, none_for, strict=True)
        ]

    def _leaning(self, shares: Shares, leaning: Numbers, weight: float) -> Numbers:
        """The shares, moved towards the last option by a leaning above 0."""
        place = np.linspace(-1, 1, len(shares))
        return _weights(shares, len(leaning)) * np.exp(weight * np.outer(leaning, place))

    def _choose(self, codes: list[str], weights: Numbers) -> npt.NDArray[np.str_]:
        """One code for each row of weights."""
        reached = np.cumsum(weights, axis=1)
        drawn = self.random.random((len(weights), 1)) * reached[:, -1:]
        return np.array(codes)[(drawn > reached).sum(axis=1)]


def invent_answers(
    graduates: Graduates, catalogue: Catalogue, random: np.random.Generator
) -> Answers:
    """Question -> one answer for each graduate; None where it was not for him, or he left it."""
    found = Invention(graduates, catalogue, random).answers()
    return {question: _left_out(given, random) for question, given in found.items()}


def _left_out(given: list[Answer], random: np.random.Generator) -> list[Answer]:
    """Three in a hundred leave any question empty."""
    left = random.random(len(given)) < 0.03
    return [None if is_left else answer for answer, is_left in zip(given, left, strict=True)]


def _weights(shares: Shares, rows: int) -> Numbers:
    return np.tile(np.array(list(shares.values()), dtype=float), (rows, 1))


def _listed(chosen: npt.NDArray[np.str_], asked: Mask) -> list[Answer]:
    return [str(code) if is_asked else None for code, is_asked in zip(chosen, asked, strict=True)]


def _by_form(main: list[Answer], forms: list[Answer]) -> list[Answer]:
    """Since 2020 the form asks at once in which form the mainly employed work."""
    return [
        FORM_ACTIVITIES[str(form)] if activity == "mainly_employed" else activity
        for activity, form in zip(main, forms, strict=True)
    ]


def _implied(main: str, form: str, chance: float) -> tuple[str, ...]:
    work = FORM_WORKS.get(form, "paid_work")
    implied: dict[str, tuple[str, ...]] = {
        "mainly_employed": (work,),
        "employed_student": (work, "studies"),
        "full_time_student": ("studies",),
        "unemployed": ("unemployed",),
        "conscript": ("service",),
        "emigrated": (work,),
        "other_unknown": ("family_leave" if chance < 0.4 else "other",),
    }
    return implied.get(main, ("other",))


def _beside(chance: Numbers) -> list[str]:
    """Several things at once, as it is in music and dance."""
    likely = {"freelance": 0.28, "own_business": 0.08, "light_entrepreneur": 0.09, "grant": 0.03}
    likely["voluntary"] = 0.17
    pairs = zip(likely.items(), chance[1:], strict=True)
    return [option for (option, share), drawn in pairs if drawn < share]
