"""Whatever stands in a sheet, the loaders find something to say, and say it in three languages."""

from __future__ import annotations

import random
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from data_loaders import Hints
from data_loaders.findings import group, has_failed
from data_loaders.workbook import Value
from tests.loader_catalogue import catalogue, loaded, merged, sheet

HEADINGS = ["Oppilaitos", "Vuosi", "Tutkinto", "Opiskelijat", "Uudet opiskelijat", "Konsertit",
            "Tieto", "Arvo", "Kysely", "Kyselyvuosi", "Valmistumislukuvuosi", "Aikaleima", "Nimi",
            "Vastaaja", "Kysymys", "Vaihtoehto", "Mitä teet nyt?", "Harrastukset [Tanssi]",
            "Harrastukset", "Vapaa sana", "Montako työtä sinulla on?",
            "Opiskelijat 2023"]  # fmt: skip
CONTENTS: list[Value] = [
    "Lahti", "Kuopio", "Musiikkialan perustutkinto", "Peruskysely", "2019-20", 2024, 2023.0, None,
    None, None, "-", "x", 5, 0.5, -1, True, date(2024, 1, 1), datetime(2024, 1, 1, 2), time(1),
    timedelta(1), "", "  ", "Yhteensä", 1e300, "Oppilaitos: Lahti", "\x00", "a" * 500, "[x]",
    "{value}",
    "Työssä", "Tanssi;;", "=1+1", "12 %", "1 234,5",
]  # fmt: skip
SOURCES = Path(__file__).resolve().parent.parent / "data_loaders"


@pytest.mark.parametrize("seed", range(8))
def test_no_sheet_makes_the_loaders_stumble(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        width = chance.randint(1, 8)
        rows: list[list[Value]] = [[chance.choice(HEADINGS) for _ in range(width)]]
        rows += [
            chance.choices([*HEADINGS, *CONTENTS], k=width) for _ in range(chance.randint(0, 9))
        ]
        if chance.random() < 0.2:
            chance.shuffle(rows)
        top, left = chance.randint(0, 5), chance.randint(0, 5)
        strange = sheet(
            rows,
            chance.choice(["Taulukko1", "Peruskysely", "Konsertit", "2024"]),
            merged=(merged((top, left, top + 2, left + 1)),),
            hidden_rows=frozenset({1, 3}),
            formulas_without_value=((2, 2),),
        )
        hints = Hints(
            survey=chance.choice(["", "base"]),
            survey_year=chance.choice([None, 2020]),
            year=chance.choice([None, 2024]),
            name="tiedosto.xlsx",
        )
        result = loaded(strange, hints=hints, form=chance.choice(["xlsx", "csv", "database"]))
        assert (result.submission is None) == has_failed(result.findings)
        for together in group(result.findings):
            said = together.sentence(catalogue())
            assert said.fi and said.sv and said.en


def test_everything_that_can_be_found_has_words() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    codes = set(re.findall(r'\b(?:fail|warn|note|remark)\(\s*"(\w+)"', source))
    codes |= set(re.findall(r'_RefusedError\("(\w+)"', source))
    codes |= {f"{one}_guessed" for one in re.findall(r'"(\w+)_guessed" if guess', source)}
    assert len(codes) > 35
    for code in codes:
        message = catalogue().word(f"finding.{code}.message")
        remedy = catalogue().word(f"finding.{code}.remedy")
        for text in (message, remedy):
            places = [set(re.findall(r"{(\w+)}", said)) for said in (text.fi, text.sv, text.en)]
            assert places[0] == places[1] == places[2], code
