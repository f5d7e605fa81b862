"""Facts of the examination of a survey export: what a column was taken for, what it may be."""

from __future__ import annotations

import pickle
from time import perf_counter
from typing import Any

from data_loaders import Hints
from data_loaders.examination import (
    Examination,
    ExaminedColumn,
    examine_workbook,
    known_choice,
    suggest_choices,
)
from data_loaders.personal import MARK
from data_loaders.words.likeness import Suggestion
from data_loaders.workbook import Sheet, Value, Workbook
from tests.loader_catalogue import catalogue, catalogue_content, found, loaded, sheet
from yearbook.catalogue import Catalogue, build

Rows = list[list[Value]]
BASE = Hints(survey="base", survey_year=2020, name="x.xlsx")


def examined(
    *sheets: Sheet, hints: Hints = BASE, using: Catalogue | None = None, form: str = "xlsx"
) -> Examination:
    return examine_workbook(Workbook("x.xlsx", form, sheets), using or catalogue(), hints)


def columns(rows: Rows, using: Catalogue | None = None) -> list[ExaminedColumn]:
    (one,) = examined(sheet(rows, "Vastaukset"), using=using).sheets
    return list(one.columns)


def answers(heading: str, *said: Value) -> ExaminedColumn:
    """The one column with these answers."""
    return columns([["ID", heading], *([number, one] for number, one in enumerate(said))])[1]


def test_what_is_known_says_by_what() -> None:
    read = columns([
        ["ID", "Mitä teet nyt?", "jobs", "Sähköposti", "Jotain aivan muuta"],
        [1, "Työssä", 2, "a@example.org", "x"], [2, "Työssä", 1, "b@example.org", "y"],
    ])  # fmt: skip
    assert [(c.meaning.role or c.meaning.question) if c.meaning else None for c in read] == [
        "respondent", "main", "jobs", "personal", None,
    ]  # fmt: skip
    assert [c.why for c in read] == ["heading", "heading", "heading", "heading", ""]
    assert [c.address for c in read] == ["A1", "B1", "C1", "D1", "E1"]
    assert read[1].options[0].text == "Työssä"
    assert (read[1].options[0].count, read[1].options[0].choice) == (2, "work")
    assert (read[1].filled, read[1].different) == (2, 1)


def test_an_unknown_heading_gets_what_looks_most_like_it() -> None:
    best = answers("Mitä sinä teet tällä hetkellä?", "Työssä", "Työtön", "Opiskelen", "Työssä")
    assert best.meaning is None
    assert (best.suggestions[0].code, best.suggestions[0].kind) == ("main", "question")
    by_contents = answers("Q17", "Työssä", "Työtön", "Opiskelen", "Työssä")
    assert "main" not in [one.code for one in by_contents.suggestions[1:]]
    school = answers("Missä opiskelit?", "Tampereen konservatorio", "Kuopion konservatorio")
    assert school.suggestions[0] == Suggestion("school", "role", 100.0)
    when = answers("Päivä ja aika", "5.10.2020 12.30", "6.10.2020 14.01")
    assert when.suggestions[0].code == "timestamp"


def test_the_type_is_guessed_by_the_contents() -> None:
    words = ("Tanssi", "Laulu", "Kuoro", "Teatteri")
    several = [f"{a};{b}" for a in words for b in words if a != b]
    assert answers("A", *several).guessed_type == "multiple"
    assert [(o.text, o.count) for o in answers("A", *several).options] == [(w, 6) for w in words]
    assert answers("A", "Usein", "Harvoin", "Usein").guessed_type == "single"
    assert answers("A", 3, "1 200", "17,5").guessed_type == "number"
    assert answers("A", *(f"sanon {n} asiaa" for n in range(30))).guessed_type == "text"
    assert answers("Tanssi", "Tanssi", None, "Tanssi").guessed_type == "option"
    grid = columns([["K [a]", "K [b]"], *([n % 5 + 1, 5 - n % 5] for n in range(20))])
    assert [c.guessed_type for c in grid] == ["likert", "likert"]
    assert [(c.stem, c.row) for c in grid] == [("K", "a"), ("K", "b")]


def test_samples_tell_nothing_of_persons() -> None:
    read = columns([
        ["Yhteys", "Kommentti"], ["matti@example.org", "Soita 040 123 4567"],
        ["maija@example.org", "Kirjoita: x@example.org"], ["kalle@example.org", "Kiitos"],
    ])  # fmt: skip
    assert read[0].samples == (MARK,)
    assert read[0].suggestions[0] == Suggestion("personal", "role", 100.0)
    assert read[0].options == ()
    assert read[1].samples == (f"Soita {MARK}", f"Kirjoita: {MARK}", "Kiitos")


