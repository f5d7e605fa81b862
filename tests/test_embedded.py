"""The chart that other sites may frame: the public's cells alone, whatever its code says."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import product
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.attack.access.tried import count, tried
from tests.serving import Server, serve
from tests.test_own_school import own
from tests.test_public_door import members
from yearbook import edition_files, shelf
from yearbook.charts import View, draw, excerpt
from yearbook.charts.excerpt import Excerpt, excerpt_of
from yearbook.database import connect
from yearbook.editions import Edition, Group, Table
from yearbook.language import Language
from yearbook.publication.public import for_public

FRAMED = "Charts in other sites' frames"
SECRET = "satisfaction_overall"  # of the members' edition alone
YEARS = tuple(Group(year=str(year)) for year in range(2014, 2026))


def renamed(edition: Edition, name: str, factor: float = 1.0) -> Edition:
    """The same under another name, with other numbers of students."""
    cells = (
        replace(cell, value=None if cell.value is None else cell.value * factor)
        for cell in edition.table("students").cells
    )
    tables = {**edition.tables, "students": Table("students", tuple(cells))}
    return edition_files.seal(replace(edition, name=name, tables=tables))


@pytest.fixture(scope="module")
def folder(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2026.1, 2026.2 that is shown, and 2026.3 that was rolled back; Kuopio has its own figures."""
    made = Path(shutil.copytree(empty_shelf, tmp_path_factory.mktemp("framed") / "var"))
    engine = connect(f"sqlite:///{made}/shelf.sqlite")
    first = members()
    for edition in (first, renamed(first, "2026.2", 2.0), renamed(first, "2026.3", 7.0)):
        kuopio = own(replace(edition, content=first.content), "kuopio")
        shelf.put_all(engine, (edition, for_public(edition), kuopio))
    shelf.point_at(engine, "2026.2", "test")
    engine.dispose()
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serve(folder, {"AUDIENCE": "public"}) as served:
        yield served


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def written(self) -> list[str]:
        """The fields of the table."""
        return [unescape(one) for one in re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", self.text)]


def ask(server: Server, code: str, query: str = "", **headers: str) -> Answer:
    asked = Request(f"{server.address}/upotus/{code}{query}", headers=headers)
    try:
        answer = urlopen(asked, timeout=30)
    except HTTPError as error:
        answer = error
    told = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.status, told, answer.read().decode())


def students(edition: str = "2026.2", **other: object) -> Excerpt:
    return replace(Excerpt(edition, "public", "students", YEARS, "lines"), **other)  # type: ignore[arg-type]


def public(name: str, factor: float) -> Edition:
    return for_public(renamed(members(), name, factor))


# --- What is shown ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", [*Language])
def test_the_page_has_the_very_words_and_numbers_of_the_public_edition(
    server: Server, language: Language
) -> None:
    edition = public("2026.2", 2.0)
    table = edition.table("students").cut("year")
    chart = draw(edition, table, View(language))
    code = excerpt.write(excerpt_of(edition, table, View(), "lines"))
    answer = ask(server, code, f"?lang={language.value}")
    assert answer.status == 200
    assert f'<html lang="{language.value}">' in answer.text
    said = unescape(answer.text)
    for words in (chart.headline, chart.subtitle, chart.alt, chart.source, chart.invented):
        assert words in said
    twin = [column.name for column in chart.twin.columns]
    assert answer.written == twin + [entry.written for row in chart.twin.rows for entry in row]
    figures = re.search(r'id="figures">(.*?)</script>', answer.text)
    assert figures and json.loads(figures[1])["light"]["data"]
    assert f"/tilastot?lang={language.value}&indicator=students" in said


def test_it_follows_the_newest_edition_unless_one_is_named(server: Server) -> None:
    code = excerpt.write(students("2026.1"))
    assert "2026.2" in ask(server, code).text
    frozen = ask(server, code, "?edition=2026.1")
    assert "2026.1" in frozen.text and "2026.2" not in frozen.text
    assert frozen.written != ask(server, code).written


def test_others_may_frame_it_and_it_may_do_nothing_else(server: Server) -> None:
    answer = ask(server, excerpt.write(students()), Cookie="session=x; form=y")
    policy = answer.headers["content-security-policy"].split("; ")
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert not any(part.startswith("connect-src") for part in policy)
    (scripts,) = (part for part in policy if part.startswith("script-src"))
    assert re.fullmatch(r"script-src 'self' 'sha256-[A-Za-z0-9+/=]+'", scripts)
    assert "x-frame-options" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["cache-control"] == "public, max-age=600"
    assert "set-cookie" not in answer.headers


def test_no_other_page_may_be_framed(server: Server) -> None:
    for path in ("/", "/upotus", "/upotus.css", "/kirjaudu", "/health", "/upotus%2f..%2fkoulut"):
        try:
            answer = urlopen(f"{server.address}{path}", timeout=30)
        except HTTPError as error:
            answer = error
        framed = "frame-ancestors *" in answer.headers["content-security-policy"]
        # What is written otherwise but reads as ours is answered by ours: there is no such chart.
        assert framed is (answer.status == 404 and "%2f" in path), path


