"""Packs for a meeting: each holds what its school may see, and nothing that is another's alone."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation

import press
from door import reading
from door.reading import Eyes
from office import packs
from office.packs import PDF, PPTX, Wanted, files, pages, selection
from office.refusals import RefusedError
from tests.test_own_school import SATISFACTION, own, together
from yearbook import catalogue, edition_files, shelf
from yearbook.database import connect
from yearbook.editions import Cell, Edition, Table
from yearbook.exports.native.chart_xml import LOCALES
from yearbook.language import Language

PLANTED = {"kuopio": 7919, "turku": 6037}  # answers that nobody else has anywhere
SCHOOLS = ("kuopio", "tampere", "turku")


def planted(members: Edition, school: str) -> Edition:
    """The school's own edition, in which every figure rests on its planted number of answers."""
    edition = own(members, school)
    cells = tuple(_of(cell, PLANTED[school]) for cell in edition.table(SATISFACTION).cells)
    return edition_files.seal(replace(edition, tables={SATISFACTION: Table(SATISFACTION, cells)}))


def _of(cell: Cell, n: int) -> Cell:
    shares = {"1": 0.1, "2": 0.1, "3": 0.2, "4": 0.3, "5": 0.3}
    value = shares[cell.option]
    return Cell(
        cell.group, cell.option, value=value, low=0.0, high=1.0, count=round(value * n), n=n
    )


