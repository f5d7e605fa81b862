"""Facts of reading the exports of survey tools: the same four answers come out of every form."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from data_loaders import Hints, Loaded
from data_loaders.findings import Severity
from data_loaders.workbook import Value
from tests.loader_catalogue import loaded, sheet
from tests.survey_exports import (
    EXPORTS,
    LABELS,
    MAIN,
    PEOPLE,
    PLAYING,
    READING,
    SKILLS,
    Person,
    form,
)

HINTS = Hints(survey="base", survey_year=2020, school="tampere", name="vastaukset.xlsx")
# In these forms the words beside "other" have no place of their own.
WITHOUT_WORDS = {
    *("redcap_labels", "redcap_codes", "blank_lines", "titled", "long_form"),
    "limesurvey_with_comments",
}
PERSONAL = {
    "google_forms": {"Sähköpostiosoite"},
    "google_forms_csv": {"Username"},
    "microsoft_forms": {"Sähköposti", "Nimi"},
    "surveymonkey": {"IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1"},
    "qualtrics": {"IPAddress – IP-osoite"},
    "alchemer": {"IP Address"},
}


@cache
def read(tool: str) -> Loaded:
    return loaded(*EXPORTS[tool](), hints=HINTS, using=form())


def answers_of(result: Loaded) -> list[Person]:
    """What was read of each respondent, in the order of the rows."""
    assert result.submission is not None, [f.sentence(form())["en"] for f in result.findings]
    people = []
    for respondent in result.submission.respondents["respondent"]:
        frame = result.submission.answers[lambda f, own=respondent: f["respondent"] == own]
        said = dict(iter(frame.groupby("question")))
        options = {code: [o for o in rows["option"] if o] for code, rows in said.items()}
        words = {c: " ".join(filter(None, rows["text"])) or None for c, rows in said.items()}
        numbers = {code: rows["number"].iloc[0] for code, rows in said.items()}
        people.append(
            Person(
                main=next(iter(options.get("main", [])), None),
                hobbies=tuple(options.get("hobbies", ())),
                playing=_whole(next(iter(options.get("playing", [])), None)),
                reading=_whole(next(iter(options.get("reading", [])), None)),
                jobs=_whole(numbers.get("jobs")),
                comment=words.get("comment"),
                main_words=words.get("main"),
                hobby_words=words.get("hobbies"),
            )
        )
    return people


def _whole(value: str | float | None) -> int | None:
    return None if value is None else int(value)


def without_words(person: Person) -> Person:
    hobbies = tuple(sorted(person.hobbies))
    return replace(person, hobbies=hobbies, main_words=None, hobby_words=None)


@pytest.mark.parametrize("tool", EXPORTS)
def test_the_same_answers_come_out_of_every_tools_export(tool: str) -> None:
    people = answers_of(read(tool))
    assert [without_words(person) for person in people] == [without_words(p) for p in PEOPLE]


@pytest.mark.parametrize("tool", [tool for tool in EXPORTS if tool not in WITHOUT_WORDS])
def test_words_beside_other_stand_with_that_option(tool: str) -> None:
    third = answers_of(read(tool))[2]
    words = (third.main_words, third.hobby_words)
    expected = (None if tool == "swedish_in_two_rows" else "Opintovapaalla", "Purjehdus")
    assert words == expected
    assert read(tool).submission is not None
    answers = read(tool).submission.answers  # type: ignore[union-attr]
    beside = answers[(answers["text"] != "") & (answers["question"] != "comment")]
    assert set(beside["option"]) == {"other"}


@pytest.mark.parametrize("tool", EXPORTS)
def test_nothing_of_a_tools_own_columns_is_left_unexplained(tool: str) -> None:
    """Numbers, times, states and addresses are known by their headings in every tool."""
    unknown = [f for f in read(tool).findings if f.code.startswith("unknown")]
    assert [f.sentence(form())["en"] for f in unknown] == []
    assert not [f for f in read(tool).findings if f.severity is Severity.FAIL]


@pytest.mark.parametrize("tool", PERSONAL)
def test_personal_columns_are_shown_and_not_kept(tool: str) -> None:
    named = {f.values["column"] for f in read(tool).findings if f.code == "personal_column"}
    assert named == PERSONAL[tool]
    assert read(tool).submission is not None
    kept = read(tool).submission.answers["text"]  # type: ignore[union-attr]
    assert not kept.str.contains("@|192").any()


def test_a_trial_response_is_left_out_and_told() -> None:
    told = [f for f in read("qualtrics").findings if f.code == "test_responses"]
    assert [f.values["count"] for f in told] == [1]


@pytest.mark.parametrize("name", [None, "Unnamed: 0", "id"])
def test_the_first_answers_are_no_headings_though_a_column_has_no_name(name: str | None) -> None:
    """Answers in words of which few are different look much like a second row of headings."""
    labels = [LABELS[code] for code in ("work", "study", "idle", "work")]
    grades = ["Hyvä", "Hyvä", "Heikko", "Hyvä"]
    head: list[Value] = [name, MAIN, f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]"]
    answers = zip(("a", "b", "c", "d"), labels, grades, grades, strict=True)
    result = loaded(sheet([head, *map(list, answers)]), hints=HINTS, using=form())
    assert [person.main for person in answers_of(result)] == ["work", "study", "idle", "work"]
    assert [person.playing for person in answers_of(result)] == [3, 3, 1, 3]


@pytest.mark.parametrize("tool", EXPORTS)
def test_every_respondent_has_a_pseudonym_that_comes_again(tool: str) -> None:
    again = loaded(*EXPORTS[tool](), hints=HINTS, using=form()).submission
    first = read(tool).submission
    assert first is not None and again is not None
    assert list(first.respondents["respondent"]) == list(again.respondents["respondent"])
    assert first.respondents["respondent"].nunique() == len(PEOPLE)