def test_options_are_known_decided_or_open() -> None:
    mapping = {"base": {"option": [{"question": "main", "text": "Ööö", "choice": "idle"}]}}
    using = build({**catalogue_content(), "mappings": mapping})
    rows: Rows = [["Mitä teet nyt?"], ["Työssä"], ["ööö"], ["Opiskelen ahkerasti"]]
    known = {o.text: (o.choice, o.why) for o in columns(rows, using)[0].options}
    assert known == {
        "Työssä": ("work", "heading"), "ööö": ("idle", "mapping"),
        "Opiskelen ahkerasti": (None, ""),
    }  # fmt: skip
    (open_one,) = [o for o in columns(rows, using)[0].options if o.choice is None]
    assert open_one.suggestions[0].code == "study"
    main = using.questions["main"]
    assert suggest_choices("Opiskelen ahkerasti", main)[0].code == "study"
    assert (known_choice("TYÖTÖN", main), known_choice("Ööö", main)) == ("idle", None)


def test_any_sheet_can_be_examined_and_sent_to_another_process() -> None:
    empty = examined(sheet([]), sheet([["vain otsikko"]], "B"), hints=Hints())
    assert (empty.survey, empty.survey_year) == ("", None)
    strange = examined(sheet([["x1", "x2"], ["a", 1], ["b", 2]], "Taul1"), hints=Hints())
    assert [c.key for c in strange.sheets[0].columns] == ["x1", "x2"]
    assert pickle.loads(pickle.dumps(strange)) == strange
    named = examined(sheet([["x1"], ["a"]], "tmp123"), hints=Hints(name="kysely.csv"), form="csv")
    assert [one.name for one in named.sheets] in (["kysely"], [])


def test_a_survey_without_a_known_heading_has_to_be_mapped() -> None:
    rows: Rows = [["x1", "x2"], ["a", 1], ["b", 2]]
    result = loaded(sheet(rows), hints=BASE)
    assert found(result) == [("nothing_known", "A1")]
    assert result.findings[0].values["count"] == 2
    assert "nothing_recognised" in [f.code for f in loaded(sheet(rows), hints=Hints()).findings]


def test_columns_that_slid_sideways_fail() -> None:
    heads: list[Value] = [
        "Oppilaitos",
        "Mitä teet nyt?",
        "Harrastukset",
        "Olen tyytyväinen opintoihini",
    ]
    good: list[Value] = ["Tampere", "Työssä", "Tanssi", "Täysin eri mieltä"]
    assert loaded(sheet([heads, *[good] * 5]), hints=BASE).submission is not None
    slid: list[Value] = ["Tampere", None, "Työssä", "Tanssi", "Täysin eri mieltä"]
    result = loaded(sheet([heads, *[slid] * 5]), hints=BASE)
    shifted = next(f for f in result.findings if f.code == "shifted_columns")
    assert (shifted.cell, shifted.values["value"]) == ("C1", "Harrastukset")


def test_fifty_thousand_answers_are_examined_in_seconds() -> None:
    said: dict[str, Any] = {
        "Mitä teet nyt?": ("Työssä", "Opiskelen", "Työtön"), "Työt": tuple(range(9)),
        "Harrastukset": ("Tanssi, Ei mitään näistä", "Tanssi"),
    }  # fmt: skip
    heads = [f"{name} {number}" for number in range(20) for name in said]
    values = [said[name] for _ in range(20) for name in said]
    rows: Rows = [list(heads)]
    rows += [[choices[n % len(choices)] for choices in values] for n in range(50_000)]
    start = perf_counter()
    (one,) = examined(sheet(rows)).sheets
    assert (one.rows, len(one.columns)) == (50_000, 60)
    assert perf_counter() - start < 20


def test_a_long_table_is_examined_by_its_questions() -> None:
    rows: Rows = [["Vastaaja", "Kysymys", "Vaihtoehto", "Arvo"]]
    rows += [["a", "Mitä teet nyt?", "Työssä", 1], ["a", "Jotain uutta", "Sininen", 1]]
    rows += [["b", "Mitä teet nyt?", "Työtön", 1], ["b", "Jotain uutta", "Punainen", 1]]
    read = {c.key: c for c in columns(rows)}
    assert [o.choice for o in read["Mitä teet nyt?"].options] == ["work", "idle"]
    assert read["Jotain uutta"].meaning is None
    assert [o.text for o in read["Jotain uutta"].options] == ["Sininen", "Punainen"]
    mapping = {"base": {"column": [{"heading": "Jotain uutta", "question": "comment"}]}}
    using = build({**catalogue_content(), "mappings": mapping})
    hints = Hints(survey="base", survey_year=2020, school="tampere", name="x.xlsx")
    result = loaded(sheet(rows), hints=hints, using=using)
    assert result.submission is not None
    said = result.submission.answers[lambda f: f["question"] == "comment"]
    assert list(said["text"]) == ["Sininen", "Punainen"]
