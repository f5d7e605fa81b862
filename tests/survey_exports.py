"""Four invented graduates answer one form; how each survey tool would write their answers.

Nobody's answers stand here, and no tool wrote these sheets: they follow the forms that the tools
are known for, so that the rules are tried on more than the real files at hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from data_loaders.workbook import Sheet, Value
from tests.loader_catalogue import asked, option, sheet, text
from yearbook.catalogue import Catalogue, build, read

PLAY = "Soittaminen, laulaminen tai kuoro"
MAIN = "Mitä teet nyt?"
HOBBIES = "Mitä harrastat? Valitse kaikki sopivat."
SKILLS = "Miten arvioit osaamistasi?"
PLAYING, READING = "Soittaminen tai laulaminen", "Nuotinluku"
JOBS, COMMENT = "Montako työtä sinulla on?", "Vapaa sana"
SCALE = ("Heikko", "Tyydyttävä", "Hyvä", "Kiitettävä", "Erinomainen")


def _graded(label: str, heading: str) -> dict[str, Any]:
    levels = (option(str(n), word, score=n) for n, word in enumerate(SCALE, 1))
    return {**asked(text(label), "likert", *levels), "headings": [heading]}


QUESTIONS: dict[str, dict[str, Any]] = {
    "main": asked(
        text(MAIN, "Vad gör du nu?", "What do you do now?"),
        "single",
        option("work", "Työssä", "I arbete"),
        option("study", "Opiskelen", "Studerar"),
        option("idle", "Työtön", "Arbetslös"),
        option("other", "Muu, mikä?", "Annat, vad?", also=["*"]),
    ),
    "hobbies": asked(
        text(HOBBIES, "Vad har du för hobbyer? Välj alla som passar.", "What are your hobbies?"),
        "multiple",
        option("play", PLAY, "Musik, sång eller kör"),
        option("dance", "Tanssi", "Dans"),
        option("sport", "Liikunta", "Idrott"),
        option("other", "Muu, mikä?", "Annat, vad?", also=["*"]),
    ),
    "playing": _graded("Osaaminen: soittaminen", f"{SKILLS} [{PLAYING}]"),
    "reading": _graded("Osaaminen: nuotit", f"{SKILLS} [{READING}]"),
    "jobs": asked(text(JOBS, "Hur många arbeten har du?"), "number"),
    "comment": asked(text(COMMENT, "Fritt ord"), "text"),
}


# What the director decided of columns that say nothing of their question (see `typeform`).
DECIDED = [
    {"heading": PLAY, "question": "hobbies", "option": "play"},
    {"heading": "Tanssi", "question": "hobbies", "option": "dance"},
    {"heading": "Liikunta", "question": "hobbies", "option": "sport"},
    {"heading": "Muu, mikä?", "question": "hobbies", "option": "other", "other": True},
]


@cache
def form(is_decided: bool = True) -> Catalogue:
    """The catalogue of the form, with the director's decisions."""
    mappings = {"base": {"column": DECIDED}} if is_decided else {}
    content = {**read(), "questions": QUESTIONS, "indicators": {}, "mappings": mappings}
    return build(content)


@dataclass(frozen=True)
class Person:
    """One of the four: what was answered, None where nothing."""

    main: str | None
    hobbies: tuple[str, ...]
    playing: int | None
    reading: int | None
    jobs: int | None
    comment: str | None = None
    main_words: str | None = None
    hobby_words: str | None = None


PEOPLE = (
    Person("work", ("play", "dance"), 5, 4, 2, "Kiitos opettajille"),
    Person("study", ("dance",), 3, 2, 0),
    Person("other", ("play", "other"), 1, None, 1, None, "Opintovapaalla", "Purjehdus"),
    Person("idle", (), 4, 4, None, "Ei muuta"),
)
LABELS = {"work": "Työssä", "study": "Opiskelen", "idle": "Työtön", "other": "Muu, mikä?"}
SVENSKA = {"work": "I arbete", "study": "Studerar", "idle": "Arbetslös", "other": "Annat, vad?"}
HOBBY = {"play": PLAY, "dance": "Tanssi", "sport": "Liikunta", "other": "Muu, mikä?"}
HOBBY_SV = {
    "play": "Musik, sång eller kör",
    "dance": "Dans",
    "sport": "Idrott",
    "other": "Annat, vad?",
}
WHEN = datetime(2020, 10, 5, 12, 30)


def label_of(code: str | None, labels: Mapping[str, str] = LABELS) -> str | None:
    return labels[code] if code else None


