"""Counts the class survey a second time, with pandas; it imports nothing of the product."""

from __future__ import annotations

from pathlib import Path

from tests.real_data.counting import Counted, by_heading, same

FILE = "dsbox_student_survey/student-survey.csv"
SINGLE = {
    "class_year": {
        "First-year": "first",
        "Sophomore": "second",
        "Junior": "third",
        "Senior": "fourth",
    },
    "campus": {"West": "west", "East": "east", "Central": "central", "Off campus": "off"},
    "beyonce_love": {
        "hell yes": "4",
        "yes": "3",
        "meh": "2",
        "no": "1",
        "I don't care. #teamnicki": "nicki",
    },
    "voted_for_president": {
        "yes": "yes",
        "no, I was not eligible due to age or citizenship status": "not_eligible",
        "no, I was eligible but chose not to vote": "chose_not",
    },
    "tenting": same(["blue", "black", "white", "none", "unsure"]),
    "perimeter": {
        "Inside": "inside",
        "Outside": "outside",
        "All of the Above": "all",
        "What even is the Perimeter": "what",
    },
}
NUMBERS = ("pets", "num_languages", "nights_drinking", "parents_age", "hours_watching_television")


def count(data: Path) -> Counted:
    rows = by_heading(data / FILE)
    made = Counted(len(rows))
    for question, codes in SINGLE.items():
        made.add_single(question, rows[question], codes)
    for question in NUMBERS:
        made.add_numbers(question, rows[question])
    return made
