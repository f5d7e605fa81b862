"""A statement as Word document, slides and page: the same words, headings and tables that are
marked as such, charts can be edited; on the director's own paper only where it does no harm."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from pptx import Presentation

from tests.charts_for_tests import FORMS, students, survey
from tests.editions_for_tests import small_edition
from yearbook.charts import View
from yearbook.charts.excerpt import excerpt_of
from yearbook.editions import Table
from yearbook.language import Language, Text
from yearbook.statements import (
    Figure,
    Layout,
    Signatory,
    Statement,
    docx,
    html,
    laid_out,
    pptx,
    template,
)

FI, SV, EN = Language.FI, Language.SV, Language.EN
HOSTILE = 'Otsikko <script>alert(1)</script> & "}{\x00\x0b</style>'
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff"
    "ff3f030005fe02fea72d5e4a0000000049454e44ae426082"
)


def figure(table: Table, form: str = "", own_school: str = "kuopio", **more: object) -> Figure:
    view = View(FI, form, own_school)
    return Figure(excerpt_of(small_edition(), table, view), **more)  # type: ignore[arg-type]


def statement(title: str = "Lausunto rahoituksesta") -> Statement:
    return Statement(
        title=title,
        recipient="Opetus- ja kulttuuriministeriö",
        diary_number="VN/1234/2026",
        date="2026-11-22",
        place="Helsinki",
        signatories=(Signatory("Maija Meikäläinen", "puheenjohtaja"), Signatory("Matti Virtanen")),
        opening="Kiitämme mahdollisuudesta.\n\nToinen kappale.",
        closing="Esitämme.",
        figures=(
            figure(students(school=("kuopio", "turku"))),
            figure(survey("main_activity")),
            figure(students(year="2025"), own_school="tampere", as_table=True),
            figure(students(year="2025"), "map", "tampere"),
        ),
    )


@cache
def layout(language: Language = FI, title: str = "Lausunto rahoituksesta") -> Layout:
    return laid_out(statement(title), {"2026.1": small_edition()}, language)


@cache
def written(language: Language = FI) -> bytes:
    return docx.write(layout(language))


def opened(content: bytes) -> Paper:
    return Document(io.BytesIO(content))


def styled(document: Paper, name: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == name]


# --- The Word document ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_document_has_headings_captions_and_the_texts_around(language: Language) -> None:
    made, document = layout(language), opened(written(language))
    assert styled(document, "Heading 1") == ["Lausunto rahoituksesta"]
    assert styled(document, "Heading 2") == [made.about_heading]
    assert styled(document, "Caption") == [figure.caption for figure in made.figures]
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for laid in made.figures:
        assert laid.chart is not None
        assert all(text in words for text in (*laid.text, *laid.under, laid.chart.subtitle))
    for part in (made.place_and_date, *made.recipient, *made.opening, *made.closing, made.foreign):
        assert part in words
    assert "Maija Meikäläinen\tMatti Virtanen" in words
    assert document.core_properties.title == made.title
    assert made.association in document.sections[0].header.paragraphs[0].text


def test_charts_can_be_edited_and_tables_have_a_heading_row() -> None:
    """Two charts with a sheet each; a table, and one for the map, which Office cannot draw."""
    names = ZipFile(io.BytesIO(written())).namelist()
    assert len([name for name in names if re.match(r"word/charts/chart\d+\.xml", name)]) == 2
    assert len([name for name in names if name.startswith("word/embeddings/")]) == 2
    document = opened(written())
    assert len(document.tables) == 2
    assert all(len(t._tbl.findall(f".//{qn('w:tblHeader')}")) == 1 for t in document.tables)
    alts = [d.get("descr") for d in document.element.body.iter(qn("wp:docPr"))]
    assert alts == [laid.chart.alt for laid in layout().figures[:2] if laid.chart]


def test_a_picture_takes_the_place_of_what_office_cannot_draw() -> None:
    document = opened(docx.write(layout(), pictures={4: PICTURE}))
    assert len(document.tables) == 1
    chart = layout().figures[3].chart
    assert [d.get("descr") for d in document.element.body.iter(qn("wp:docPr"))][2] == (
        chart.alt if chart else ""
    )


def test_parts_in_another_language_are_marked_as_such() -> None:
    spoken = {
        run.text: run._r.find(f".//{qn('w:lang')}").get(qn("w:val"))
        for paragraph in opened(written(SV)).paragraphs
        for run in paragraph.runs
        if run._r.find(f".//{qn('w:lang')}") is not None
    }
    assert spoken["Kiitämme mahdollisuudesta."] == "fi-FI"
    assert spoken["Om siffrorna"] == "sv-FI"
    on_her_paper = opened(docx.write(layout(SV), own_paper()))
    runs = list(on_her_paper.element.body.iter(qn("w:r")))
    languages = [run.find(f".//{qn('w:lang')}") for run in runs]
    assert None not in languages, "captions and tables, too: her paper may be in Finnish"


# --- Slides ---------------------------------------------------------------------------------------


def test_slides_have_the_finding_as_title_and_an_editable_chart() -> None:
    show = Presentation(io.BytesIO(pptx.write(layout(EN))))
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert titles == [
        "Lausunto rahoituksesta",
        *(laid.headline for laid in layout(EN).figures),
        "About the figures",
    ]
    kinds = [(any(s.has_chart for s in slide.shapes), any(s.has_table for s in slide.shapes))
             for slide in show.slides]  # fmt: skip
    assert kinds == [
        (False, False),
        (True, False),
        (True, False),
        (False, True),
        (False, True),
        (False, False),
    ]
    words = [s.text_frame.text for s in show.slides[2].shapes if s.has_text_frame]
    assert "Figure 2" in words
    assert layout(EN).figures[1].text[0] in words
    assert layout(EN).figures[1].under[0] in "\n".join(words)


# --- The page that is printed ---------------------------------------------------------------------


def test_the_page_is_whole_in_itself_and_marked_for_those_who_hear_it() -> None:
    page = html.write(layout(SV), ["<svg>1</svg>", None, None, None])
    assert '<html lang="sv">' in page
    assert "<title>Lausunto rahoituksesta</title>" in page
    assert '<p lang="fi">Kiitämme mahdollisuudesta.</p>' in page
    assert page.count("<figure>") == 4
    assert page.count("<table") == 3
    assert page.count('<th scope="row">') == sum(
        len(laid.chart.twin.rows) for laid in layout(SV).figures[1:] if laid.chart
    )
    assert re.findall(r'<img alt="[^"]+" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+">', page)
    assert not re.search(r"<script|<link|@import|url\(|src=\"(?!data:)|https?://", page)


def test_the_address_of_a_figure_is_a_link_of_a_few_words_in_every_format() -> None:
    address = "https://tilastot.example.org/kuvio?kuvio=abc&lang=fi"
    made = replace(statement(), figures=statement().figures[:1])
    laid = laid_out(made, {"2026.1": small_edition()}, address=lambda figure: address)
    document = opened(docx.write(laid))
    targets = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert targets == [address]
    words = [p.text for p in document.paragraphs]
    assert "Avaa nämä luvut verkossa" in words
    assert address not in words
    show = Presentation(io.BytesIO(pptx.write(laid)))
    runs = [r for s in show.slides[1].shapes if s.has_text_frame
            for p in s.text_frame.paragraphs for r in p.runs]  # fmt: skip
    assert [r.text for r in runs if r.hyperlink.address == address] == ["Avaa nämä luvut verkossa"]
    assert f'<a href="{address.replace("&", "&amp;")}">Avaa nämä luvut verkossa</a>' in (
        html.write(laid)
    )


# --- Hostile words --------------------------------------------------------------------------------


def test_words_of_a_person_do_no_harm_in_any_format() -> None:
    own = Text(HOSTILE, HOSTILE, HOSTILE)
    made = replace(statement(HOSTILE), opening=HOSTILE, recipient=HOSTILE, place=HOSTILE)
    first = replace(made.figures[0], headline=own, alt=own, text=own)
    made = replace(made, figures=(first,), signatories=(Signatory(HOSTILE, HOSTILE),))
    laid = laid_out(made, {"2026.1": small_edition()})
    assert "alert(1)" in styled(opened(docx.write(laid)), "Heading 1")[0]
    assert Presentation(io.BytesIO(pptx.write(laid))).slides[0].shapes.title.text_frame.text
    page = html.write(laid)
    assert "<script" not in page
    assert page.count("</style>") == 1


# --- The director's own paper ---------------------------------------------------------------------


def own_paper(change: Callable[[Paper], None] = lambda document: None) -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Oma ylätunniste"
    document.add_paragraph("Mallin oma teksti")
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes | Callable[[bytes], bytes]) -> bytes:
    """The package with parts put in or changed; "__" in a name is "/"."""
    wanted = {name.replace("__", "/"): part for name, part in parts.items()}
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as package, ZipFile(out, "w") as other:
        for name in package.namelist():
            part = wanted.pop(name, package.read(name))
            other.writestr(name, part(package.read(name)) if callable(part) else part)
        for name, part in wanted.items():
            assert isinstance(part, bytes)
            other.writestr(name, part)
    return out.getvalue()


def related(target: str, kind: str) -> Callable[[bytes], bytes]:
    """Of a part of relationships, with one more that leads outside."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="x" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda content: content.replace(b"</Relationships>", f"{one}</Relationships>".encode())