def grade(level: int | None) -> str | None:
    return SCALE[level - 1] if level else None


def rest(person: Person) -> list[Value]:
    return [person.jobs, person.comment]


def as_text(value: Value) -> str | None:
    return None if value is None else str(value)


def dotted(text: str) -> str:
    return re.sub(r"\W", ".", text)


def chosen(person: Person, yes: str | int, no: str | int | None) -> list[Value]:
    """A cell for each hobby."""
    return [yes if code in person.hobbies else no for code in HOBBY]


def texts_if_chosen(person: Person, labels: Mapping[str, str] = HOBBY) -> list[Value]:
    return [label if code in person.hobbies else None for code, label in labels.items()]


def google_forms() -> list[Sheet]:
    """Grids in brackets, options joined by commas, own words in the place of the option."""
    rows: list[list[Value]] = [
        [
            *("Aikaleima", "Sähköpostiosoite", MAIN, HOBBIES),
            *(f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]", JOBS, COMMENT),
        ]
    ]
    for number, p in enumerate(PEOPLE):
        said = [p.hobby_words if code == "other" else HOBBY[code] for code in p.hobbies]
        rows.append(
            [
                *(WHEN.replace(minute=number), f"{number}@example.org"),
                *(p.main_words or label_of(p.main), ", ".join(filter(None, said)) or None),
                *(grade(p.playing), grade(p.reading), *rest(p)),
            ]
        )
    return [sheet(rows, "Form Responses 1")]


def microsoft_forms() -> list[Sheet]:
    """Options with a semicolon after each, rows of a grid as columns of their own."""
    head = ["ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi"]
    heads: list[Value] = [*head, f"{MAIN}\xa0", HOBBIES, f"{SKILLS}.{PLAYING}"]
    rows: list[list[Value]] = [[*heads, f"{SKILLS}.{READING}", f"{JOBS}\n", COMMENT]]
    for number, p in enumerate(PEOPLE, 1):
        said = [p.hobby_words if code == "other" else HOBBY[code] for code in p.hobbies]
        rows.append(
            [
                *(number, WHEN, WHEN.replace(minute=30 + number), "anonymous", None),
                *(p.main_words or label_of(p.main), "".join(f"{one};" for one in said) or None),
                *(grade(p.playing), grade(p.reading), *rest(p)),
            ]
        )
    return [sheet(rows, "Sheet1")]


def surveymonkey() -> list[Sheet]:
    """Two rows of headings; an option's text or nothing; own words in a column of their own."""
    upper: list[Value] = [
        *("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"),
        *("Email Address", "First Name", "Last Name", "Custom Data 1", MAIN, None),
        *(HOBBIES, None, None, None, SKILLS, None, JOBS, COMMENT),
    ]
    lower: list[Value] = [None] * 9
    lower += ["Response", "Muu, mikä?", PLAY, "Tanssi", "Liikunta", "Muu, mikä?"]
    lower += [PLAYING, READING, "Open-Ended Response", "Open-Ended Response"]
    rows = [upper, lower]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [11870000000 + number, 4711, "10/05/2020 12:30:01 PM"]
        own += ["10/05/2020 12:35:09 PM", f"192.0.2.{number}", None, None, None, None]
        own += [None if p.main_words else label_of(p.main), p.main_words]
        own += [*texts_if_chosen(p)[:3], p.hobby_words]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "Sheet")]


def limesurvey(separator: str = ". ", empty: str = "") -> list[Sheet]:
    """Code and text of each question, an option's code in brackets, "Kyllä" and "Ei"."""
    head: list[Value] = [
        *(f"id{separator}Vastauksen tunnus", f"submitdate{separator}Lähetyspäivä"),
        *(f"lastpage{separator}Viimeinen sivu", f"startlanguage{separator}Aloituskieli"),
        *(f"G01Q01{separator}{MAIN}", f"G01Q01[other]{separator}{MAIN} [Muu]"),
    ]
    for code, label in (("SQ001", PLAY), ("SQ002", "Tanssi"), ("SQ003", "Liikunta")):
        head.append(f"G01Q02[{code}]{separator}{HOBBIES} [{label}]")
    head.append(f"G01Q02[other]{separator}{HOBBIES} [Muu]")
    for code, row in (("A", PLAYING), ("B", READING)):
        head.append(f"G02Q03[{code}]{separator}{SKILLS} [{row}]")
    rows = [[*head, f"G03Q04{separator}{JOBS}", f"G03Q05{separator}{COMMENT}"]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, "2020-10-05 12:30:00", 3, "fi"]
        main = "Muu" if p.main == "other" else label_of(p.main)
        own += [main, p.main_words or empty, *chosen(p, "Kyllä", "Ei")[:3], p.hobby_words or empty]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "survey_123456_R_data_file")]


