"""Counts the film survey a second time, with pandas; it imports nothing of the product."""

from __future__ import annotations

from pathlib import Path

from tests.real_data.counting import Counted, numbered, read

FILE = "starwars_surveymonkey/StarWars.csv"
YES = {"Yes": "yes", "No": "no"}
FILMS = ("i", "ii", "iii", "iv", "v", "vi")
OPINIONS = {
    **numbered(
        [
            "Very unfavorably",
            "Somewhat unfavorably",
            "Neither favorably nor unfavorably (neutral)",
            "Somewhat favorably",
            "Very favorably",
        ]
    ),
    "Unfamiliar (N/A)": "unfamiliar",
}
SHOT = {"Han": "han", "Greedo": "greedo", "I don't understand this question": "puzzled"}
GENDERS = {"Female": "female", "Male": "male"}
AGES = {"18-29": "18_29", "30-44": "30_44", "45-60": "45_60", "> 60": "over_60"}
INCOMES = {
    "$0 - $24,999": "to_25",
    "$25,000 - $49,999": "to_50",
    "$50,000 - $99,999": "to_100",
    "$100,000 - $149,999": "to_150",
    "$150,000+": "over_150",
}


def count(data: Path) -> Counted:
    """By the place of the columns: the second row of headings repeats the films."""
    rows = read(data / FILE, headings=2, encoding="cp1252")
    made = Counted(len(rows))
    for question, column in (("seen", 1), ("fan", 2), ("fan_of_universe", 31), ("fan_of_trek", 32)):
        made.add_single(question, rows[column], YES)
    made.add_columns("films", {code: rows[3 + i] for i, code in enumerate(FILMS)}, bool)
    for i, film in enumerate(FILMS):
        made.add_numbers(f"rank_{film}", rows[9 + i])
    for question, column in (("han_solo", 15), ("darth_vader", 21), ("jar_jar_binks", 26)):
        made.add_single(question, rows[column], OPINIONS)
    made.add_single("yoda", rows[28], OPINIONS)
    made.add_single("shot_first", rows[29], SHOT)
    made.add_single("gender", rows[33], GENDERS)
    made.add_single("age", rows[34], AGES)
    made.add_single("income", rows[35], INCOMES)
    return made
