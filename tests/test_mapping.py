"""What the director decides about a survey's columns: kept, read again, exported, taken back."""

import io
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.findings import Severity
from desk import actions
from desk.mapping import asking
from desk.reception import replacing
from desk.reception.handed import Handed
from desk.using import catalogue_in_use as desk_catalogue
from office import catalogue_export, databases, mapping, receiving, toml_writing, uploads
from office.draft import Draft, is_open, open_options
from office.mapping import ColumnChoice
from office.new_questions import (
    NewChoice,
    NewQuestion,
    Said,
    code_of,
    faults,
    indicator_entry,
    other_choice,
    question_entry,
    with_choice,
    with_codes,
)
from office.refusals import RefusedError
from office.uploads import Upload
from office.using import catalogue_in_use, content_in_use
from tests.catalogue_meaning import faults as catalogue_faults
from tests.databases import NewAddress, new_address  # noqa: F401
from tests.survey_meaning import survey_faults
from ui.visit import DIRECTOR, Visitor
from yearbook import archive, catalogue
from yearbook.archive import Addition
from yearbook.catalogue import Catalogue, build, laid_over
from yearbook.language import Language

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
PLAIN = st.one_of(
    TEXTS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False)
)
CONTENT = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=20,
)


@pytest.fixture
def office(
    tmp_path: Path,
    new_address: NewAddress,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """The shipped catalogue and an empty archive."""
    monkeypatch.setenv("ARCHIVE_URL", new_address())
    monkeypatch.setenv("SHELF_URL", new_address())
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    databases.prepare()
    desk_catalogue.clear()
    yield tmp_path
    desk_catalogue.clear()


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return catalogue.load()


def scale(*labels: str) -> tuple[NewChoice, ...]:
    return tuple(NewChoice(Said(one), score=n) for n, one in enumerate(labels, start=1))


PETS = NewQuestion(
    Said("Onko sinulla lemmikki?", "Har du ett husdjur?"),
    "single",
    "background",
    ("base",),
    (NewChoice(Said("Kissa", "Katt", "Cat"), also=("kissa :)",)), NewChoice(Said("Koira"))),
    headings=("Q7. Lemmikki",),
    code="pets",
)


# --- A new question ---------------------------------------------------------------------------


def test_a_new_question_stands_as_in_a_file(shipped: Catalogue) -> None:
    assert question_entry(PETS) == {
        "source": "survey",
        "theme": "background",
        "type": "single",
        "surveys": ["base"],
        "headings": ["Q7. Lemmikki", "Onko sinulla lemmikki?"],
        "label": {
            "fi": "Onko sinulla lemmikki?",
            "sv": "Har du ett husdjur?",
            "en": "Onko sinulla lemmikki?",
        },
        "choice": [
            {"code": "cat", "fi": "Kissa", "sv": "Katt", "en": "Cat", "also": ["kissa :)"]},
            {"code": "koira", "fi": "Koira", "sv": "Koira", "en": "Koira"},
        ],
    }
    indicator = indicator_entry(PETS, shipped)
    assert indicator is not None
    assert (indicator["measure"], indicator["unit"], indicator["chart"]) == (
        "distribution",
        "share",
        "stacked",
    )
    assert indicator["by"] == [list(cut) for cut in shipped.policy.lattice]
    assert indicator["order"] > max(one.order for one in shipped.indicators.values())


def pets(kind: str, **more: object) -> NewQuestion:
    """The same, as another type; said in all three languages."""
    return replace(PETS, label=Said("Lemmikki?", "Husdjur?", "A pet?"), type=kind, **more)


FIVE = scale("a", "b", "c", "d", "e")


@pytest.mark.parametrize(
    ("made", "measure", "chart"),
    [
        (pets("single"), "distribution", "stacked"),
        (
            pets("single", choices=tuple(NewChoice(Said(c)) for c in "abcdefg")),
            "distribution",
            "bars",
        ),
        (pets("multiple"), "multiple", "bars"),
        (
            pets("likert", choices=FIVE, is_sensitive=True, theme="education"),
            "distribution",
            "diverging",
        ),
        (pets("number", choices=(), unit="years"), "mean", "bars"),
        (pets("number", choices=(), unit="euro", is_sensitive=True), "median", "bars"),
        (pets("text", choices=()), None, None),
    ],
)
def test_every_type_gives_a_sound_catalogue(
    shipped: Catalogue, made: NewQuestion, measure: str | None, chart: str | None
) -> None:
    assert faults(made, shipped) == ()
    indicator = indicator_entry(made, shipped) or {}
    assert (indicator.get("measure"), indicator.get("chart")) == (measure, chart)
    added = {
        "questions": {"pets": question_entry(made)},
        "indicators": {"pets": indicator} if indicator else {},
    }
    whole = build(laid_over(shipped.content, added))
    before = {*catalogue_faults(shipped), *survey_faults(shipped)}
    new = {*catalogue_faults(whole), *survey_faults(whole)} - before
    # "Koira" is Koira in Swedish too, if the director has left it so.
    assert [one for one in new if "languages say the same" not in one] == []
    judges = made.is_sensitive and made.theme == "education"
    assert any("school" in cut for cut in indicator.get("by", ())) == (
        bool(indicator) and not judges
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": Said(" ")}, "Write the question in Finnish"),
        ({"label": Said("x" * 301)}, "at most 300 characters"),
        ({"label": Said("Pääasiallinen toiminta?")}, ""),
        ({"label": Said("mikä on PÄÄASIALLINEN toimintasi tällä hetkellä")}, "in the same words"),
        ({"surveys": ()}, "at least one survey"),
        ({"theme": "nonsense"}, "Choose a theme"),
        ({"choices": PETS.choices[:1]}, "at least two options"),
        ({"choices": (NewChoice(Said("Yes")), NewChoice(Said("yes!")))}, "mean the same: “yes!”"),
        ({"choices": (NewChoice(Said("a;b")), NewChoice(Said("c")))}, "cannot contain a semicolon"),
        ({"choices": (NewChoice(Said("a")), NewChoice(Said("")))}, "One of the options is empty"),
        ({"choices": tuple(NewChoice(Said(str(n))) for n in range(61))}, "at most 60 options"),
        ({"type": "likert"}, "a score of its own"),
        ({"type": "likert", "choices": scale("a", "b")}, "3–11 options"),
        ({"type": "number", "choices": (), "unit": "hands"}, "what the number counts"),
    ],
)
def test_what_is_wrong_with_a_new_question_is_said(
    shipped: Catalogue, change: dict[str, object], said: str
) -> None:
    told = faults(replace(PETS, **change), shipped)
    assert said in " ".join(one.en for one in told)
    assert bool(told) == bool(said)


