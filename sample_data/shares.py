"""How often each answer is given: the shares and leanings that the invented answers follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sample_data.graduates import DANCE, MUSIC, PRODUCTION, TECHNOLOGY, TUNING

Shares = Mapping[str, float]

AGREEING = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Scale:
    """Options in the order of a leaning, how many per cent choose each, and how much it weighs."""

    shares: Shares
    leaning: str  # luck, study, content or age
    weight: float
    asked: str = "all"  # all, working, applied


def _five(shares: str, leaning: str, weight: float, asked: str = "all") -> Scale:
    return Scale(
        dict(zip(AGREEING, map(float, shares.split()), strict=True)), leaning, weight, asked
    )


SCALES = {
    "time_to_first": Scale(
        {"not_yet": 12, "over_12": 8, "within_12": 9, "within_6": 15, "within_3": 30, "before": 26},
        "luck", 0.9,
    ),
    "unemployment_length": Scale(
        {"over_12": 6, "to_12": 10, "to_6": 14, "under_3": 20, "none": 50}, "luck", 0.9
    ),
    "work_in_field": Scale({"no": 23, "partly": 31, "whole": 46}, "luck", 1.0, "working"),
    "work_matches_level": _five("8 14 20 33 25", "luck", 0.8, "working"),
    "field_future": _five("8 12 22 30 28", "luck", 0.9),
    "income_from_field": Scale(
        {"none": 22, "quarter": 24, "half": 16, "most": 15, "all": 23}, "luck", 1.0
    ),
    "applied_further": Scale({"no": 50, "other": 9, "both": 7, "field": 34}, "study", 1.3),
    "accepted_further": Scale(
        {"no": 40, "waiting": 6, "declined": 5, "accepted": 49}, "study", 0.5, "applied"
    ),
    "plans_further": Scale({"no": 34, "unsure": 30, "other": 12, "field": 24}, "study", 1.0),
    "satisfaction_overall": _five("3 9 14 46 28", "content", 1.6),
    "satisfaction_teaching": _five("2 7 13 42 36", "content", 1.4),
    "satisfaction_guidance": _five("8 19 26 33 14", "content", 0.9),
    "satisfaction_facilities": _five("4 12 18 41 25", "content", 0.7),
    "satisfaction_workplace_learning": _five("7 15 27 35 16", "content", 0.7),
    "satisfaction_community": _five("4 8 13 35 40", "content", 1.2),
    "would_recommend": _five("5 9 16 34 36", "content", 1.7),
    "would_choose_again": Scale(
        {"other_field": 12, "unsure": 15, "other_school": 14, "same": 59}, "content", 0.9
    ),
    "wellbeing": _five("7 17 20 36 20", "content", 0.6),
    "harassment": Scale(
        {"repeatedly": 3, "once": 15, "no_say": 4, "never": 78}, "content", 0.6
    ),
    "skill_artistic": _five("1 5 18 49 27", "luck", 0.5),
    "skill_teaching": _five("6 15 30 34 15", "luck", 0.4),
    "skill_digital": _five("5 14 29 34 18", "luck", 0.3),
    "skill_entrepreneurship": _five("14 27 32 20 7", "luck", 0.6),
    "skill_marketing": _five("10 24 34 24 8", "luck", 0.6),
    "skill_cooperation": _five("1 4 15 46 34", "content", 0.4),
    "age_group": Scale({"under_20": 24, "20_24": 52, "25_29": 14, "over_30": 10}, "age", 1.5),
    "prior_education": Scale(
        {"comprehensive": 36, "upper_secondary": 46, "vocational": 13, "higher": 5}, "age", 1.0
    ),
}  # fmt: skip
# Of 100, how many choose the option; the programmes where they are more or fewer by a factor.
MULTIPLE: dict[str, dict[str, float]] = {
    "work_tasks": {
        "performing": 62, "teaching": 41, "creating": 26, "recording": 14, "live_sound": 11,
        "producing": 13, "instruments": 4, "church": 5, "other": 7,
    },
    "further_where": {
        "uas_field": 48, "uas_other": 13, "arts_university": 12, "university": 10,
        "vocational": 15, "abroad": 6, "other": 9,
    },
    "reasons_not_studying": {
        "work": 47, "not_accepted": 26, "enough": 29, "money": 18, "family": 9, "service": 6,
        "distance": 12, "other": 8,
    },
    "pandemic_effects": {
        "cancelled": 58, "income": 34, "remote": 61, "delayed": 11, "motivation": 39,
        "new_skills": 24, "changed_field": 6,
    },
    "hobbies_before": {
        "basic_arts_music": 63, "basic_arts_dance": 9, "choir": 27, "orchestra": 24, "band": 44,
        "private": 18, "adult_centre": 13, "self_taught": 46, "home_recording": 22,
    },
}  # fmt: skip
FACTORS = {
    ("work_tasks", TECHNOLOGY): {"performing": 0.5, "recording": 4.0, "live_sound": 4.5},
    ("work_tasks", PRODUCTION): {"performing": 0.7, "producing": 5.0, "recording": 3.0},
    ("work_tasks", TUNING): {"performing": 0.3, "instruments": 22.0, "creating": 0.3},
    ("work_tasks", DANCE): {"church": 0.0, "recording": 0.2, "teaching": 1.6},
    ("hobbies_before", DANCE): {"basic_arts_dance": 9.0, "band": 0.2, "basic_arts_music": 0.3},
    ("hobbies_before", TECHNOLOGY): {"home_recording": 3.2, "band": 1.3, "orchestra": 0.4},
    ("hobbies_before", PRODUCTION): {"home_recording": 3.0, "orchestra": 0.4},
}
ORIENTATION: dict[str, Shares] = {
    MUSIC: {"classical": 44, "pop_jazz": 43, "folk": 7, "church": 3, "other": 3},
    TECHNOLOGY: {"technology": 84, "pop_jazz": 14, "other": 2},
    TUNING: {"classical": 55, "other": 45},
    DANCE: {"dance": 97, "folk": 3},
    PRODUCTION: {"technology": 62, "pop_jazz": 38},
}
ACTIVITIES: Shares = {
    "mainly_employed": 36, "employed_student": 17, "full_time_student": 20, "unemployed": 11.5,
    "conscript": 6, "pensioner": 0.4, "other_unknown": 6, "emigrated": 3,
}  # fmt: skip
# What luck and the wish to study do to each of them.
ACTIVITY_LUCK = (0.7, 0.2, -0.1, -0.9, 0.0, -0.5, -0.5, 0.4)
ACTIVITY_STUDY = (-0.6, 0.7, 1.2, -0.3, -0.2, -1.0, -0.2, 0.2)
FORMS: Shares = {
    "permanent": 30, "fixed_term": 33, "freelancer": 18, "business": 11, "light_entrepreneur": 6,
    "grant": 2,
}  # fmt: skip
# What a form of employment is called among main activities, and among all activities.
FORM_ACTIVITIES = {
    "permanent": "wage_work", "fixed_term": "wage_work", "freelancer": "freelancer",
    "business": "self_employed", "light_entrepreneur": "self_employed", "grant": "grant_funded",
}  # fmt: skip
FORM_WORKS = {
    "permanent": "paid_work", "fixed_term": "paid_work", "freelancer": "freelance",
    "business": "own_business", "light_entrepreneur": "light_entrepreneur", "grant": "grant",
}  # fmt: skip
EMPLOYERS: Shares = {
    "municipality": 22, "state": 3, "parish": 6, "company": 41, "association": 17, "several": 11,
}  # fmt: skip
HOURS: Shares = {"full_time": 45, "part_time": 31, "varying": 24}
INCOME = {
    "under_1000": (350, 999), "to_1500": (1000, 1499), "to_2000": (1500, 1999),
    "to_2500": (2000, 2499), "to_3000": (2500, 2999), "over_3000": (3000, 4600),
}  # fmt: skip
IN_WORK = ("mainly_employed", "employed_student")
STUDYING = ("employed_student", "full_time_student")