def limesurvey_of_2018() -> list[Sheet]:
    return limesurvey("._.")


def limesurvey_codes() -> list[Sheet]:
    """Codes alone, in headings and in cells; what they mean stands on a sheet beside."""
    head: list[Value] = ["id", "submitdate", "q1", "q1[other]", "q2[a]", "q2[b]", "q2[c]"]
    rows: list[list[Value]] = [[*head, "q2[other]", "q3[a]", "q3[b]", "q4", "q5"]]
    codes = {"work": "A1", "study": "A2", "idle": "A3", "other": "-oth-"}
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, "2020-10-05 12:30:00", label_of(p.main, codes), p.main_words]
        own += [*chosen(p, "Y", None)[:3], p.hobby_words, p.playing, p.reading]
        rows.append([*own, *rest(p)])
    book: list[list[Value]] = [["Muuttuja", "Kysymys", "Koodi", "Selite"]]
    book += [["q1", MAIN, code, LABELS[key]] for key, code in codes.items()]
    book += [["q2[a]", HOBBIES, None, PLAY], ["q2[b]", HOBBIES, None, "Tanssi"]]
    book += [["q2[c]", HOBBIES, None, "Liikunta"], ["q3[a]", f"{SKILLS} [{PLAYING}]", None, None]]
    book += [["q3[b]", f"{SKILLS} [{READING}]", None, None], ["q4", JOBS, None, None]]
    return [sheet(rows, "Vastaukset"), sheet([*book, ["q5", COMMENT, None, None]], "Koodikirja")]


def typeform() -> list[Sheet]:
    """Each option is a column named by itself; only the director can say of which question."""
    head: list[Value] = ["#", MAIN, PLAY, "Tanssi", "Liikunta", "Muu, mikä?"]
    head += [f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]", JOBS, COMMENT]
    rows = [[*head, "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [f"a1b2c3d4e5f6g7h8{number}", p.main_words or label_of(p.main)]
        own += [*texts_if_chosen(p)[:3], p.hobby_words, p.playing, p.reading, *rest(p)]
        rows.append([*own, "2020-10-05 12:30:00", "2020-10-05 12:41:07", f"net{number}"])
    return [sheet(rows, "responses")]


def qualtrics() -> list[Sheet]:
    """Ids, texts and what the file is imported by; chosen options as their text."""
    bare = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "ResponseId"]
    ids: list[Value] = [*bare, "Q1", "Q1_4_TEXT", "Q2_1", "Q2_2", "Q2_3", "Q2_4", "Q2_4_TEXT"]
    names = ["Aloituspäivä", "Lopetuspäivä", "Vastaustyyppi", "IP-osoite", "Edistyminen"]
    said: list[Value] = [
        *names,
        "Valmis",
        "Vastauksen tunnus",
        MAIN,
        f"{MAIN} - Muu, mikä? - Teksti",
    ]
    said += [f"{HOBBIES} - Selected Choice - {label}" for label in HOBBY.values()]
    said += [f"{HOBBIES} - Muu, mikä? - Teksti", f"{SKILLS} - {PLAYING}", f"{SKILLS} - {READING}"]
    ids += ["Q3_1", "Q3_2", "Q4", "Q5"]
    imports: list[Value] = [f'{{"ImportId":"QID{number}"}}' for number in range(len(ids))]
    rows = [ids, [*said, JOBS, COMMENT], imports]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = ["2020-10-05 12:30:00", "2020-10-05 12:41:00", "IP Address"]
        own += [f"192.0.2.{number}", 100, "True", f"R_1aB2cD3eF4g5H{number}"]
        own += [label_of(p.main), p.main_words, *texts_if_chosen(p), p.hobby_words]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    trial: list[Value] = ["2020-10-01 09:00:00", "2020-10-01 09:01:00", "Survey Preview"]
    trial += ["192.0.2.99", 100, "True", "R_trialtrialtria", "Työssä", None, None, "Tanssi", None]
    rows.append([*trial, None, None, "Hyvä", "Hyvä", 1, "kokeilu"])
    return [sheet(rows, "tiedot")]


def alchemer() -> list[Sheet]:
    """Option before the question, with a colon between."""
    head: list[Value] = [
        "Response ID",
        "Time Started",
        "Date Submitted",
        "Status",
        "IP Address",
        MAIN,
    ]
    head.append(f"Muu, mikä?:{MAIN}")
    head += [f"{label}:{HOBBIES}" for label in HOBBY.values()]
    head += [f"Muu, mikä? - Write In:{HOBBIES}", f"{PLAYING}:{SKILLS}", f"{READING}:{SKILLS}"]
    rows = [[*head, JOBS, COMMENT]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, "Oct 05, 2020 12:30:11 PM", "Oct 05, 2020 12:41:00 PM"]
        own += ["Complete" if p.comment else "Partial", f"192.0.2.{number}"]
        own += [label_of(p.main), p.main_words, *texts_if_chosen(p), p.hobby_words]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "SurveyExport")]