def test_a_code_is_made_of_the_words_and_never_used_twice() -> None:
    assert code_of("Mitä soitat nyt?", ()) == "mita_soitat_nyt"
    assert code_of("Mitä soitat nyt?", {"mita_soitat_nyt"}) == "mita_soitat_nyt_2"
    assert code_of("5. vuosi", ()) == "question_5_vuosi"
    assert code_of("どこ", ()) == "question"
    assert [one.code for one in with_codes(scale("a", "b", "c"))] == ["1", "2", "3"]


def test_the_choice_for_what_is_rare_is_found(shipped: Catalogue) -> None:
    questions = shipped.content["questions"]
    assert other_choice(questions["main_activity"]) == "other_unknown"
    assert other_choice(questions["reasons_not_studying"]) == "other"
    assert other_choice(questions["number_of_jobs"]) == ""


# --- History and export -----------------------------------------------------------------------


@given(st.dictionaries(TEXTS, CONTENT, max_size=5))
def test_what_is_written_as_toml_is_read_back_equal(content: dict[str, object]) -> None:
    assert tomllib.loads(toml_writing.write(content)) == content


def test_the_exported_folder_is_the_catalogue_in_use(office: Path) -> None:
    heading = 'Mitä "soitat"\nnyt;\\ [kyllä]'
    made = [
        Addition("questions", question_entry(PETS), code="pets"),
        Addition("indicators", indicator_entry(PETS, catalogue_in_use()), code="pets"),
        Addition(
            "column",
            {"heading": heading, "occurrence": 2, "from": 2021, "question": "pets"},
            survey="base",
        ),
        Addition(
            "option",
            {"question": "pets", "text": "mjau\t", "from": 2021, "choice": "cat"},
            survey="base",
        ),
    ]
    archive.decide(databases.archive_engine(), made, "Ansa", NOON)
    folder = office / "exported"
    zipfile.ZipFile(io.BytesIO(catalogue_export.as_zip())).extractall(folder)

    assert catalogue.read(folder) == content_in_use()
    assert catalogue.load(folder) == catalogue_in_use()
    (column,) = catalogue.load(folder).mappings["base"].columns
    assert (column.heading, column.occurrence, column.first) == (heading, 2, 2021)
    # A file that nobody touched keeps its comments; the product's words come with the product.
    own = catalogue.SHIPPED / "questions/comments.toml"
    assert (folder / "questions/comments.toml").read_bytes() == own.read_bytes()
    assert not (folder / "words").exists()