@pytest.fixture(scope="module")
def folder(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Path(shutil.copytree(empty_shelf, tmp_path_factory.mktemp("packs") / "var"))
    members, public, *_ = together()
    editions = (members, public, *(planted(members, one) for one in PLANTED))
    shelf.put_all(connect(f"sqlite:///{made}/shelf.sqlite"), editions)
    return made


@pytest.fixture
def on_shelf(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("SHELF_URL", "ARCHIVE_URL", "ACCOUNTS_URL", "CATALOGUE", "AUDIENCE", "VISITORS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(folder))
    monkeypatch.setenv("ADDRESS", "https://tilastot.example.fi")
    kept = (files.members_edition.cache_clear, reading._opened.clear, reading._of_school.clear)
    for clear in kept:
        clear()
    yield
    for clear in kept:
        clear()


def unpacked(content: bytes) -> Iterator[tuple[str, str]]:
    """Every part of a file, of the workbooks behind its charts too, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".xlsx"):
                yield from ((f"{name}/{inner}", text) for inner, text in unpacked(part))
            else:
                yield name, part.decode("utf-8", errors="replace")


def all_of(content: bytes) -> str:
    """Without the spaces that part thousands."""
    return re.sub(r"(?<=\d)[\s\u00a0\u202f]+(?=\d)", "", "".join(t for _, t in unpacked(content)))


def by_school(made: packs.Packs) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names = archive.namelist()
        return {
            name.rpartition("_")[2].removesuffix(f".{made.kind}"): archive.read(name)
            for name in names
        }


# --- Whose figures ----------------------------------------------------------------------------


def test_a_pack_holds_the_schools_own_figures_and_no_other_schools(on_shelf: None) -> None:
    made = packs.make(Wanted("2026.1", SCHOOLS))
    held = by_school(made)
    assert tuple(held) == SCHOOLS
    for school, content in held.items():
        found = all_of(content)
        for owner, number in PLANTED.items():
            assert (str(number) in found) is (owner == school), (school, owner)


def test_a_pack_is_made_of_the_edition_that_the_door_opens_for_the_schools_members(
    on_shelf: None,
) -> None:
    for school in SCHOOLS:
        seen = reading.edition("2026.1", Eyes("members", school))
        ours = files.edition_for("2026.1", school)
        assert (ours.audience, [*ours.tables]) == (seen.audience, [*seen.tables])
        assert all(ours.table(code) == seen.table(code) for code in ours.tables)


def test_it_says_that_it_is_for_one_school_alone_where_it_is(on_shelf: None) -> None:
    edition = {school: files.edition_for("2026.1", school) for school in SCHOOLS}
    told = {s: files.pack_of(edition[s], s, Language.FI).cautions for s in SCHOOLS}
    assert "näkee vain Kuopion konservatorio" in told["kuopio"][0]
    assert not any("näkee vain" in one for one in told["tampere"]), "it has no figure of its own"


# --- What it says -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", [*Language])
def test_each_slide_has_headline_chart_source_n_and_link(
    on_shelf: None, language: Language
) -> None:
    piece = files.Piece("2026.1", "kuopio", PPTX, language)
    made = files.make(piece)
    pack = files.pack_of(files.edition_for("2026.1", "kuopio"), "kuopio", language)
    assert len(pack.charts) >= 6
    deck = Presentation(io.BytesIO(made.content))
    slides = [*deck.slides]
    assert len(slides) == len(pack.charts) + 2
    assert slides[0].shapes.title.text_frame.text == pack.school
    contents = _words(slides[1])
    for number, (chart, slide) in enumerate(zip(pack.charts, slides[2:], strict=True), 1):
        assert f"{number}.  " in contents and chart.headline in contents
        assert slide.shapes.title.text_frame.text == chart.headline
        words = _words(slide)
        for line in (chart.subtitle, chart.source, chart.link, chart.invented, chart.own_school):
            assert line in words
        assert chart.response in words
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert len(drawn) == 1
        described = drawn[0]._element._nvXxPr.cNvPr.get("descr")
        assert described == chart.alt
        assert chart.link.endswith("edition=2026.1")
    assert "2026.1" in _words(slides[0])
    assert pack.invented in _words(slides[0])
    assert deck.core_properties.language == LOCALES[language]


def _words(slide: object) -> str:
    frames = [s.text_frame for s in slide.shapes if s.has_text_frame]  # type: ignore[attr-defined]
    return "\n".join(frame.text for frame in frames)


def test_the_pages_of_a_pdf_have_the_same_words_and_load_nothing(on_shelf: None) -> None:
    pack = files.pack_of(files.edition_for("2026.1", "kuopio"), "kuopio", Language.SV)
    told = pages.html(pack, tuple("<svg></svg>" for _ in pack.charts))
    assert '<html lang="sv"><head>' in told
    assert told.count("<svg>") == told.count("<section") == len(pack.charts)
    for chart in pack.charts:
        assert chart.headline in told
        assert chart.source in told
    assert "src=" not in told and "url(" not in told and "<script" not in told


def test_without_a_language_each_school_gets_its_own(on_shelf: None) -> None:
    edition = files.edition_for("2026.1", "kuopio")
    assert files.pack_of(edition, "kuopio", None).language is Language.FI
    content = edition.content
    schools = [
        {**one, "language": "sv"} if one["code"] == "turku" else one
        for one in content["schools"]["school"]
    ]
    told = replace(
        edition, content={**content, "schools": {**content["schools"], "school": schools}}
    )
    assert files.pack_of(told, "turku", None).language is Language.SV


def test_progress_is_told_by_the_name_of_the_school(on_shelf: None) -> None:
    told: list[tuple[float, str]] = []
    packs.make(
        Wanted("2026.1", ("turku", "kuopio")), lambda share, what: told.append((share, what.fi))
    )
    assert [share for share, _ in told] == [0.0, 0.5, 1.0]
    assert told[1][1] == "Tehdään paketteja: 1 / 2 · Turun konservatorio ja musiikkiopisto"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("2031.1", ()), "2031.1"),
        (Wanted("2026.1", ("../kuopio",)), "../kuopio"),
        (Wanted("2026.1", ("public",)), "public"),
    ],
)
def test_what_is_not_there_is_refused_in_words(on_shelf: None, wanted: Wanted, said: str) -> None:
    with pytest.raises(RefusedError, match=re.escape(said)):
        packs.make(wanted)


def test_every_figure_of_the_shipped_selection_is_in_the_catalogue() -> None:
    shown = selection.read(catalogue.SHIPPED)
    known = catalogue.load().indicators
    assert 10 <= len(shown) <= 16
    for one in shown:
        if one.shows != selection.RESPONSE:
            expected = "survey" if one.shows == selection.ANSWERS else "annual"
            assert known[one.indicator].source == expected


def test_a_folder_with_a_selection_of_its_own_counts_and_a_wrong_word_is_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "packs.toml"
    assert selection.read(tmp_path) == selection.read(catalogue.SHIPPED)
    path.write_text('[[figure]]\nindicator = "students"\nshows = "years"\n', encoding="utf-8")
    assert selection.read(tmp_path) == (selection.Shown("students", "years"),)
    path.write_text('[[figure]]\nindicator = "students"\nshows = "pies"\n', encoding="utf-8")
    with pytest.raises(catalogue.CatalogueError, match="'pies' is none of schools, years"):
        selection.read(tmp_path)


# --- PDF, without a browser or with one that fails -------------------------------------------


def test_without_a_browser_no_pdf_is_begun(on_shelf: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    drawn: list[object] = []
    monkeypatch.setattr(files, "make", drawn.append)
    with pytest.raises(RefusedError, match="Chromium"):
        packs.make(Wanted("2026.1", SCHOOLS, PDF))
    assert drawn == []


def test_one_school_that_fails_is_named_and_nothing_half_is_handed_over(
    on_shelf: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def printed(html: str) -> bytes:
        if "<h1>Tampereen" in html:
            raise press.Unprintable("too_long")
        return b"%PDF-"

    monkeypatch.setattr(press, "is_there", lambda: True)
    monkeypatch.setattr(press, "svg", lambda *_: b"<svg></svg>")
    monkeypatch.setattr(press, "pdf_of", printed)
    told: list[float] = []
    with pytest.raises(RefusedError) as refused:
        packs.make(Wanted("2026.1", SCHOOLS, PDF), lambda share, what: told.append(share))
    assert told == [0.0, pytest.approx(1 / 3)]
    assert "ei voitu tehdä: Tampereen konservatorio. " in refused.value.text.fi
    assert "kesti liian kauan" in refused.value.text.fi
    assert "för länge" in refused.value.text.sv


def test_from_the_second_pack_on_it_says_how_long_the_rest_takes(
    on_shelf: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter((100.0, 106.0, 112.0, 118.0))
    monkeypatch.setattr(packs.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(packs, "spread", map)
    monkeypatch.setattr(files, "make", lambda piece: files.Made(piece.school, piece.school, b""))
    told: list[str] = []
    packs.make(Wanted("2026.1", SCHOOLS), lambda share, what: told.append(what.en))
    assert ["left" in said for said in told] == [False, False, True, False]
    assert told[2] == "Making packs: 2 / 3 · Tampere Conservatory · about 5 s left"