def redcap_labels() -> list[Sheet]:
    """Labels in headings and in cells; an option of several says so in its heading."""
    head: list[Value] = ["Record ID", "Survey Identifier", "Survey Timestamp", MAIN]
    head += [f"{HOBBIES} (choice={label})" for label in HOBBY.values()]
    rows = [[*head, f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]", JOBS, COMMENT, "Complete?"]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, None, "2020-10-05 12:30:00", label_of(p.main)]
        own += chosen(p, "Checked", "Unchecked")
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p), "Complete"])
    return [sheet(rows, "Data")]


def redcap_codes() -> list[Sheet]:
    """The catalogue's own codes, a cross as 1."""
    head: list[Value] = ["record_id", "redcap_survey_identifier", "form_timestamp", "main"]
    head += [f"hobbies___{code}" for code in HOBBY]
    rows = [[*head, "playing", "reading", "jobs", "comment", "form_complete"]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, None, "2020-10-05 12:30", p.main, *chosen(p, 1, 0)]
        rows.append([*own, p.playing, p.reading, *rest(p), 2])
    return [sheet(rows, "data")]


def webropol() -> list[Sheet]:
    """By general rules, as no sample exists: a title, numbered questions, a one where chosen."""
    head: list[Value] = ["Vastaajan numero", "Vastausaika", f"1. {MAIN}", f"1. {MAIN} (Muu, mikä?)"]
    head += [f"2. {HOBBIES}: {label}" for label in HOBBY.values()]
    head += [f"2. {HOBBIES}: Muu, mikä? (avoin vastaus)"]
    head += [f"3. {SKILLS} - {PLAYING}", f"3. {SKILLS} - {READING}", f"4. {JOBS}", f"5. {COMMENT}"]
    rows = [["Peruskysely 2020"], [], head]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, "5.10.2020 12:30", label_of(p.main), p.main_words]
        own += [*chosen(p, 1, None), p.hobby_words]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "Raportti")]


def blank_lines() -> list[Sheet]:
    """Headings as a web page writes them, and blank rows below them."""
    head: list[Value] = [f"<b>{MAIN}</b>", f"<p>{HOBBIES}</p>", f"{SKILLS}&nbsp;[{PLAYING}]"]
    rows = [[*head, f"<span lang='fi'>{SKILLS}</span> [{READING}]", JOBS, f"{COMMENT}<br>"], [], []]
    for p in PEOPLE:
        several = "|".join(HOBBY[code] for code in p.hobbies) or None
        rows.append([label_of(p.main), several, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "Taul1")]


def swedish_in_two_rows() -> list[Sheet]:
    """Question above, option below, ja and nej."""
    upper: list[Value] = [
        "Svarstid",
        "Vad gör du nu?",
        "Vad har du för hobbyer? Välj alla som passar.",
    ]
    upper += [
        None,
        None,
        None,
        None,
        "playing",
        "reading",
        "Hur många arbeten har du?",
        "Fritt ord",
    ]
    lower: list[Value] = [
        None,
        None,
        *HOBBY_SV.values(),
        "Annat, vad? (fritt svar)",
        None,
        None,
        None,
    ]
    rows = [upper, [*lower, None]]
    for p in PEOPLE:
        own: list[Value] = [WHEN, label_of(p.main, SVENSKA), *chosen(p, "ja", "nej"), p.hobby_words]
        rows.append([*own, p.playing, p.reading, *rest(p)])
    return [sheet(rows, "Svar")]


