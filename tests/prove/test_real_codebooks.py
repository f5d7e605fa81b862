"""Real codebook files beside real answers tell what the codes in headings and cells stand for; one
of another survey is remarked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import data_loaders
from data_loaders import Hints
from data_loaders.hints import Loaded
from data_loaders.survey import codebook
from tests.real_data import small_by_hand
from tests.real_data.carpentries_by_hand import EXPERIENCES, FOLDER, KEY
from tests.real_data.counting import by_heading
from yearbook import catalogue

REALDATA = Path(os.environ.get("REALDATA", ""))
CATALOGUES = Path(__file__).resolve().parents[1] / "real_data"
pytestmark = pytest.mark.skipif(
    not os.environ.get("REALDATA"), reason="REALDATA names no folder of data"
)
QUESTIONS = f"{FOLDER}/2020-12-longterm-questions.csv"
DICTIONARY = "redcap_samples/inst_test-data_projects_longitudinal_dictionary.csv"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def same(text: str) -> dict[str, str]:
    return {"fi": text, "sv": text, "en": text}


def asked(heading: str, kind: str, *options: str) -> dict[str, Any]:
    """A question whose code and options' codes have nothing to do with the file's."""
    choices = [{"code": f"o{n}", **same(text)} for n, text in enumerate(options)]
    entry = {"source": "survey", "theme": "work", "type": kind, "surveys": [], "choice": choices}
    return {**entry, "headings": [heading], "label": same(f"Kysymys: {heading}")}


def loaded(name: str, file: str, book: str, **questions: dict[str, Any]) -> Loaded:
    content = catalogue.read(CATALOGUES / name)
    using = catalogue.build({**content, "questions": questions, "indicators": {}, "mappings": {}})
    told = codebook.read(REALDATA / book)
    assert told is not None
    survey = "" if name == "redcap_longitudinal" else "experiences"
    hints = Hints(survey=survey, survey_year=2020, codebook=told)
    return data_loaders.load(REALDATA / file, using, hints)


def counts(result: Loaded, question: str) -> dict[str, int]:
    assert result.submission is not None, [finding.code for finding in result.findings]
    answers = result.submission.answers
    mine = answers[(answers["question"] == question) & (answers["option"] != "")]
    return mine["option"].value_counts().to_dict()


def test_an_answer_key_tells_the_options_of_each_question() -> None:
    book, key = codebook.read(REALDATA / KEY), by_heading(REALDATA / KEY)
    assert book is not None
    told = {
        (said.code, code): text
        for said in book.columns.values()
        for code, text in said.options.items()
    }
    # Codes are compared without punctuation: "carp-sg" is "carp sg".
    shorts = key["short"].str.replace("[-_]", " ", regex=True).str.lower()
    by_hand = dict(zip(zip(key["column"], shorts, strict=True), key["verbatim"], strict=True))
    assert len(told) == len(by_hand) == len(key) == 84
    assert told == {place: " ".join(text.split()) for place, text in by_hand.items()}


def test_a_list_of_headings_tells_what_the_short_names_ask() -> None:
    """The file's own names are short; the catalogue knows only the questions as they were put."""
    heading = "Which Carpentries workshop did you last attend?"
    kinds = ("Software Carpentry", "Data Carpentry", "Library Carpentry", "I don't know")
    result = loaded("carpentries", EXPERIENCES, QUESTIONS, kind=asked(heading, "single", *kinds))
    rows = by_heading(REALDATA / EXPERIENCES)["workshop_attended_type"].value_counts()
    assert counts(result, "kind") == {f"o{n}": int(rows[text]) for n, text in enumerate(kinds)}
    assert counts(result, "kind") == {"o0": 40, "o1": 34, "o2": 10, "o3": 3}


def test_a_data_dictionary_tells_headings_and_options_of_boxes_and_menus() -> None:
    result = loaded(
        *("redcap_longitudinal", small_by_hand.LONGITUDINAL, DICTIONARY),
        training=asked("Gym (Weight Training)", "multiple", *DAYS),
        gender=asked("Gender", "single", "Male", "Female"),
    )
    rows = by_heading(REALDATA / small_by_hand.LONGITUDINAL)
    boxes = {f"o{n}": int((rows[f"gym___{n}"] == "1").sum()) for n in range(len(DAYS))}
    assert counts(result, "training") == {code: count for code, count in boxes.items() if count}
    assert counts(result, "training") == {"o0": 3, "o1": 2}
    # In the dictionary 0 is female; here the catalogue's first option is male.
    assert counts(result, "gender") == {"o1": 2, "o0": 1}


def test_two_fields_of_one_label_of_which_each_event_fills_one_are_read_as_one() -> None:
    """The dictionary asks about pills twice, under two codes; the director is told."""
    heading = "On average, how many pills did you take each day last week?"
    pills = asked(heading, "single", "less than 5", "5-10", "6-15", "over 15")
    result = loaded("redcap_longitudinal", small_by_hand.LONGITUDINAL, DICTIONARY, pills=pills)
    assert [f.cell for f in result.findings if f.code == "columns_joined"] == ["DQ1"]
    rows = by_heading(REALDATA / small_by_hand.LONGITUDINAL)
    both = pd.concat([rows["pmq1"], rows["cpq10"]])
    taken = both[both != ""].value_counts()
    assert counts(result, "pills") == {f"o{code}": int(count) for code, count in taken.items()}
    assert sum(counts(result, "pills").values()) == 12


def test_a_codebook_of_another_survey_is_remarked() -> None:
    kinds = asked("workshop_attended_type", "text")
    result = loaded("carpentries", EXPERIENCES, DICTIONARY, kind=kinds)
    assert "codebook_of_another" in {finding.code for finding in result.findings}
