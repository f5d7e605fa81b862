"""Counts the follow-up of workshops a second time, with pandas and the survey's own answer key; it
imports nothing of the product."""

from __future__ import annotations

from pathlib import Path

from tests.real_data.counting import Counted, by_heading, numbered

FOLDER = "carpentries_longterm"
EXPERIENCES = f"{FOLDER}/2020-12-long-term-other_questions-no-open.csv"
PROFILE = f"{FOLDER}/2020-12-long-term-professional_profile-no-open.csv"
KEY = f"{FOLDER}/2020-12-longterm-answer-key.csv"
AMOUNTS = numbered(["1", "2", "3+"])
AGES = {
    "0-6 months ago": "half",
    "6 months - 1 year ago": "year",
    "More than 1 year ago": "more",
}
OFTEN = {
    "I had not been using tools like these": "never",
    "I have not been using tools like these": "never",
    "Less than once per year": "rarely",
    "Several times per year": "yearly",
    "Monthly": "monthly",
    "Weekly": "weekly",
    "Daily": "daily",
}
RECOMMENDED = {"Yes": "yes", "No": "no", "I don't remember": "unsure"}
IMPACT = numbered("12345")


def _key(data: Path, question: str) -> dict[str, str]:
    """The short code of each option, as the survey's own answer key has it."""
    key = by_heading(data / KEY)
    mine = key[key["column"] == question]
    return {"Other": "other", **dict(zip(mine["verbatim"], mine["short"], strict=True))}


def count_experiences(data: Path) -> Counted:
    rows = by_heading(data / EXPERIENCES)
    made = Counted(len(rows))
    made.add_single("workshop_attended_amount", rows["workshop_attended_amount"], AMOUNTS)
    made.add_single("workshop_attended_age", rows["workshop_attended_age"], AGES)
    for question in ("frequency_usage_before", "frequency_usage_after"):
        made.add_single(question, rows[question], OFTEN)
    for question in ("workshop_attended_content", "behavior_adopted", "how_tools_help"):
        made.add_several(question, rows[question], _key(data, question))
    for question in ("impact_career_advancement", "impact_increase_reproducibility"):
        made.add_single(question, rows[question], IMPACT)
    made.add_single("has_recommended", rows["has_recommended"], RECOMMENDED)
    made.add_numbers("recommendation_score", rows["recommendation_score"])
    made.add_texts("new_topics", rows["new_topics"])
    return made


def count_profile(data: Path) -> Counted:
    rows = by_heading(data / PROFILE)
    made = Counted(len(rows))
    for question in ("occupation", "domain"):
        made.add_several(question, rows[question], _key(data, question))
    return made