def google_forms_csv() -> list[Sheet]:
    """The newer text file: options joined by semicolons, times with a zone."""
    heads: list[Value] = ["Timestamp", "Username", MAIN, HOBBIES]
    rows: list[list[Value]] = [
        [*heads, f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]", JOBS, COMMENT]
    ]
    for number, p in enumerate(PEOPLE):
        said = [p.hobby_words if code == "other" else HOBBY[code] for code in p.hobbies]
        own: list[Value] = [f"2020/10/05 12:3{number}:07 ip. EEST", f"{number}@example.org"]
        own += [p.main_words or label_of(p.main), ";".join(filter(None, said)) or None]
        rows.append([*own, grade(p.playing), grade(p.reading), *map(as_text, rest(p))])
    return [sheet(rows, "Lomake.csv")]


def limesurvey_full_text() -> list[Sheet]:
    """Questions without their codes; what was not asked says N/A."""
    head: list[Value] = ["Vastauksen tunnus", "Lähetyspäivä", "Viimeinen sivu", "Aloituskieli"]
    head += [MAIN, f"{MAIN} [Muu]", *(f"{HOBBIES} [{label}]" for label in list(HOBBY.values())[:3])]
    head += [f"{HOBBIES} [Muu]", f"{SKILLS} [{PLAYING}]", f"{SKILLS} [{READING}]", JOBS, COMMENT]
    rows = [head]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [str(number), "2020-10-05 12:30:00", "3", "fi"]
        own += ["Muu" if p.main == "other" else label_of(p.main), p.main_words or "N/A"]
        own += [*chosen(p, "Kyllä", "Ei")[:3], p.hobby_words or "N/A"]
        jobs = None if p.jobs is None else f"{p.jobs}.0000000000"
        rows.append([*own, grade(p.playing), grade(p.reading), jobs, p.comment])
    return [sheet(rows, "results-survey123456")]


def qualtrics_in_one_cell() -> list[Sheet]:
    """All chosen options in one cell, joined by commas without a space."""
    ids: list[Value] = ["StartDate", "Status", "ResponseId", "QID1", "QID1_4_TEXT", "QID2"]
    ids += ["QID2_4_TEXT", "QID3_1", "QID3_2", "QID4_TEXT", "QID5_TEXT"]
    said: list[Value] = ["Start Date", "Response Type", "Response ID", MAIN]
    said += [f"{MAIN} - Muu, mikä? - Text", HOBBIES, f"{HOBBIES} - Muu, mikä? - Text"]
    rows = [ids, [*said, f"{SKILLS} - {PLAYING}", f"{SKILLS} - {READING}", JOBS, COMMENT]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = ["2020-10-05 12:30:00", "IP Address", f"R_1aB2cD3eF4g5H{number}"]
        own += [label_of(p.main), p.main_words]
        own += [",".join(HOBBY[code] for code in p.hobbies) or None, p.hobby_words]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "tiedot")]


def surveymonkey_in_numbers() -> list[Sheet]:
    """Condensed: the option's number in its own column, scales as numbers."""
    upper: list[Value] = ["Respondent ID", "Collector ID", "Start Date", "End Date", MAIN, None]
    upper += [HOBBIES, None, None, None, SKILLS, None, JOBS, COMMENT]
    lower: list[Value] = [None, None, None, None, "Response", "Muu, mikä?"]
    lower += [PLAY, "Tanssi", "Liikunta", "Muu, mikä?", PLAYING, READING, "Open-Ended Response"]
    rows = [upper, [*lower, "Open-Ended Response"]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [11870000000 + number, 4711, "10/05/2020 12:30:01 PM", None]
        own += [None if p.main_words else label_of(p.main), p.main_words]
        marks = [n if code in p.hobbies else None for n, code in enumerate(HOBBY, 1)]
        own += [*marks[:3], p.hobby_words]
        rows.append([*own, p.playing, p.reading, *rest(p)])
    return [sheet(rows, "Sheet")]


def titled() -> list[Sheet]:
    """A title and a count above the headings, the scale explained in them, marks as crosses."""
    head: list[Value] = ["Nro", "Vastattu", f"1) {MAIN} *"]
    head += [f"2) {HOBBIES} * / {label}" for label in HOBBY.values()]
    scale = "(1 = heikko, 5 = erinomainen)"
    head += [f"3) {SKILLS} {scale}: {PLAYING}", f"3) {SKILLS} {scale}: {READING}"]
    rows: list[list[Value]] = [["Peruskysely valmistuneille"], ["Vastauksia", 4], []]
    rows.append([*head, f"4) {JOBS}", f"5) {COMMENT}"])
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, "5.10.2020 klo 12.30", label_of(p.main), *chosen(p, "X", None)]
        rows.append([*own, p.playing, p.reading, *rest(p)])
    return [sheet(rows, "Vastaukset")]