RELS = "word___rels__document.xml.rels"


def test_the_own_paper_keeps_its_header_and_styles_and_loses_its_text() -> None:
    def change(document: Paper) -> None:
        document.styles["Heading 1"].font.name = "Georgia"

    content = own_paper(change)
    assert template.check(content) == ()
    document = opened(docx.write(layout(), content))
    assert document.sections[0].header.paragraphs[0].text == "Oma ylätunniste"
    assert document.styles["Heading 1"].font.name == "Georgia"
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Mallin oma teksti" not in words
    assert styled(document, "Caption") == [laid.caption for laid in layout().figures]


def test_a_paper_without_styles_falls_back_on_ours_and_says_so() -> None:
    def change(document: Paper) -> None:
        for name in ("Caption", "Body Text", "Heading 1"):
            document.styles[name].delete()
        normal = document.styles["Normal"]
        assert isinstance(normal, ParagraphStyle)
        normal.font.size = Pt(14)

    content = own_paper(change)
    (fault,) = template.check(content)
    assert not fault.stops
    assert template.is_usable(content)
    missing = "Pohjasta puuttuu tyylejä: Otsikko 1, Leipäteksti, Kuvaotsikko."
    assert fault.message.fi.startswith(missing)
    assert "Heading 1, Body Text, Caption" in fault.message.en
    document = opened(docx.write(layout(), content))
    assert len(styled(document, "Caption")) == 4
    for name in ("Caption", "Body Text", "Figure Source"):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle) and style.font.name is None, "as the plain text"
    source = document.styles["Figure Source"]
    assert isinstance(source, ParagraphStyle) and source.font.size == Pt(11), "9 of 11, of 14"
    title = document.styles["Heading 1"].element
    assert [level.get(qn("w:val")) for level in title.iter(qn("w:outlineLvl"))] == ["0"]


