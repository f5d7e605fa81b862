"""Open answers: how they are searched, what becomes a quote of visitors and what does not."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from desk.publication import quoted
from office import databases, open_answers, publishing, quoting
from office.giveaways import giveaways
from office.open_answers import OpenAnswer, Wanted, folded
from office.quoting import CHECKS, Proposal
from office.refusals import RefusedError
from tests.databases import NewAddress, new_address  # noqa: F401
from yearbook import archive, catalogue
from yearbook.archive import Received
from yearbook.archive.tables import quotes as quotes_table
from yearbook.disclosure import publishable_quotes
from yearbook.editions import Quote
from yearbook.submissions import ANSWER_COLUMNS, RESPONDENT_COLUMNS, Kind, Submission

QUESTION = "comments_education"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def open_office(
    tmp_path: Path,
    new_address: NewAddress,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """An office with the shipped catalogue and nothing in its archive."""
    monkeypatch.setenv("ARCHIVE_URL", new_address())
    monkeypatch.setenv("SHELF_URL", new_address())
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.delenv("CATALOGUE", raising=False)
    databases.prepare()
    return tmp_path


def keep(texts: Sequence[str], year: int = 2023, question: str = QUESTION, option: str = "") -> int:
    """A round in which each of these was written by somebody else; all graduated in Kuopio."""
    names = [f"{year}-{question}-{number}" for number in range(len(texts))]
    people = [(name, "base", year, year - 1, "kuopio", "321204") for name in names]
    given = [(name, question, option, None, text) for name, text in zip(names, texts, strict=True)]
    # Who wrote nothing has answered something else.
    given += [(name, "main_activity", "wage_work", None, None) for name in names]
    submission = Submission(
        Kind.SURVEY,
        "survey.csv",
        respondents=pd.DataFrame(people, columns=RESPONDENT_COLUMNS),
        answers=pd.DataFrame(
            [row for row in given if row[4] != "" or row[1] == "main_activity"],
            columns=ANSWER_COLUMNS,
        ),
    )
    received = Received("Ansa", NOW, "survey.csv", f"{year}{question}{len(texts)}", adds=True)
    return archive.keep(databases.archive_engine(), submission, received)


def proposal(text: str, checked: Sequence[str] = CHECKS, language: str = "fi") -> Proposal:
    return Proposal(QUESTION, text, language, frozenset(checked))


def texts(words: str = "", **narrowed: object) -> list[str]:
    found = open_answers.search(Wanted(QUESTION, words, **narrowed))  # type: ignore[arg-type]
    return [answer.text for answer in found]


# --- Searching --------------------------------------------------------------------------------


def test_words_are_found_whatever_their_capitals_and_accents(open_office: Path) -> None:
    keep(["Lisää ÄÄNENKÄYTTÖÄ ja yrittäjyyttä.", "Yrittäjyyttä!", "a\u0308a\u0308ni"])
    assert texts("aanenkaytto") == ["Lisää ÄÄNENKÄYTTÖÄ ja yrittäjyyttä."]
    assert texts("YRITTÄJ") == ["Lisää ÄÄNENKÄYTTÖÄ ja yrittäjyyttä.", "Yrittäjyyttä!"]
    assert texts("yrittäj aanen") == ["Lisää ÄÄNENKÄYTTÖÄ ja yrittäjyyttä."]  # all of the words
    assert texts("ääni") == ["ääni"]  # written with two signs
    assert texts("yrittäj keikka") == []


def test_each_sign_keeps_its_place_when_folded() -> None:
    for text in ("Ääni", "straße", "İstanbul", "ﬁ", "½"):
        assert len(folded(text)) == len(text)
    assert folded("Åbo Ö É") == "abo o e"


def test_an_answer_tells_no_more_of_its_writer_than_the_round(open_office: Path) -> None:
    number = keep(["b", "a"], 2021)
    keep(["d", "c", "c"], 2023)  # in the file's order, which would tell of schools
    found = open_answers.search(Wanted(QUESTION))
    assert found == (
        OpenAnswer("c", "base", 2023, "", 2),
        OpenAnswer("d", "base", 2023, "", 1),
        OpenAnswer("a", "base", 2021, "", 1),
        OpenAnswer("b", "base", 2021, "", 1),
    )
    assert texts(survey_year=2021) == ["a", "b"]
    assert texts(survey="followup") == []
    assert open_answers.rounds(QUESTION) == (("base", 2023), ("base", 2021))
    archive.withdraw(databases.archive_engine(), number, "Ansa", NOW)
    assert open_answers.asked() == {QUESTION: 3}
    assert texts("a") == []


def test_the_words_beside_other_are_found_and_empty_ones_are_not(open_office: Path) -> None:
    keep(["Muusikkona laivalla", "  "], question="employer", option="other")
    assert open_answers.asked() == {"employer": 1}
    (found,) = open_answers.search(Wanted("employer", "laiva"))
    assert found.option == "other"


# --- What might tell whose it is ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Kiitos kun Pekka neuvoi", "name", ("Pekka",)),
        ("Matti oli kiva", "name", ("Matti",)),
        ("opiskelin gradiassa", "school", ("gradiassa",)),
        ("Turussa ja lahdessa", "place", ("Turussa", "lahdessa")),
        ("Jag bodde i Åbo", "place", ("Åbo",)),
        ("pianonviritystä oli vähän", "programme", ("pianonviritystä",)),
        ("Valmistuin 2019.", "year", ("2019",)),
    ],
)
def test_what_might_tell_is_warned_of(text: str, kind: str, words: tuple[str, ...]) -> None:
    found = {one.kind: one.words for one in giveaways(text, catalogue.load())}
    assert found[kind] == words


def test_an_ordinary_sentence_gives_no_warning() -> None:
    text = "Enemmän bändisoittoa. Musiikin teoria oli vaikeaa, mutta opin! When I played, I won."
    assert giveaways(text, catalogue.load()) == ()


def test_what_tells_for_certain_is_struck_out_and_shown() -> None:
    found = quoting.scrub("Kirjoita\nmatti@posti.fi tai 040 123 4567.", catalogue.load())
    assert found.text == "Kirjoita […] tai […]."
    assert found.struck == ("matti@posti.fi", "040 123 4567")
    before = quoting.scrub("Kiitos [poistettu]!", catalogue.load())  # struck when it was received
    assert (before.text, before.struck) == ("Kiitos […]!", ())


# --- Releasing --------------------------------------------------------------------------------


def test_a_quote_keeps_nothing_that_leads_back_to_its_answer(open_office: Path) -> None:
    keep(["Hyvä koulu"] * 10)
    kept = quoting.release(proposal("  Hyvä \n koulu "), "Ansa")
    assert quoting.released() == (kept,)
    assert (kept.question, kept.text, kept.language) == (QUESTION, "Hyvä koulu", "fi")
    assert {column.name for column in quotes_table.columns} == {
        "id", "question", "text", "language",
        "released_by", "released_at", "withdrawn_by", "withdrawn_at",
    }  # fmt: skip


def test_a_quote_needs_ten_writers(open_office: Path) -> None:
    keep(["a"] * 9 + [""] * 5)  # who wrote nothing does not count
    with pytest.raises(RefusedError, match="9 respondents wrote"):
        quoting.release(proposal("a"), "Ansa")
    assert quoting.released() == ()
    keep(["a"], 2021)
    quoting.release(proposal("a"), "Ansa")
    keep(["a"], 2019)
    quoting.release(proposal("b"), "Ansa")
    assert len(quoting.released()) == 2


def test_what_cannot_be_released_is_refused(open_office: Path) -> None:
    keep(["a"] * 10)
    refused = {
        "no text": proposal(" […] . "),
        "301 characters": proposal("a" * 301),
        "something personal in the text: matti@posti.fi": proposal("Kirjoita matti@posti.fi"),
        "language": proposal("a", language="de"),
        "every point": proposal("a", checked=CHECKS[1:]),
    }
    using = catalogue.load()
    for reason, offered in refused.items():
        assert reason in str(quoting.objection(offered, using))
    with pytest.raises(RefusedError, match="301 characters"):
        quoting.release(refused["301 characters"], "Ansa")
    assert quoting.released() == ()
    quoting.release(proposal("a" * 300), "Ansa")


def test_the_same_quote_is_released_once(open_office: Path) -> None:
    keep(["a"] * 10)
    first = quoting.release(proposal("a"), "Ansa")
    with pytest.raises(RefusedError, match="already"):
        quoting.release(proposal("a "), "Ansa")
    quoting.take_back(first.id, "Bo")
    with pytest.raises(RefusedError, match="no such quote"):
        quoting.take_back(first.id, "Bo")
    quoting.release(proposal("a"), "Ansa")
    assert [(one.counts, one.withdrawn_by) for one in quoting.released()] == [
        (True, None), (False, "Bo"),
    ]  # fmt: skip


# --- Publishing -------------------------------------------------------------------------------


@pytest.mark.parametrize(("writers", "published"), [(9, 0), (10, 2), (11, 2)])
def test_publication_drops_quotes_of_questions_with_few_writers(
    writers: int, published: int
) -> None:
    given = [(str(n), QUESTION, "", None, "text") for n in range(writers)]
    given += [("x", QUESTION, "", None, " "), ("0", QUESTION, "", None, "again")]
    answers = {QUESTION: pd.DataFrame(given, columns=ANSWER_COLUMNS)}
    released = {QUESTION: (Quote("b", "fi"), Quote("a", "sv")), "comments": (Quote("c", "fi"),)}
    found = publishable_quotes(released, answers, catalogue.load().policy)
    assert len(found.get(QUESTION, ())) == published
    assert "comments" not in found
    if published:
        assert [one.text for one in found[QUESTION]] == ["a", "b"]


def test_an_edition_of_before_there_were_quotes_is_still_read() -> None:
    content = catalogue.read()
    disclosure = {k: v for k, v in content["disclosure"].items() if not k.startswith("quote_")}
    policy = catalogue.build({**content, "disclosure": disclosure}).policy
    assert (policy.quote_threshold, policy.quote_length) == (10, 300)
    assert "quote_threshold" not in policy.reasons


def test_a_quote_reaches_visitors_with_the_next_edition_and_leaves_with_one(
    open_office: Path,
) -> None:
    number = keep(["Hyvä koulu"] * 10)
    first = publishing.publish(publishing.preview(), "Ansa")
    assert first.quotes == {}
    kept = quoting.release(proposal("Hyvä koulu"), "Ansa")
    draft = publishing.preview()
    assert draft.edition.quotes == {QUESTION: (Quote("Hyvä koulu", "fi"),)}
    assert not draft.is_unchanged
    assert quoted.changes(draft) == [("new", QUESTION, "Hyvä koulu")]
    # A draft of before it was taken back is not published.
    quoting.take_back(kept.id, "Ansa")
    with pytest.raises(RefusedError, match="changed since the preview"):
        publishing.publish(draft, "Ansa")
    assert publishing.preview().is_unchanged
    quoting.release(proposal("Hyvä koulu"), "Ansa")
    archive.withdraw(databases.archive_engine(), number, "Ansa", NOW)
    keep(["Hyvä koulu"] * 9, 2021)
    assert publishing.preview().edition.quotes == {}
