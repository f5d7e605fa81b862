"""Counts the notebook survey a second time, with pandas; it imports nothing of the product."""

from __future__ import annotations

from pathlib import Path

from tests.real_data.counting import Counted, read, same

FILE = "jupyter_surveys/20160115235816-SurveyExport.csv"
OFTEN = {
    "Daily": "daily",
    "Weekly": "weekly",
    "Monthly": "monthly",
    "Less often than monthly": "seldom",
}
LONG = {"One year or more": "long", "Less than one year": "short"}
WAYS = {
    "As a standalone application": "alone",
    "Through Jupyter Hub": "hub",
    "Other - Write In": "other",
}
WORDS = {
    **same(
        [
            "comfortable",
            "intuitive",
            "convenient",
            "simple",
            "cool",
            "accessible",
            "quick",
            "flexible",
            "complicated",
            "confusing",
            "uncomfortable",
        ]
    ),
    "Other word(s):": "other",
}
YEARS = {"Less than 1 year": "under_1", "1 year": "1", "2-5 years": "2_5", "5+ years": "over_5"}
PEOPLE = {
    "Under ten": "units",
    "Tens": "tens",
    "Hundreds": "hundreds",
    "Thousands": "thousands",
    "Tens of thousands": "ten_thousands",
    "Hundreds of thousands or more": "more",
}


def count(data: Path) -> Counted:
    """By the place of the columns, as headings run over several lines' length."""
    rows = read(data / FILE)
    made = Counted(len(rows))
    made.add_single("how_often", rows[3], OFTEN)
    made.add_texts("hindrance", rows[4])
    made.add_single("how_long", rows[5], LONG)
    made.add_single("way", rows[9], WAYS)
    made.others["way"] = int((rows[10] != "").sum())
    made.add_several("words", rows[29], WORDS)
    made.others["words"] = int((rows[30] != "").sum())
    made.add_texts("role", rows[31])
    made.add_single("years", rows[32], YEARS)
    made.add_single("people", rows[36], PEOPLE)
    return made
