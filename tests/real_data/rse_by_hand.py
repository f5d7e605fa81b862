"""Counts the survey of research programmers a second time, with pandas; it imports nothing of the
product."""

from __future__ import annotations

from pathlib import Path

from tests.real_data.counting import Counted, numbered, read

FILE = "rse_limesurvey/public_data.csv"
DEGREES = {
    "PhD": "phd",
    "WO (Wetenschappelijk onderwijs) Master": "wo_master",
    "WO (Wetenschappelijk onderwijs) Bachelor": "wo_bachelor",
    "HBO (Hoger beroepsonderwijs) Master": "hbo_master",
    "HBO (Hoger beroepsonderwijs) Bachelor": "hbo_bachelor",
}
USERS = numbered(["0 - Mostly me", "1", "2", "3", "4", "5 - Mostly other people"], 0)
TEN = numbered(["1 (None at all)", *"23456789", "10 (All my time)"])
ELEVEN = numbered(["0 - Not at all satisfied", *"123456789", "10 - Completely satisfied"], 0)
PLACES = {
    "University / University Medical Center / Applied University (HBO)": "university",
    "Research Institute (Onderzoeksinstituut / Publieke Kennisorganisatie)": "institute",
    "Private Company": "company",
    "Other": "other",
}
OFTEN = numbered(["Never", "Sometimes", "Often", "Very Often", "Always"])
AGREE = numbered(
    [
        "Strongly disagree",
        "Disagree",
        "Neither agree or disagree",
        "Agree",
        "Strongly Agree",
    ]
)
BUS = numbered(["1", "2", "3", "4", "5+"])


def count(data: Path) -> Counted:
    """By the place of the columns; a column for each discipline says yes or no."""
    rows = read(data / FILE)
    made = Counted(len(rows))
    made.add_single("qualification", rows[2], DEGREES)
    made.add_single("users", rows[5], USERS)
    made.add_numbers("experience", rows[7])
    made.add_single("time_coding", rows[8], TEN)
    made.add_single("time_teaching", rows[11], TEN)
    made.add_single("organisation", rows[13], PLACES)
    for question, first, options in (
        ("disciplines", 17, 65),
        ("testing", 91, 4),
        ("meeting", 127, 4),
    ):
        columns = {str(1 + i): rows[first + i] for i in range(options)}
        made.add_columns(question, columns, "Yes".__eq__)
    made.add_numbers("projects", rows[88])
    made.add_single("bus_factor", rows[89], BUS)
    made.add_texts("training", rows[101])
    made.add_single("purpose", rows[102], OFTEN)
    made.add_single("promotion", rows[110], AGREE)
    made.add_single("joy", rows[121], AGREE)
    made.add_single("satisfaction", rows[124], ELEVEN)
    return made
