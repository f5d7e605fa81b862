"""What a school alone may see of itself: read for its own members and for nobody else."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from csv import DictReader
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from access.accounts import Account, Role
from door import meeting, reading
from door.meeting import Met
from door.reading import Eyes, eyes_of
from tests.editions_for_tests import small_edition
from tests.serving import ROOT
from ui import card
from yearbook import edition_files, joining, shelf
from yearbook.catalogue import read
from yearbook.charts import Chart, View, draw, screen
from yearbook.database import connect
from yearbook.editions import Edition, Table
from yearbook.exports import csv, xlsx
from yearbook.language import Language
from yearbook.publication.public import for_public

SATISFACTION = "satisfaction_overall"  # its audience is own_school in the catalogue
BLOCK = "2022-2024"
MARK = {
    Language.FI: "Tämän näkee vain oma oppilaitoksesi",
    Language.SV: "Det här ser bara din egen läroanstalt",
    Language.EN: "Only your own school sees this",
}


def account(role: Role, school: str = "") -> Account:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    return Account(1, "maija@example.fi", "Maija", role, school, True, True, made)


@cache
def together() -> tuple[Edition, ...]:
    """The members' edition, in which satisfaction stands for all schools together, the public's,
    and those of Kuopio and Turku."""
    whole = small_edition()
    table = whole.table(SATISFACTION)
    tables = {**whole.tables, SATISFACTION: table.where(lambda cell: not cell.group.school)}
    content = {**whole.content, "disclosure": read()["disclosure"]}
    members = edition_files.seal(replace(whole, content=content, tables=tables))
    return (members, for_public(members), *(own(members, of) for of in ("kuopio", "turku")))


def own(members: Edition, school: str, cells_of: tuple[str, ...] = ()) -> Edition:
    cells = small_edition().table(SATISFACTION).select(school=(school, *cells_of)).cells
    tables = {SATISFACTION: Table(SATISFACTION, cells)}
    return edition_files.seal(replace(members, audience=school, tables=tables, quotes={}))


@pytest.fixture(scope="module")
def filled(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with these editions; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("filled") / "var"
    shutil.copytree(empty_shelf, folder)
    engine = connect(f"sqlite:///{folder}/shelf.sqlite")
    shelf.put_all(engine, together())
    engine.dispose()
    return folder


@pytest.fixture
def opened(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The audiences whose edition was taken from the shelf, in their order."""
    for name in ("AUDIENCE", "VISITORS"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(filled, tmp_path / "var")
    monkeypatch.setenv("SHELF_URL", f"sqlite:///{tmp_path}/var/shelf.sqlite")
    taken: list[str] = []
    taking = shelf.open

    def spy(engine: object, name: str, audience: str = "members") -> Edition:
        taken.append(audience)
        return taking(engine, name, audience)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf, "open", spy)
    for kept in (reading._opened, reading._of_school):
        kept.clear()
    yield taken
    for kept in (reading._opened, reading._of_school):
        kept.clear()


def seen_by(account: Account | None, is_demonstration: bool = False) -> Edition:
    eyes = eyes_of(account, is_demonstration)
    assert eyes is not None
    return reading.edition("2026.1", eyes)


# --- Who reads what ---------------------------------------------------------------------------


def test_a_member_sees_her_own_school_beside_all_schools_together(opened: list[str]) -> None:
    edition = seen_by(account(Role.MEMBER, "kuopio"))
    table = edition.table(SATISFACTION)
    assert table.values_of("school") == ("kuopio",)
    assert table.select(school="").cells == together()[0].table(SATISFACTION).cells
    ours = table.select(school="kuopio", survey="base", block=BLOCK, option="5").cells
    assert [(cell.count, cell.n) for cell in ours] == [(14, 45)]  # 0.30 of 45
    assert edition.table("students") == small_edition().table("students")
    assert len(edition.tables) == len(together()[0].tables)
    assert opened == ["members", "kuopio"]


def test_it_is_read_once_for_all_members_of_the_school(opened: list[str]) -> None:
    for school in ("kuopio", "kuopio", "turku", "kuopio"):
        assert seen_by(account(Role.MEMBER, school)).audience == school
    assert opened == ["members", "kuopio", "turku"]


def test_a_school_whose_graduates_did_not_answer_sees_what_all_members_see(
    opened: list[str],
) -> None:
    assert seen_by(account(Role.MEMBER, "tampere")).audience == "members"
    assert opened == ["members", "tampere"]  # for which there is no edition


@pytest.mark.parametrize("school", ["", "public", "members", "nowhere", "../kuopio"])
def test_an_account_of_no_school_of_the_edition_opens_the_members_alone(
    opened: list[str], school: str
) -> None:
    edition = seen_by(account(Role.MEMBER, school))
    assert (edition.audience, edition.table(SATISFACTION).values_of("school")) == ("members", ())
    assert opened == ["members"]


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.MAINTAINER])
def test_who_is_of_no_school_sees_no_schools_own_figures(opened: list[str], role: Role) -> None:
    assert seen_by(account(role, "kuopio")).table(SATISFACTION).values_of("school") == ()
    assert opened == ["members"]


