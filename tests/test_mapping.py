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

from office import catalogue_export, databases, toml_writing
from office.new_questions import (
    NewChoice,
    NewQuestion,
    Said,
    code_of,
    faults,
    indicator_entry,
    other_choice,
    question_entry,
    with_codes,
)
from office.using import catalogue_in_use, content_in_use
from tests.catalogue_meaning import faults as catalogue_faults
from tests.databases import NewAddress, new_address  # noqa: F401
from tests.survey_meaning import survey_faults
from yearbook import archive, catalogue
from yearbook.archive import Addition
from yearbook.catalogue import Catalogue, build, laid_over

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
    yield tmp_path


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