def test_a_template_of_an_office_becomes_a_document_that_knows_no_other() -> None:
    """As Word saves it: its own kind of content, and the path of the template it was made from."""
    base = "http://schemas.openxmlformats.org/package/2006/relationships"
    empty = f'<Relationships xmlns="{base}"></Relationships>'.encode()
    share = "file:///\\\\server\\mallit\\Normal.dotm"

    def mentioned(settings: bytes) -> bytes:
        return re.sub(rb"(<w:settings[^>]*>)", rb'\1<w:attachedTemplate r:id="x"/>', settings)

    content = repacked(
        own_paper(),
        **{
            "[Content_Types].xml": lambda types: types.replace(
                template.MAIN.encode(), template.TEMPLATE.encode()
            ),
            "word/settings.xml": mentioned,
            template.SETTINGS: related(share, "attachedTemplate")(empty),
        },
    )
    assert template.check(content) == ()
    kept = template.as_document(content)
    document = opened(docx.write(layout(), kept))
    assert document.sections[0].header.paragraphs[0].text == "Oma ylätunniste"
    parts = content_of(kept)
    assert b"attachedTemplate" in content_of(content) and b"attachedTemplate" not in parts
    assert b"server" not in parts and template.TEMPLATE.encode() not in parts


def content_of(content: bytes) -> bytes:
    with ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a Word document"),
        (b"%PDF-1.7", "not a Word document"),
        (template.OLD_OFFICE + b"\0" * 600, "old format (.doc)"),
        (
            repacked(own_paper(), mimetype=b"application/vnd.oasis.opendocument.text"),
            "OpenDocument text (.odt)",
        ),
        (
            repacked(
                own_paper(),
                **{
                    "[Content_Types].xml": lambda types: types.replace(
                        template.MAIN.encode(),
                        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
                    )
                },
            ),
            "macros",
        ),
        (own_paper()[:4000], "not a Word document"),
        (b"\0" * (template.LARGEST + 1), "too large"),
        (repacked(own_paper(), word__media__big=b"\0" * 61_000_000), "too large"),
        (repacked(own_paper(), word__vbaProject=b"x"), "macros"),
        (repacked(own_paper(), word__activeX__a=b"x"), "macros"),
        (
            repacked(own_paper(), **{RELS: related("https://x.fi/a.dotm", "attachedTemplate")}),
            "elsewhere",
        ),
        (repacked(own_paper(), **{RELS: related("file:///c:/a.png", "hyperlink")}), "elsewhere"),
        (repacked(own_paper(), **{RELS: related("https://x.fi/a.png", "image")}), "elsewhere"),
        (repacked(own_paper(), word__document=b"x", **{"../../evil": b"x"}), "cannot be read"),
        (
            repacked(
                own_paper(), **{"word__styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}
            ),
            "cannot be read",
        ),
        (repacked(own_paper(), **{"word__document.xml": b"<a/>"}), "cannot be read"),
    ],
)
def test_a_harmful_or_broken_paper_is_refused_with_the_reason(content: bytes, said: str) -> None:
    faults = template.check(content)
    assert faults
    assert all(fault.stops for fault in faults)
    assert said in faults[0].message.en
    assert not template.is_usable(content)


def test_an_ordinary_link_on_the_paper_is_no_fault() -> None:
    content = repacked(own_paper(), **{RELS: related("https://www.example.org", "hyperlink")})
    assert template.check(content) == ()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_goes_into_every_document(form: str) -> None:
    edition, drawn = small_edition(), FORMS[form](FI)
    codes = {p.key.split("|")[0] for p in drawn.places} | {
        s.key.split("|")[0] for s in drawn.series
    }
    table = edition.table(drawn.indicator)
    if drawn.moments:
        table = table.select(**{drawn.time: drawn.moments})
    wanted = tuple(code for code in codes if code in edition.catalogue.schools) or ("kuopio",)
    table = table.select(programme="", school=("", *wanted))
    made = Statement(figures=(figure(table, form),))
    laid = laid_out(made, {edition.name: edition})
    assert laid.figures[0].chart is not None
    assert laid.figures[0].chart.form == form
    assert styled(opened(docx.write(laid)), "Caption") == [laid.figures[0].caption]
    assert len(Presentation(io.BytesIO(pptx.write(laid))).slides) == 3
    assert "<figure>" in html.write(laid)