def test_the_demonstration_reads_no_schools_own_figures(opened: list[str]) -> None:
    assert seen_by(None, is_demonstration=True).audience == "members"
    assert opened == ["members"]


def test_who_is_not_signed_in_sees_the_publics_edition_or_none(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert eyes_of(None) is None
    monkeypatch.setenv("VISITORS", "public")
    assert reading.editions_in_sight(eyes_of(None)) == ("2026.1",)
    assert seen_by(None).audience == "public"
    assert opened == ["public"]


def test_a_process_for_the_public_opens_nothing_else_for_whoever_asks(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIENCE", "public")
    assert eyes_of(account(Role.MEMBER, "kuopio")) == Eyes("public")
    assert seen_by(account(Role.MEMBER, "kuopio")).audience == "public"
    assert opened == ["public"]


def test_a_cell_of_another_school_in_an_own_edition_is_left_out() -> None:
    members = together()[0]
    mixed = own(members, "kuopio", cells_of=("turku",))
    assert mixed.table(SATISFACTION).values_of("school") == ("kuopio", "turku")
    joined = joining.joined(members, mixed, "kuopio").tables
    assert joined[SATISFACTION].values_of("school") == ("kuopio",)


@pytest.mark.parametrize(
    ("of", "opens"),
    [
        (account(Role.MEMBER, "kuopio"), {"members", "kuopio"}),
        (account(Role.DIRECTOR), {"members"}),
        (None, {"public"}),
    ],
    ids=["member", "director", "visitor"],
)
def test_no_address_opens_what_is_another_schools(
    opened: list[str], monkeypatch: pytest.MonkeyPatch, of: Account | None, opens: set[str]
) -> None:
    """The door's own script, run with everything in the address that names a school or a role."""
    monkeypatch.setenv("ARCHIVE_URL", "")
    monkeypatch.setenv("VISITORS", "public")
    monkeypatch.setattr(meeting, "meet", lambda: Met(of, is_demonstration=False))
    test = AppTest.from_file(str(ROOT / "door" / "entry.py"), default_timeout=60)
    wanted = ("school", "place", "beside", "audience", "edition", "own_school")
    for name in wanted:
        test.query_params[name] = "turku"
    test.query_params["role"] = "director"
    assert not test.run().exception
    assert set(opened) == opens


# --- Whose eyes a figure is for ---------------------------------------------------------------


def drawn(language: Language, schools: tuple[str, ...] = ("", "kuopio")) -> tuple[Edition, Chart]:
    edition = small_edition()
    table = edition.table(SATISFACTION).select(survey="base", block=BLOCK, school=schools)
    table = table.select(programme="", cohort="")
    return edition, draw(edition, table, View(language, own_school="kuopio"))


@pytest.mark.parametrize("language", list(Language))
def test_a_chart_of_own_figures_says_whose_eyes_it_is_for(language: Language) -> None:
    edition, chart = drawn(language)
    name = edition.catalogue.schools["kuopio"].name[language]
    assert chart.own_school == MARK[language]
    assert chart.alt.startswith(f"{MARK[language]}. ")
    assert chart.notes[0].startswith(f"{name}: ")
    assert chart.notes[0] in " ".join(chart.footer)
    assert chart.file_name.endswith("_2026.1_kuopio")
    rows = list(DictReader(
        io.StringIO(csv.write(chart, edition).decode("utf-8-sig")),
        delimiter=csv.DELIMITERS[language],
    ))  # fmt: skip
    assert all(any(chart.notes[0] in field for field in row.values()) for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(chart, edition)))
    fields = [cell.value for sheet in book.worksheets for row in sheet.rows for cell in row]
    assert chart.notes[0] in fields and chart.alt in fields
    picture = screen.picture(chart)["layout"]["annotations"]
    assert any(name in str(text["text"]) for text in picture)


def test_a_chart_of_all_schools_together_says_nothing_of_the_kind() -> None:
    edition, chart = drawn(Language.EN, schools=("",))
    assert chart.own_school == ""
    assert "own use" not in " ".join(chart.notes) and chart.file_name.endswith("_2026.1")
    activity = edition.table("main_activity").select(survey="base", block=BLOCK)
    assert draw(edition, activity, View(Language.EN)).own_school == ""  # all members see it


def test_words_of_a_persons_own_do_not_hide_whose_eyes_it_is_for() -> None:
    edition = small_edition()
    table = edition.table(SATISFACTION).select(survey="base", block=BLOCK, school="kuopio")
    said = replace(edition.catalogue.association, en="Four in five are content.")
    chart = draw(edition, table, View(Language.EN, alt=said))
    assert chart.alt == f"{MARK[Language.EN]}. Four in five are content."


def test_charts_that_are_kept_are_told_apart_by_whose_eyes_they_are_for() -> None:
    """Else what pools a chart of all schools, found for a member of Kuopio, were shown to all."""
    members = together()[0]
    assert card._named(members) != card._named(replace(members, audience="kuopio"))
