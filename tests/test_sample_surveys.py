"""The invented survey rounds look like real ones and are read to the last answer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_loaders import Loaded, load, workbook
from sample_data import older_forms, surveys
from sample_data.answers import Answer, Answers, invent_answers
from sample_data.graduates import invent_graduates, invent_members
from sample_data.make import SEED, YEARS
from sample_data.shares import FORM_ACTIVITIES, IN_WORK
from yearbook import catalogue as catalogues
from yearbook.catalogue import Catalogue
from yearbook.submissions import Kind

# The wide survey of 2012 is tables of a report, that of 2017 a text file.
READ = (2012, 2017, 2020, 2025)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogues.load()


@pytest.fixture(scope="module")
def files(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("surveys")
    return {path.name: path for path in surveys.write(folder, SEED, READ, catalogue)}


@pytest.fixture(scope="module")
def loaded(files: dict[str, Path], catalogue: Catalogue) -> dict[str, Loaded]:
    return {name: load(path, catalogue) for name, path in files.items()}


@pytest.fixture(scope="module")
def answers(loaded: dict[str, Loaded]) -> pd.DataFrame:
    """Every answer with who gave it."""
    read = [found.submission for found in loaded.values() if found.submission]
    given = [s for s in read if s.kind is Kind.SURVEY]
    return pd.concat([s.answers.merge(s.respondents, on="respondent") for s in given])


def _share(answers: pd.DataFrame, question: str, option: str) -> pd.Series:
    """Survey, survey year -> share of those who answered."""
    asked = answers[answers["question"] == question]
    return (asked["option"] == option).groupby([asked["survey"], asked["survey_year"]]).mean()


# --- What is invented -------------------------------------------------------------------------


def test_base_and_followup_every_year_and_the_wide_survey_three_times(
    catalogue: Catalogue,
) -> None:
    rounds = list(surveys.rounds(YEARS, catalogue))
    assert Counter(asked.survey.code for asked in rounds) == {"base": 14, "followup": 14, "wide": 3}
    cohorts = {asked.file_name: (asked.cohorts[0], asked.cohorts[-1]) for asked in rounds}
    assert cohorts["peruskysely_2020.xlsx"] == (2019, 2019)
    assert cohorts["seurantakysely_2020.xlsx"] == (2017, 2017)
    assert cohorts["laaja_seurantakysely_2012_raportti.xlsx"] == (2005, 2010)
    assert cohorts["laaja_seurantakysely_2017.csv"] == (2011, 2015)
    assert cohorts["laaja_seurantakysely_2023.xlsx"] == (2017, 2021)


def test_some_125_of_300_graduates_answer(catalogue: Catalogue) -> None:
    members = invent_members(catalogue, SEED)
    random = np.random.default_rng(SEED)
    for survey, least, most in (("base", 125, 150), ("followup", 105, 130)):
        sizes = [
            len(invent_graduates((survey, 2019, range(2018, 2019)), members, catalogue, random))
            for _ in range(20)
        ]
        assert least < np.mean(sizes) < most


def test_schools_answer_by_their_size_and_only_for_what_they_offer(
    loaded: dict[str, Loaded], catalogue: Catalogue
) -> None:
    found = loaded["laaja_seurantakysely_2017.csv"].submission
    assert found is not None
    by_school = found.respondents["school"].value_counts()
    assert len(by_school) == 16
    assert by_school["popjazz"] > 3 * by_school["kainuu"]
    for school, own in found.respondents.groupby("school"):
        assert set(own["programme"]) <= set(catalogue.schools[str(school)].offers)


def test_answers_hang_together(answers: pd.DataFrame) -> None:
    single = answers[answers["option"] != ""].pivot_table(
        index="respondent", columns="question", values="option", aggfunc="first"
    )
    jobless = single["number_of_jobs"] == "0"
    assert single.loc[jobless, "form_of_employment"].isna().all()
    assert single.loc[jobless, "work_in_field"].isna().all()
    assert single.loc[single["applied_further"] == "no", "accepted_further"].isna().all()
    employed = single["main_activity"].isin([*FORM_ACTIVITIES.values(), *IN_WORK])
    assert set(single.loc[employed, "number_of_jobs"].dropna()) == {"1", "2", "3", "4"}
    satisfied = single["satisfaction_overall"].isin(["4", "5"])
    recommends = single["would_recommend"].isin(["4", "5"])
    assert recommends[satisfied].mean() > recommends[~satisfied].mean() + 0.2


def test_the_years_differ_as_they_did(answers: pd.DataFrame) -> None:
    unemployed = _share(answers, "main_activity", "unemployed")
    assert unemployed["base", 2020] > 1.3 * unemployed["base", 2017]
    conscript = _share(answers, "main_activity", "conscript").groupby("survey").mean()
    assert conscript["base"] > 2 * conscript["followup"]
    middle = _share(answers, "satisfaction_overall", "3")
    assert middle["base", 2017] == middle["wide", 2017] == 0
    assert middle["base", 2020] > 0.05
    light = _share(answers, "form_of_employment", "light_entrepreneur")
    assert light["base", 2017] == 0
    assert light["base", 2020] > 0


# --- What is written --------------------------------------------------------------------------


def test_the_same_seed_writes_the_same_cells(catalogue: Catalogue, tmp_path: Path) -> None:
    written = []
    for folder, seed, years in (("a", 1, [2015]), ("b", 1, [2014, 2015]), ("c", 2, [2015])):
        (tmp_path / folder).mkdir()
        paths = surveys.write(tmp_path / folder, seed, years, catalogue)
        base = next(path for path in paths if path.name == "peruskysely_2015.xlsx")
        written.append([sheet.rows for sheet in workbook.read(base).sheets])
    alone, among_others, other_seed = written
    assert alone == among_others
    assert alone != other_seed


def test_each_file_says_first_of_all_that_it_is_invented(files: dict[str, Path]) -> None:
    assert len(files) == 20
    for name, path in files.items():
        rows = workbook.read(path).sheets[0].rows
        assert str(rows[0][0]).startswith("Keksitty esimerkkiaineisto")
        first = 1 if path.suffix == ".csv" else 0
        if not name.startswith("kutsutut") and "raportti" not in name:
            assert rows[1][first : first + 3] == ["Aikaleima", "Kysely", "Kyselyvuosi"]


def test_headings_were_renamed_in_2020(files: dict[str, Path]) -> None:
    older = workbook.read(files["peruskysely_2017.xlsx"]).sheets[0].rows[1]
    newer = workbook.read(files["peruskysely_2020.xlsx"]).sheets[0].rows[1]
    assert "Mitä teet pääasiallisesti tällä hetkellä?" in older
    assert "Mikä on pääasiallinen toimintasi tällä hetkellä?" in newer
    assert "Tyytyväisyys opetukseen" in older
    assert "Kuinka tyytyväinen olet seuraaviin? [Opetus]" in newer
    assert "Jaksoin opinnoissani hyvin" in newer
    assert "Jaksoin opinnoissani hyvin" not in older


def test_the_swedish_school_answers_in_swedish_on_the_same_sheet(files: dict[str, Path]) -> None:
    heading, *rows = workbook.read(files["peruskysely_2025.xlsx"]).sheets[0].rows[1:]
    school = heading.index("Oppilaitos")
    asked = heading.index("Mikä on pääasiallinen toimintasi tällä hetkellä?")
    swedish = [row for row in rows if str(row[school]).startswith("Yrkesakademin")]
    assert len(swedish) >= 2
    assert {row[asked] for row in swedish} <= {
        "I lönearbete",
        "Frilansare",
        "Företagare (även firma och lättföretagare)",
        "Sysselsatt studerande",
        "Studerande på heltid",
        "Arbetslös",
        "Annan eller okänd",
        "I beväringstjänst eller civiltjänst",
        "Flyttat utomlands",
        None,
    }
    assert swedish[0][heading.index("Valmistumislukuvuosi")] == "2024–2025"


def test_older_forms_are_about_questions_that_exist(catalogue: Catalogue) -> None:
    for code, heading in older_forms.HEADINGS.items():
        assert heading in catalogue.questions[code].headings, code
    for question, option in older_forms.OPTIONS:
        assert catalogue.questions[question].choice(option)
    assert set(older_forms.COMMENTS) == {
        question.code for question in catalogue.survey_questions if question.type == "text"
    }


# --- What the loader makes of it --------------------------------------------------------------


def test_every_file_is_accepted_with_the_one_remark_that_it_is_invented(
    loaded: dict[str, Loaded],
) -> None:
    said = {name: [finding.code for finding in found.findings] for name, found in loaded.items()}
    assert said == {name: ["invented"] for name in loaded}
    covers = {name: found.submission.covers() for name, found in loaded.items() if found.submission}
    assert covers["peruskysely_2012.xlsx"] == {("base", 2012)}
    assert covers["seurantakysely_2025.xlsx"] == {("followup", 2025)}
    assert covers["laaja_seurantakysely_2012_raportti.xlsx"] == {("wide", 2012)}
    assert all(found.submission.invented for found in loaded.values() if found.submission)


@pytest.mark.parametrize(
    "name",
    ["peruskysely_2025.xlsx", "seurantakysely_2017.xlsx", "laaja_seurantakysely_2017.csv"],
)
def test_no_answer_is_lost_or_read_as_another(
    name: str, loaded: dict[str, Loaded], catalogue: Catalogue
) -> None:
    asked = next(r for r in surveys.rounds(READ, catalogue) if r.file_name == name)
    read = loaded[name].submission
    assert read is not None
    random = np.random.default_rng([SEED, asked.year, asked.survey.order])
    who = (asked.survey.code, asked.year, asked.cohorts)
    graduates = invent_graduates(who, invent_members(catalogue, SEED), catalogue, random)
    invented = invent_answers(graduates, catalogue, random)
    assert len(read.respondents) == len(graduates)
    cohorts = {int(c): n for c, n in read.respondents["cohort"].value_counts().items()}
    assert cohorts == Counter(graduates.cohort.tolist())
    options = read.answers[read.answers["option"] != ""]
    for question in asked.questions:
        if question.choices:
            own = options[options["question"] == question.code]
            expected = _counted(invented, question.code, asked.is_renewed)
            found = Counter(_renamed(question.code, o, asked.is_renewed) for o in own["option"])
            assert found == expected, question.code


def test_a_report_tells_what_its_answers_would_have_told(
    loaded: dict[str, Loaded], catalogue: Catalogue
) -> None:
    """Shares in whole per cents of n: of each school at most half a per cent away, and n exact."""
    read = loaded["laaja_seurantakysely_2012_raportti.xlsx"].submission
    assert read is not None and read.kind is Kind.TABULATED
    random = np.random.default_rng([SEED, 2012, catalogue.surveys["wide"].order])
    who = ("wide", 2012, surveys.WIDE[2012])
    graduates = invent_graduates(who, invent_members(catalogue, SEED), catalogue, random)
    answers = invent_answers(graduates, catalogue, random)["number_of_jobs"]
    told = read.tabulated[read.tabulated["question"] == "number_of_jobs"]
    assert set(told["first_cohort"]) == {2005} and set(told["last_cohort"]) == {2010}
    for row in told.itertuples():
        is_in = [school == row.school or not row.school for school in graduates.school]
        own = [a for a, inside in zip(answers, is_in, strict=True) if inside and a is not None]
        assert row.respondents == len(own)
        assert abs(row.count - own.count(row.option)) <= 0.005 * len(own) + 0.5


def test_whoever_answered_was_invited_and_reached(
    loaded: dict[str, Loaded], files: dict[str, Path]
) -> None:
    key = ["survey", "survey_year", "cohort", "school", "programme"]
    read = [found.submission for found in loaded.values() if found.submission]
    frame = pd.concat([s.frame for s in read if s.kind is Kind.FRAME]).set_index(key)
    people = pd.concat([s.respondents for s in read if s.kind is Kind.SURVEY])
    answered = people[people["programme"] != ""].groupby(key).size()
    both = frame.join(answered.rename("answered")).fillna({"answered": 0})
    assert (both["answered"] <= both["reached"]).all() and (
        both["reached"] <= both["invited"]
    ).all()
    base = both.xs("base")
    assert 270 < base.groupby("survey_year")["invited"].sum().mean() < 340
    assert 0.37 < base["answered"].sum() / base["invited"].sum() < 0.5
    assert set(frame["opened"]) == {f"{year}-09-15" for year in READ}


def _counted(invented: Answers, question: str, is_renewed: bool) -> Counter[str]:
    given: list[Answer] = [answer for answer in invented[question] if answer is not None]
    codes = [
        code for answer in given for code in (answer if isinstance(answer, tuple) else [answer])
    ]
    return Counter(_renamed(question, str(code), is_renewed) for code in codes)


def _renamed(question: str, option: str, is_renewed: bool) -> str:
    """Until 2019 two options were one, and the middle of a scale took a side."""
    if is_renewed:
        return option
    if question == "form_of_employment" and option == "light_entrepreneur":
        return "business"
    if question == "satisfaction_overall" and option in "234":
        return "2, 3 or 4"
    return option
