"""Facts of the headings of survey exports: one heading's grammar, and the rows that make it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_loaders import Hints
from data_loaders.sheets.tables import Column
from data_loaders.survey.export import told_of
from data_loaders.survey.header_rows import header_by_shape
from data_loaders.survey.heading_rows import survey_columns_of
from data_loaders.words.heading_forms import Form, forms
from data_loaders.words.heading_words import cleaned, is_other_name
from data_loaders.words.lexicon import Lexicon
from data_loaders.words.meanings import Meaning
from data_loaders.words.spelling import normal
from data_loaders.workbook import Value, Workbook
from tests.loader_catalogue import (
    asked,
    catalogue_content,
    found,
    loaded,
    option,
    options,
    sheet,
    text,
)
from yearbook.catalogue import Catalogue, build
from yearbook.submissions import Kind

SKILLS = "Miten arvioit osaamistasi?"
STEM = "Harrastukset"
EXTRA: dict[str, dict[str, Any]] = {
    "hobbies": asked(
        text(STEM, "Hobbyer"),
        "multiple",
        option("play", "Soittaminen, laulaminen tai kuoro", "Musik, sång eller kör"),
        option("dance", "Tanssi", "Dans"),
        option("other", "Muu, mikä?", "Annat, vad?"),
    ),
    "playing": {
        **asked(text("Osaaminen: soitto"), "likert", option("1", "Heikko", score=1)),
        "headings": [f"{SKILLS} [Soittaminen]"],
    },
    "first_job": {**asked(text("Ensimmäinen työ"), "text"), "headings": ["Työnkuva", "T1"]},
    "second_job": {**asked(text("Toinen työ"), "text"), "headings": ["Työnkuva", "T2"]},
}


def with_mapping(
    *columns: dict[str, Any], options: list[dict[str, Any]] | None = None
) -> Catalogue:
    mapping = {"column": list(columns), "option": options or []}
    return build({**catalogue_content(**EXTRA), "mappings": {"base": mapping}})


@cache
def plain() -> Catalogue:
    return with_mapping()


@cache
def plain_words() -> Lexicon:
    return words(plain(), 2020)


def words(catalogue: Catalogue, year: int | None) -> Lexicon:
    told = told_of(Workbook("x.csv", "csv", ()), catalogue, Hints(survey="base", survey_year=year))
    return Lexicon(catalogue, Kind.SURVEY, told)


def columns(
    *rows: list[Value], using: Catalogue | None = None, year: int | None = 2020
) -> tuple[Column, ...]:
    """The columns of a sheet that has these rows of headings."""
    lexicon = words(using, year) if using else plain_words()
    return survey_columns_of(sheet(list(rows)), tuple(range(len(rows))), lexicon)


def meaning(*cells: str) -> tuple[str, str | None, bool] | str | None:
    """What the cells of one heading, from top to bottom, say."""
    known = columns(*([cell] for cell in cells))[0].meaning
    if known is None:
        return None
    return known.role or (known.question, known.option, known.is_other)


DANCE = ("hobbies", "dance", False)
WORDS = ("hobbies", "other", True)


@pytest.mark.parametrize(
    "cells",
    [
        (f"{STEM} [Tanssi]",), (f"{STEM}: Tanssi",), (f"{STEM} - Tanssi",), (f"{STEM} – Tanssi",),
        (f"Tanssi:{STEM}",), (f"{STEM} (choice=Tanssi)",), (f"{STEM} | Tanssi",),
        (f"q2[SQ002]. {STEM} [Tanssi]",), (f"q2[SQ002]._.{STEM}._.Tanssi",),
        (f"12. {STEM}: Tanssi",), (f"Q12: {STEM} - Selected Choice - Tanssi",),
        (f"12a) {STEM} (voit valita useita) [Tanssi]",), ("hobbies___dance",), ("hobbies[dance]",),
        (STEM, "Tanssi"), ("Tanssi", STEM),
        ("Q2_2", f"{STEM} - Tanssi"), (f"<b>{STEM}</b>&nbsp;[<i>Tanssi</i>]",),
        ("Q2_2", f"{STEM} - Tanssi", '{"ImportId":"QID2_2"}'), ("Hobbyer", "Dans"),
    ],
)  # fmt: skip
def test_an_option_has_a_column_of_its_own_in_every_tools_form(cells: tuple[str, ...]) -> None:
    assert meaning(*cells) == DANCE


@pytest.mark.parametrize(
    "cells",
    [
        (f"{STEM} - Muu, mikä? - Teksti",), (f"{STEM}: Muu, mikä? (avoin vastaus)",),
        ("Hobbyer", "Annat, vad? (fritt svar)"), ("Q2_3_TEXT", f"{STEM} - Muu, mikä? - Text"),
    ],
)  # fmt: skip
def test_the_words_beside_other_are_told_from_the_option(cells: tuple[str, ...]) -> None:
    assert meaning(*cells) == WORDS


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ((f"{SKILLS} [Soittaminen]",), "playing"), ((SKILLS, "Soittaminen"), "playing"),
        (("Soittaminen", SKILLS), "playing"), ((f"g3[A]. {SKILLS} [Soittaminen]",), "playing"),
        ((f"3. {SKILLS} - Soittaminen",), "playing"), (("jobs",), "jobs"),
        (("main1. Mitä teet nyt?",), "main"), (("rse3[SQ001]. Mitä teet nyt? []",), "main"),
        (("Mitä teet nyt?", "Response"), "main"), (("Mitä teet nyt?", "Vastaus"), "main"),
        (("QID4", "Mitä teet nyt? - Selected Choice"), "main"), (("Vad gör du nu?",), "main"),
        (("g3[A]. [Mitä teet nyt?]",), "main"), (("T2. Jotain aivan muuta",), "second_job"),
    ],
)  # fmt: skip
def test_a_question_is_known_by_its_words_its_row_or_its_code(
    cells: tuple[str, ...], code: str
) -> None:
    assert meaning(*cells) == (code, None, False)


@pytest.mark.parametrize(
    "cells", [(f"{STEM} [Hiihto]",), (f"{SKILLS} [Nuotit]",), ("Mitä teet huomenna?",), (SKILLS,)]
)
def test_what_nobody_knows_is_not_guessed(cells: tuple[str, ...]) -> None:
    assert meaning(*cells) is None


@pytest.mark.parametrize(
    "cells",
    [
        (f"{STEM} [Score]",), (f"Pisteet - {STEM}",), (f"{STEM} - Display Order - Tanssi",),
        ("q2Time", f"Kysymyksen aika: {STEM}"), ("form_1_complete",), ("groupTime12. Tausta",),
    ],
)  # fmt: skip
def test_what_a_tool_tells_about_a_question_is_no_answer(cells: tuple[str, ...]) -> None:
    assert meaning(*cells) == "ignored"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Harrastukset..Tanssi.", DANCE), ("q2.SQ002...Harrastukset..Tanssi.", DANCE),
        ("Mitä.teet.nyt.", ("main", None, False)),
        ("T2..Jotain.aivan.muuta", ("second_job", None, False)),
    ],
)  # fmt: skip
def test_names_that_a_statistical_program_has_made_of_headings(
    name: str, said: tuple[str, str | None, bool]
) -> None:
    assert meaning(name) == said


def test_what_programs_write_into_empty_headings_says_nothing() -> None:
    blank = ["Mitä teet nyt?", STEM, "Unnamed: 2", "...4", "Sarake5"]
    read = columns(blank, ["Response", "Tanssi", "Muu, mikä?", "Tanssi", "Tanssi"])
    assert [c.key for c in read[1:]] == [f"{STEM}\n{row}" for row in ("Tanssi", "Muu, mikä?")] + [
        f"{STEM}\nTanssi"
    ] * 2


def test_an_option_that_the_question_lacks_fails() -> None:
    result = loaded(
        sheet([["Oppilaitos", f"{STEM} [Tanssi]", f"{STEM} [Hiihto]"], ["Tampere", "x", "x"]]),
        hints=Hints(survey="base", survey_year=2020, name="x.xlsx"),
        using=plain(),
    )
    assert ("unknown_option", "C1") in found(result)
    assert result.submission is None


# Rows of headings


def shape(*rows: list[Value]) -> tuple[int, ...]:
    return header_by_shape(sheet(list(rows)))


def test_one_row_of_headings_below_titles_and_blank_lines() -> None:
    data: list[list[Value]] = [["1", "Työssä", 3], ["2", "Opiskelen", 1]]
    assert shape(["ID", "Toiminta", "Töitä"], *data) == (0,)
    assert shape(["Kysely 2020"], ["Vastauksia", 2], [], ["ID", "Toiminta", "Töitä"], *data) == (3,)
    assert shape(["ID", "Toiminta", "Töitä"], [], [], *data) == (0,)


def test_a_row_of_words_is_no_heading_where_the_words_come_again() -> None:
    rows: list[list[Value]] = [["q1", "q2"], ["yes", "no"], ["no", "no"], ["yes", "yes"]]
    assert shape(*rows) == (0,)


def test_questions_above_and_their_options_below() -> None:
    above: list[Value] = ["RespondentID", "Seen?", "Which films?", None, "Age", None]
    below: list[Value] = [None, "Response", "Part I", "Part II", "Response"]
    assert shape(above, below, [1, "Yes", "Part I", None, "18-29"], [2, "No"]) == (0, 1)
    spanish: list[Value] = [None, "Respuesta", "Part I", "Part II", "Respuesta"]
    above = ["RespondentID", "Seen?", "Which films?", None, "Age", "Sex", "Town"]
    rows = [above, [*spanish, "Respuesta", "Respuesta"], [1, "Yes", "Part I", None, "18-29"]]
    assert shape(*rows) == (0, 1)


def test_ids_above_texts_with_and_without_what_the_file_is_imported_by() -> None:
    ids: list[Value] = ["StartDate", "Status", "Q1", "Q2_1"]
    texts: list[Value] = ["Start Date", "Response Type", "How are you?", "Why? - Money"]
    imports: list[Value] = [f'{{"ImportId":"QID{number}"}}' for number in range(4)]
    answer: list[Value] = ["2020-10-05 12:30:00", "0", "2", "1"]
    assert shape(ids, texts, imports, answer) == (0, 1, 2)
    assert shape(["V1", "V2", "Q1", "Q2"], texts, answer) == (0, 1)
    assert shape(texts, ["V1", "V2", "Q1", "Q2"], answer) == (0, 1)


def test_a_question_reaches_over_its_options_and_no_further() -> None:
    read = columns(
        ["Mitä teet nyt?", STEM, None, "Vapaa sana", None, None],
        [None, "Tanssi", "Muu, mikä?", None, "Montako työtä sinulla on?", None],
    )
    known = [(c.meaning.question, c.meaning.option) if c.meaning else None for c in read]
    assert known == [
        ("main", None), ("hobbies", "dance"), ("hobbies", "other"), ("comment", None),
        ("jobs", None), None,
    ]  # fmt: skip
    assert [column.key for column in read[1:3]] == [
        "Harrastukset\nTanssi",
        "Harrastukset\nMuu, mikä?",
    ]
    assert read[5].key == ""


# Two questions with one heading, and decisions


def test_the_second_of_two_headings_alike_is_the_second_question() -> None:
    read = columns(["Työnkuva", "Työnkuva", "Työnkuva"])
    assert [c.occurrence for c in read] == [1, 2, 3]
    assert [c.meaning.question for c in read if c.meaning][:2] == ["first_job", "second_job"]


def test_a_heading_that_a_tool_has_numbered_is_its_second() -> None:
    read = columns(["Vapaa sana", "Työnkuva", "Mitä teet nyt?", "height", "height2"])
    assert read[4].meaning is None
    numbered = columns(["Muu, mikä?", "Mitä teet nyt?", "Mitä teet nyt?2"])
    assert [c.meaning.question if c.meaning else "" for c in numbered] == ["", "main", "main"]


def test_two_headings_alike_of_one_question_fail() -> None:
    rows: list[list[Value]] = [["Oppilaitos", "Mitä teet nyt?", "Mitä teet nyt?"]]
    result = loaded(
        sheet([*rows, ["Tampere", "Työssä", "Opiskelen"]]),
        hints=Hints(survey="base", survey_year=2020, name="x.xlsx"),
    )
    assert ("column_twice", "C1") in found(result)


def test_decisions_go_before_everything_and_hold_from_their_year() -> None:
    using = with_mapping(
        {"heading": "Mitä teet nyt?", "from": 2018, "role": "ignored"},
        {"heading": "Mitä teet nyt?", "from": 2021, "question": "comment"},
        {"heading": "Kysymys\nOsa", "question": "hobbies", "option": "dance"},
        {"heading": "Työnkuva", "occurrence": 2, "role": "personal"},
        {"heading": "Vapaa sana", "question": "taken_out_since"},
    )
    headings: list[Value] = ["Mitä teet nyt?", "Työnkuva", "Työnkuva", "Vapaa sana"]
    years = {year: columns(headings, using=using, year=year) for year in (2016, 2019, 2021, None)}
    first = {year: read[0].meaning for year, read in years.items()}
    assert first == {
        2016: Meaning(role="ignored"), 2019: Meaning(role="ignored"),
        2021: Meaning(question="comment"), None: Meaning(question="comment"),
    }  # fmt: skip
    assert [c.why for c in years[2019]] == ["mapping", "heading", "mapping", "heading"]
    assert [c.meaning for c in columns(["KYSYMYS"], ["osa"], using=using)] == [
        Meaning(question="hobbies", option="dance")
    ]


def test_a_decided_text_is_its_choice_and_nothing_else() -> None:
    decided = [
        {"question": "main", "text": "Opiskelen", "choice": "work"},
        {"question": "main", "text": "Ööö", "choice": "idle"},
        {"question": "main", "text": "En sano", "choice": ""},
    ]
    rows: list[list[Value]] = [["Oppilaitos", "Mitä teet nyt?", "Montako työtä sinulla on?"]]
    rows += [["Tampere", said, 1] for said in ("Opiskelen", "ööö", "en sano")]
    hints = Hints(survey="base", survey_year=2020, name="x.xlsx")
    result = loaded(sheet(rows), hints=hints, using=with_mapping(options=decided))
    assert options(result, "main") == [["work"], ["idle"], []]


# The grammar, tried on many headings

WORDING = st.text(alphabet="abcåäö ", min_size=3, max_size=20).map(str.strip).filter(len)


@given(stem=WORDING, part=WORDING)
@settings(max_examples=60, deadline=None)
def test_question_and_part_are_found_whatever_stands_between(stem: str, part: str) -> None:
    for heading in (f"{stem} [{part}]", f"{stem}: {part}", f"{stem} - {part}", f"{part}:{stem}"):
        assert Form(stem, part) in list(forms((heading,)))
    assert Form(stem, part) in list(forms((stem, part))) or stem == part


@given(st.lists(st.text(max_size=80), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_heading_has_forms_that_say_something(parts: list[str]) -> None:
    for form in forms([cleaned(part) for part in parts]):
        assert form.question.strip()
    assert all(isinstance(is_other_name(part), bool) for part in parts)


@given(heading=WORDING, level=st.sampled_from(("b", "span style='x'", "p")))
@settings(max_examples=30, deadline=None)
def test_html_says_nothing(heading: str, level: str) -> None:
    tagged = f"<{level}>{heading}</{level.split()[0]}>&nbsp;"
    assert normal(cleaned(tagged)) == normal(heading)