def flattened() -> list[Sheet]:
    """As statistical software names columns: words with dots between, question and row in one."""
    head: list[Value] = ["RespondentID", "StartDate", dotted(MAIN), dotted(f"{MAIN} Muu mikä")]
    head += [dotted(f"{HOBBIES} {label}") for label in HOBBY.values()]
    head += [dotted(f"{SKILLS} {PLAYING}"), dotted(f"{SKILLS} {READING}"), dotted(JOBS)]
    rows = [[*head, dotted(COMMENT)]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [11870000000 + number, "10/5/20 12:30", label_of(p.main), p.main_words]
        own += [*texts_if_chosen(p)[:3], p.hobby_words]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "data_2020")]


def surveymonkey_by_pandas() -> list[Sheet]:
    """Two rows of headings after a program wrote them again: empty ones got names."""
    (original,) = surveymonkey()
    upper = [value or f"Unnamed: {at}" for at, value in enumerate(original.rows[0])]
    return [sheet([upper, *original.rows[1:]], "Sheet")]


def surveymonkey_by_r() -> list[Sheet]:
    """As R writes it again: X, X.1, X.2 …"""
    (original,) = surveymonkey()
    names = ("X", *(f"X.{number}" for number in range(1, 99)))
    made = iter(names)
    upper = [value or next(made) for value in original.rows[0]]
    return [sheet([upper, *original.rows[1:]], "Sheet")]


def surveymonkey_repeated() -> list[Sheet]:
    """The question stands over each of its options."""
    (original,) = surveymonkey()
    upper: list[Value] = []
    for value in original.rows[0]:
        upper.append(value if value is not None else upper[-1])
    return [sheet([upper, *original.rows[1:]], "Sheet")]


def long_form() -> list[Sheet]:
    """A row for each respondent, question and option."""
    rows: list[list[Value]] = [["Vastaaja", "Kysymys", "Vaihtoehto", "Arvo"]]
    for number, p in enumerate(PEOPLE, 1):
        said: list[tuple[str, Value, Value]] = [(MAIN, label_of(p.main), 1)]
        said += [(HOBBIES, label, int(code in p.hobbies)) for code, label in HOBBY.items()]
        said += [(f"{SKILLS} [{PLAYING}]", grade(p.playing), 1)]
        said += [(f"{SKILLS} [{READING}]", grade(p.reading), 1)] if p.reading else []
        said += [(JOBS, None, p.jobs), (COMMENT, None, p.comment)]
        rows += [[number, *one] for one in said]
    return [sheet(rows, "Vastaukset")]


def limesurvey_with_comments() -> list[Sheet]:
    """A comment beside each option, which is no option."""
    head: list[Value] = ["id. Vastauksen tunnus", f"G01Q01. {MAIN}"]
    for number, label in enumerate(HOBBY.values(), 1):
        head.append(f"G01Q02[SQ00{number}]. {HOBBIES} [{label}]")
        head.append(f"G01Q02[SQ00{number}comment]. {HOBBIES} [{label}] [Kommentti]")
    head += [f"G02Q03[SQ001]. {SKILLS} [{PLAYING}]", f"G02Q03[SQ002]. {SKILLS} [{READING}]"]
    rows = [[*head, f"G03Q04. {JOBS}", f"G03Q05. {COMMENT}"]]
    for number, p in enumerate(PEOPLE, 1):
        own: list[Value] = [number, label_of(p.main)]
        for code in HOBBY:
            is_chosen = code in p.hobbies
            own += ["Kyllä" if is_chosen else "Ei", "usein" if code in p.hobbies[:1] else None]
        rows.append([*own, grade(p.playing), grade(p.reading), *rest(p)])
    return [sheet(rows, "results")]


EXPORTS = {
    maker.__name__: maker
    for maker in (
        *(google_forms, microsoft_forms, surveymonkey, limesurvey, limesurvey_of_2018),
        *(limesurvey_codes, typeform, qualtrics, alchemer, redcap_labels, redcap_codes),
        *(webropol, blank_lines, swedish_in_two_rows, google_forms_csv, limesurvey_full_text),
        *(qualtrics_in_one_cell, surveymonkey_in_numbers, titled, flattened, long_form),
        *(surveymonkey_by_pandas, surveymonkey_by_r, surveymonkey_repeated),
        limesurvey_with_comments,
    )
}