# --- Drafts, keeping and taking back ----------------------------------------------------------

FORM = (
    "Aikaleima;Opinahjo;Mikä on pääasiallinen toimintasi tällä hetkellä?;Onko sinulla lemmikki?\n"
    "2024-10-01 10:00;Kuopion konservatorio;Opiskelija;kissa :)\n"
    "2024-10-02 10:00;Kuopion konservatorio;Etsin itseäni;Koira\n"
    "2024-10-03 10:00;Lahden konservatorio;Etsin itseäni;Koira\n"
)
ACTIVITY = "main_activity"


def survey_file(content: str = FORM, name: str = "Peruskysely 2024.csv") -> Upload:
    return Upload(name, content.encode())


def decided_draft() -> Draft:
    """The school by its role, pets as a new question, and one answer folded into "other"."""
    draft = Draft(mapping.examine_upload(survey_file()))
    draft = draft.with_question(
        "pets", question_entry(PETS), indicator_entry(PETS, catalogue_in_use())
    )
    draft = draft.with_column(("Opinahjo", 1), ColumnChoice(role="school"))
    draft = draft.with_column(("Onko sinulla lemmikki?", 1), ColumnChoice("pets"))
    return draft.with_option(ACTIVITY, "Etsin itseäni", "other_unknown")


def test_what_is_open_is_what_nobody_knows(office: Path) -> None:
    draft = Draft(mapping.examine_upload(survey_file()))
    assert (draft.examination.survey, draft.examination.survey_year) == ("base", 2024)
    still = [one.heading for one in draft.all_columns() if is_open(one, draft)]
    assert still == ["Opinahjo", "Onko sinulla lemmikki?"]
    (option,) = open_options(draft, catalogue_in_use())
    assert (option.question, option.text, option.count) == (ACTIVITY, "Etsin itseäni", 2)

    whole = decided_draft()
    assert not any(is_open(one, whole) for one in whole.all_columns())
    assert open_options(whole, whole.laid_over(content_in_use())) == ()
    assert [one.kind for one in whole.additions("base", 2024)] == [
        "questions",
        "indicators",
        "column",
        "column",
        "option",
    ]
    # Without the column that asks it, the new question goes too.
    assert decided_draft().with_column(("Onko sinulla lemmikki?", 1), None).questions == {}


