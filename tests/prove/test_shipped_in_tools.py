"""The shipped questions of graduates, invented answers, and the form of every tool in three
languages: what sixty people say comes out as they said it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product

import pytest

from data_loaders import Hints, Loaded
from data_loaders.workbook import Value
from tests.loader_catalogue import loaded, sheet
from yearbook import catalogue
from yearbook.catalogue import Catalogue, Question
from yearbook.language import Text

SURVEY, YEAR, PEOPLE = "base", 2021, 60
YES_NO = {"fi": ("Kyllä", "Ei"), "sv": ("Ja", "Nej"), "en": ("Yes", "No")}
PLACES = {
    "fi": ("Oppilaitos", "Osaamisala"),
    "sv": ("Läroanstalt", "Kompetensområde"),
    "en": ("School", "Competence area"),
}
FIRST = {  # the tool's own first column, one cell for each row of its headings
    "google": ("Aikaleima",),
    "microsoft": ("ID",),
    "surveymonkey": ("Respondent ID", None),
    "limesurvey": ("id. Response ID",),
    "qualtrics": ("ResponseId", "Response ID", '{"ImportId":"_recordId"}'),
    "alchemer": ("Response ID",),
    "redcap_labels": ("Record ID",),
    "redcap_codes": ("record_id",),
    "webropol": ("Vastaajan numero",),
}
IN_ONE_CELL = {"google": ", ", "microsoft": ";"}
Answer = str | float | frozenset[str] | None
Said = Mapping[str, Answer]
Heading = tuple[str | None, ...]
Column = tuple[Heading, Callable[[Said], Value]]


@cache
def shipped() -> Catalogue:
    return catalogue.load()


@cache
def asked() -> tuple[Question, ...]:
    return tuple(
        question
        for question in shipped().survey_questions
        if SURVEY in question.surveys and (question.since or 0) <= YEAR <= (question.until or 9999)
    )


@cache
def people() -> tuple[Said, ...]:
    """Everyone skips some questions; who answers one with several options chooses one at least."""
    chance = random.Random(2021)
    everyone = []
    for number in range(PEOPLE):
        said: dict[str, Answer] = {}
        for question in asked():
            if chance.random() > 0.12:
                said[question.code] = _answer(question, number, chance)
        everyone.append(said)
    return tuple(everyone)


def _answer(question: Question, number: int, chance: random.Random) -> Answer:
    if question.type == "number":
        return float(chance.randint(0, 9))
    if question.type == "text":
        return f"sanoja numero {number}"
    codes = [choice.code for choice in question.choices]
    if question.type != "multiple":
        return chance.choice(codes)
    return frozenset(code for code in codes if chance.random() < 0.35) or frozenset(codes[:1])


def columns(tool: str, language: str) -> list[Column]:
    made: list[Column] = []
    for number, question in enumerate(asked(), 1):
        if question.type == "multiple" and tool not in IN_ONE_CELL:
            made += _spread(tool, language, question, number)
        else:
            made.append(_whole(tool, language, question, number))
    return made


def _whole(tool: str, language: str, question: Question, number: int) -> Column:
    label = question.label[language]
    headings: dict[str, Heading] = {
        "microsoft": (f"{label}\xa0",),
        "surveymonkey": (label, "Response"),
        "limesurvey": (f"G01Q{number:02}. {label}",),
        "qualtrics": (f"Q{number}", label, f'{{"ImportId":"QID{number}"}}'),
        "redcap_codes": (question.code,),
        "webropol": (f"{number}. {label}",),
    }

    def written(said: Said) -> Value:
        answer = said.get(question.code)
        if answer is None or question.type in ("number", "text"):
            return int(answer) if isinstance(answer, float) else str(answer or "") or None
        if isinstance(answer, frozenset):
            chosen = [c.label[language] for c in question.choices if c.code in answer]
            return IN_ONE_CELL[tool].join(chosen) + (";" if tool == "microsoft" else "")
        choice = question.choice(str(answer))
        if tool == "webropol" and choice.score is not None:
            return int(choice.score)
        return choice.code if tool == "redcap_codes" else choice.label[language]

    return headings.get(tool, (label,)), written


def _spread(tool: str, language: str, question: Question, number: int) -> list[Column]:
    label, made = question.label[language], []
    for place, choice in enumerate(question.choices, 1):
        option = choice.label[language]
        qid = f'{{"ImportId":"QID{number}_{place}"}}'
        headings: dict[str, Heading] = {
            "surveymonkey": (label if place == 1 else None, option),
            "limesurvey": (f"G01Q{number:02}[SQ{place:03}]. {label} [{option}]",),
            "qualtrics": (f"Q{number}_{place}", f"{label} - Selected Choice - {option}", qid),
            "alchemer": (f"{option}:{label}",),
            "redcap_labels": (f"{label} (choice={option})",),
            "redcap_codes": (f"{question.code}___{choice.code}",),
            "webropol": (f"{number}. {label}: {option}",),
        }
        marks: dict[str, tuple[Value, Value]] = {
            "limesurvey": YES_NO[language],
            "redcap_labels": ("Checked", "Unchecked"),
            "redcap_codes": (1, 0),
            "webropol": (1, None),
        }
        made.append((headings[tool], _mark(question, choice.code, marks.get(tool, (option, None)))))
    return made


def _mark(question: Question, code: str, marks: tuple[Value, Value]) -> Callable[[Said], Value]:
    def written(said: Said) -> Value:
        answer = said.get(question.code)
        return marks[code not in answer] if isinstance(answer, frozenset) else None

    return written


def export(tool: str, language: str) -> Loaded:
    """A sheet as the tool would write it; everyone studied music in Tampere."""
    place: tuple[Text, Text] = (
        shipped().schools["tampere"].name,
        shipped().programmes["1703"].name,
    )
    depth, made = len(FIRST[tool]), columns(tool, language)
    of_place = [(name, *[None] * (depth - 1)) for name in PLACES[language]]
    headings = [FIRST[tool], *of_place, *(heading for heading, _ in made)]
    rows: list[list[Value]] = [[heading[level] for heading in headings] for level in range(depth)]
    for number, said in enumerate(people()):
        own: Value = f"2021-10-05 12:{number:02}:00" if tool == "google" else 1000 + number
        names = [name[language] for name in place]
        rows.append([own, *names, *(written(said) for _, written in made)])
    hints = Hints(survey=SURVEY, survey_year=YEAR, name="vastaukset.xlsx")
    return loaded(sheet(rows, "Vastaukset"), hints=hints, using=shipped())


def answers_of(result: Loaded) -> list[dict[str, Answer]]:
    assert result.submission is not None, [f.sentence(shipped())["en"] for f in result.findings]
    everyone = []
    by_person = dict(iter(result.submission.answers.groupby("respondent")))
    for respondent in result.submission.respondents["respondent"]:
        said: dict[str, Answer] = {}
        for row in by_person[respondent].itertuples():
            question = shipped().questions[row.question]
            if question.type == "multiple":
                known = said.get(question.code)
                before = known if isinstance(known, frozenset) else frozenset()
                said[question.code] = before | {row.option}
            else:
                said[question.code] = row.option or row.text or row.number
        everyone.append(said)
    return everyone


@pytest.mark.parametrize(("tool", "language"), list(product(FIRST, ("fi", "sv", "en"))))
def test_what_was_said_comes_out_of_the_form_of_every_tool(tool: str, language: str) -> None:
    result = export(tool, language)
    assert answers_of(result) == list(people())
    assert [f.code for f in result.findings if f.code.startswith("unknown")] == []