# --- An attacker writes the code ----------------------------------------------------------------


def hostile() -> list[tuple[str, str]]:
    """Codes that anybody can write, and what they are after."""
    block = Group(survey="base", block="2022-2024", school="kuopio")
    of_all = Group(survey="base", block="2022-2024")
    found = [
        ("the members' table", Excerpt("2026.2", "members", SECRET, (of_all,))),
        (
            "a school's own table",
            Excerpt("2026.2", "kuopio", SECRET, (block,), own_school="kuopio"),
        ),
        ("the same, said to be public", Excerpt("2026.2", "public", SECRET, (block,))),
        ("a school in a public figure", students(groups=(Group(school="kuopio", year="2025"),))),
        ("one school's activity", Excerpt("2026.2", "public", "main_activity", (block,))),
        ("an indicator of nobody", Excerpt("2026.2", "public", "../students", YEARS)),
        ("a form of nothing", students(form="../../etc/passwd")),
        ("a form for other cells", students(form="representation")),
        ("answers as lines", students(form="diverging")),
    ]
    return [(what, excerpt.write(one)) for what, one in found]


@tried(
    FRAMED,
    "Codes to embed that name the members' table, a school's own, a school within a public figure,"
    " a figure or a form that does not exist or does not fit",
    "404 in three languages without a word on why; a form that fits is drawn of the public's cells",
)
@pytest.mark.parametrize(("what", "code"), hostile())
def test_what_is_not_the_publics_is_not_there(server: Server, what: str, code: str) -> None:
    count(test_what_is_not_the_publics_is_not_there, 1)
    answer = ask(server, code)
    if answer.status == 200:  # a form that is drawn all the same, of the public's own cells
        assert what in ("a form for other cells", "answers as lines")
        assert "kuopio" not in answer.text.lower()
        return
    assert answer.status == 404
    assert "2026" not in answer.text
    for sentence in ("Kuviota ei löydy", "Diagrammet hittas inte", "The chart cannot be found"):
        assert sentence in answer.text
    assert answer.headers["cache-control"] == "no-store"


AUDIENCES = ("members", "kuopio", "public", "../members", "")
EDITIONS = ("2026.1", "2026.2", "2026.3", "2027.1", "../2026.3", "")


@tried(
    FRAMED,
    "Codes that name every audience with every edition: older, shown, rolled back, none",
    "The numbers of the public's newest edition each time; not one of an edition rolled back",
)
def test_whom_and_what_edition_a_code_names_counts_for_nothing(server: Server) -> None:
    shown = public("2026.2", 2.0)
    twin = draw(shown, shown.table("students").cut("year"), View()).twin
    newest = [entry.written for row in twin.rows for entry in row]
    for audience, edition in product(AUDIENCES, EDITIONS):
        wanted = students(edition, audience=audience, own_school="kuopio")
        answer = ask(server, excerpt.write(wanted), "?lang=fi")
        assert answer.status == 200
        assert answer.written[-len(newest) :] == newest, (audience, edition)
        assert "2026.3" not in answer.text
    count(test_whom_and_what_edition_a_code_names_counts_for_nothing, 30)


@pytest.mark.parametrize("edition", ["2026.3", "2027.1", "members", "2026.2/../2026.3", "%00"])
def test_an_edition_that_the_public_may_not_open_is_not_there(server: Server, edition: str) -> None:
    assert ask(server, excerpt.write(students()), f"?edition={edition}").status == 404


@tried(
    FRAMED,
    "What is no code: empty, cut short, longer, bytes, paths, markup, 9,000 letters, 4,000 times"
    " the same groups; markup in every field of a code",
    "404, or each group drawn once; no word of a code is on the page; no trace in the log",
)
def test_what_is_no_code_is_not_there_and_the_server_goes_on(server: Server) -> None:
    good = excerpt.write(students())
    bomb = excerpt.write(students(groups=(YEARS * 400)[:4000]))
    assert ask(server, "%00").status == 400, "no address at all"
    others = ("", "none", "%ff%fe", "a" * 9000, "..%2f..%2fkoulut", "%3Cscript%3E")
    for code in (*others, good[:-5], good + "A", good + "/x"):
        # The address of a folder above is refused before anybody looks at the code.
        assert ask(server, code).status == (400 if ".." in code else 404), code[:40]
    assert ask(server, bomb).written == ask(server, good).written, "each group is drawn once"
    assert "Traceback" not in server.printed()
    count(test_what_is_no_code_is_not_there_and_the_server_goes_on, 10)


def test_words_of_a_code_are_nowhere_on_the_page(server: Server) -> None:
    evil = "</script><script>alert(1)</script>"
    answer = ask(server, excerpt.write(students(evil, own_school=evil, option=evil)))
    assert "alert(1)" not in answer.text


def test_where_nothing_is_for_the_public_there_is_no_chart(folder: Path) -> None:
    """Not even of the public's edition, nor to whoever sits at this machine."""
    with serve(folder) as closed:
        assert ask(closed, excerpt.write(students())).status == 404