def test_what_is_kept_reads_this_file_and_the_next(office: Path) -> None:
    upload = survey_file()
    assert receiving.check_upload(upload.name, upload.content).submission is None
    mapping.keep(decided_draft().additions("base", 2024), "Ansa")

    loaded = receiving.check_upload(upload.name, upload.content)
    assert loaded.submission is not None, loaded.findings
    answers = loaded.submission.answers
    assert answers[answers["question"] == "pets"]["option"].tolist() == ["cat", "koira", "koira"]
    assert answers[answers["question"] == ACTIVITY]["option"].tolist() == [
        "full_time_student",
        "other_unknown",
        "other_unknown",
    ]
    following = FORM.replace("2024-", "2025-").encode()
    again = receiving.check_upload("Peruskysely 2025.csv", following)
    assert again.submission is not None
    assert [one.code for one in again.findings if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize(
    "bad",
    [
        mapping.column_decision("base", 2024, ("H", 1), ColumnChoice("nonsense")),
        mapping.column_decision("base", 2024, ("H", 1), ColumnChoice(ACTIVITY, "nonsense")),
        mapping.column_decision("base", 2024, ("H", 1), ColumnChoice(role="nonsense")),
        mapping.column_decision("nonsense", 2024, ("H", 1), ColumnChoice(ACTIVITY)),
        mapping.column_decision("base", 2024, ("H" * 5000, 1), ColumnChoice(ACTIVITY)),
        mapping.column_decision("base", 2024, ("H", 1), ColumnChoice("students")),
        mapping.option_decision("base", 2024, (ACTIVITY, "x"), "nonsense"),
        Addition("questions", question_entry(replace(PETS, label=Said("x" * 400))), code="pets"),
        Addition("indicators", {"source": "survey"}, code="pets"),
    ],
)
def test_what_does_not_fit_is_refused_whole(office: Path, bad: Addition) -> None:
    good = mapping.column_decision("base", 2024, ("G", 1), ColumnChoice(ACTIVITY))
    with pytest.raises(RefusedError):
        mapping.keep([good, bad], "Ansa")
    assert mapping.history() == ()


def test_a_question_goes_with_all_that_names_it_unless_it_is_answered(office: Path) -> None:
    mapping.keep(decided_draft().additions("base", 2024), "Ansa")
    newest_first = [(one.addition.kind, one.who, one.in_force) for one in mapping.history()]
    assert newest_first[-1] == ("questions", "Ansa", True)
    question = mapping.history()[-1].id
    upload = survey_file()
    loaded = receiving.check_upload(upload.name, upload.content)
    kept = receiving.keep_upload(upload.name, upload.content, loaded, "Ansa")
    with pytest.raises(RefusedError, match="answers to it are stored"):
        mapping.take_back(question, "Ansa")

    assert kept.id is not None
    receiving.withdraw(kept.id, "Ansa")
    assert {one.kind for one in mapping.taken_back_with(question)} == {
        "questions",
        "indicators",
        "column",
    }
    mapping.take_back(question, "Berta")
    assert "pets" not in catalogue_in_use().questions
    assert [one.heading for one in catalogue_in_use().mappings["base"].columns] == ["Opinahjo"]
    assert "pets" in mapping.codes_ever_used(catalogue_in_use())
    back = [one for one in mapping.history() if one.addition.is_taken_back]
    assert {one.who for one in back} == {"Berta"}
    assert not any(one.in_force for one in back)
    with pytest.raises(RefusedError, match="no such decision"):
        mapping.take_back(question, "Ansa")


def test_a_new_choice_of_a_known_question_stays_beside_the_others(office: Path) -> None:
    entry = content_in_use()["questions"][ACTIVITY]
    seeking = NewChoice(Said("Etsin itseäni"), rolls_up="others", code="seeking")
    mapping.keep([Addition("questions", with_choice(entry, seeking), code=ACTIVITY)], "Ansa")
    asked = catalogue_in_use().questions[ACTIVITY]
    assert [one.code for one in asked.choices][-1] == "seeking"
    assert len(asked.choices) == len(entry["choice"]) + 1
    (number,) = (one.id for one in mapping.history())
    mapping.take_back(number, "Ansa")
    assert catalogue_in_use().questions[ACTIVITY] == catalogue.load().questions[ACTIVITY]


# --- A codebook beside the file ---------------------------------------------------------------

CODED = "Q1;Q2\nKuopion konservatorio;1\nLahden konservatorio;2\nKuopion konservatorio;2\n"
BOOK = (
    "variable;label;values\n"
    "Q1;Oppilaitos;\n"
    "Q2;Mikä on pääasiallinen toimintasi tällä hetkellä?;1 = Opiskelija | 2 = Työtön\n"
)


def test_a_codebook_is_read_with_the_file_beside_it(office: Path) -> None:
    answers = survey_file(CODED)
    book = survey_file(BOOK, "koodit.csv")
    (hints, loaded), (_, told) = uploads.check_together([answers, book])
    assert loaded.submission is not None, loaded.findings
    given = loaded.submission.answers
    assert given["option"].tolist() == ["full_time_student", "unemployed", "unemployed"]
    assert hints.codebook is not None
    assert loaded.findings[-1].values == {"file": "koodit.csv"}
    assert [(one.code, one.values) for one in told.findings] == [
        ("codebook_for", {"file": "Peruskysely 2024.csv"})
    ]
    (_, alone), (_, strange) = uploads.check_together([survey_file(), book])
    assert "codebook_for" not in {one.code for one in (*alone.findings, *strange.findings)}


# --- The receipt ------------------------------------------------------------------------------

DIRECTOR_IN_ENGLISH = Visitor(Language.EN, "", DIRECTOR, "")


def handed_over(content: str = FORM, name: str = "Peruskysely 2024.csv") -> Handed:
    upload = survey_file(content, name)
    ((hints, loaded),) = uploads.check_together([upload])
    return Handed(upload, hints, loaded)


def test_a_receipt_leads_to_the_mapping_while_something_is_unknown(office: Path) -> None:
    before = handed_over()
    assert (before.state, before.is_to_be_mapped) == ("fail", True)
    mapping.keep(decided_draft().additions("base", 2024), "Ansa")
    after = handed_over()
    assert (after.state, after.is_to_be_mapped, after.may_be_mapped) == ("ready", False, True)
    annual = handed_over("Oppilaitos;Vuosi;Opiskelijat;Kummallinen\nkuopio;2024;5;x\n", "a.csv")
    assert not (annual.is_to_be_mapped or annual.may_be_mapped)


def test_the_same_form_in_swedish_can_be_added_to_its_round(office: Path) -> None:
    mapping.keep(decided_draft().additions("base", 2024), "Ansa")
    actions.keep(DIRECTOR_IN_ENGLISH, handed_over())
    swedish = handed_over(FORM.replace("10:00", "12:30"), "Peruskysely 2024 sv.csv")
    entries = receiving.history()
    (told,) = replacing.sentences(swedish, entries, [swedish], DIRECTOR_IN_ENGLISH)
    assert told.startswith("Replaces: Graduate survey 2024 (file Peruskysely 2024.csv")
    swedish = replace(swedish, adds=True)
    (told,) = replacing.sentences(swedish, entries, [swedish], DIRECTOR_IN_ENGLISH)
    assert told.startswith("Added to: Graduate survey 2024 (file Peruskysely 2024.csv)")
    assert actions.keep(DIRECTOR_IN_ENGLISH, swedish).is_kept
    assert len(archive.surveys(databases.archive_engine()).respondents) == 6


def test_the_question_is_found_among_several_rows_of_headings(office: Path) -> None:
    content = (
        "Q1,Q2\n"
        '"Which of the two do you like, and why?",Name of the cat\n'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        "Both of them,Misu\nNeither,Musti\nBoth of them,Musti\n"
    )
    draft = Draft(mapping.examine_upload(survey_file(content)))
    words = [asking.words_of(column) for column in draft.all_columns()]
    assert words == ["Which of the two do you like, and why?", "Name of the cat"]
