"""Editions are put on the shelf once, never change, and are pointed at one at a time."""

import threading
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from office import databases
from tests.databases import NewAddress, new_address  # noqa: F401
from yearbook import edition_files, shelf
from yearbook.database import Engine, connect, write
from yearbook.editions import Cell, Edition, Group, Note, State, Table
from yearbook.language import Text
from yearbook.shelf import packing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KUOPIO, ALL = Group(school="kuopio", year="2024"), Group(year="2024")


@pytest.fixture
def address(new_address: NewAddress) -> str:  # noqa: F811
    """The address of an empty shelf."""
    given = new_address()
    databases.upgrade(given, "shelf")
    return given


@pytest.fixture
def empty(address: str) -> Engine:
    return connect(address)


def edition(
    name: str = "2026.1",
    students: float = 498.0,
    published: str = "2026-03-01",
    audience: str = "members",
) -> Edition:
    cells = (
        Cell(KUOPIO, value=students, n=1),
        Cell(ALL, value=2200.0, n=15),
        Cell(replace(KUOPIO, programme="1606"), state=State.WITHHELD),
        Cell(replace(ALL, programme="1606"), state=State.INTERVAL, low=1.0, high=4.0),
    )
    share = Cell(Group(survey="base", block="2018-2020"), "employed", State.SHOWN, 0.62)
    return edition_files.seal(
        Edition(
            name=name,
            published=published,
            audience=audience,
            invented=True,
            content={"association": {"name": {"fi": "Liitto", "sv": "Förbund", "en": "Ä"}}},
            tables={
                "students": Table("students", cells),
                "main_activity": Table(
                    "main_activity", (replace(share, low=0.5, high=0.7, count=62, n=100),)
                ),
                "empty": Table("empty", ()),
            },
            returned={"2024": ("kuopio", "lahti")},
            respondents={"base": {"2019": 125}},
            blocks={"base": ("2018-2020",)},
            notes=(Note(Text("Huom.", "Obs.", "Note"), "students", "kuopio", "2024"),),
            report={"withheld": {"students": 1}},
        )
    )


# --- The edition as plain values --------------------------------------------------------------


def test_an_edition_is_the_same_after_it_was_written_and_read() -> None:
    whole = edition()
    assert edition_files.from_plain(edition_files.to_plain(whole)) == whole


def test_the_digest_is_of_what_is_said_and_not_of_the_name_or_date() -> None:
    one = edition_files.digest(edition())
    assert one == edition_files.digest(edition(name="2027.3", published="2027-01-01"))
    assert one != edition_files.digest(edition(students=499.0))
    assert one != edition_files.digest(replace(edition(), invented=False))
    assert one != edition_files.digest(replace(edition(), returned={}))
    assert len(one) == 64


def test_the_digest_does_not_depend_on_how_numbers_or_mappings_were_made() -> None:
    one = edition()
    assert edition_files.digest(edition(students=498)) == one.digest
    turned = replace(one, tables=dict(reversed(list(one.tables.items()))))
    assert edition_files.digest(turned) == one.digest


def test_a_minus_zero_is_a_zero_and_a_not_a_number_is_refused() -> None:
    assert edition_files.digest(edition(students=-0.0)) == edition_files.digest(edition(students=0))
    with pytest.raises(ValueError, match="not JSON compliant"):
        edition(students=float("nan"))


def test_a_newer_format_is_refused() -> None:
    plain = edition_files.to_plain(edition()) | {"format": 2}
    with pytest.raises(edition_files.EditionFormatError, match=r"2026\.1 has format 2"):
        edition_files.from_plain(plain)


# --- The shelf --------------------------------------------------------------------------------


def test_an_empty_shelf_has_nothing_to_show(empty: Engine) -> None:
    assert shelf.latest(empty) is None
    assert shelf.current(empty) is None
    assert shelf.names(empty) == ()
    with pytest.raises(shelf.NotOnShelfError):
        shelf.open(empty, "2026.1")


def test_an_edition_comes_back_as_it_was_put(empty: Engine) -> None:
    whole = edition()
    shelf.put(empty, whole, "Ansa", NOON)
    assert shelf.open(empty, "2026.1") == whole
    assert shelf.latest(empty) == whole
    assert list(shelf.latest(empty).tables) == ["students", "main_activity", "empty"]
    assert shelf.verify(empty, "2026.1") == whole
    assert shelf.shelved(empty) == (
        shelf.Shelved("2026.1", "2026-03-01", "members", True, whole.digest, "Ansa"),
    )


def test_a_table_is_unpacked_when_it_is_asked_for(empty: Engine) -> None:
    shelf.put(empty, edition())
    _rewrite(empty, b"damaged")
    found = shelf.open(empty, "2026.1")
    assert "students" in found.tables
    assert "nothing" not in found.tables
    assert len(found.tables) == 3
    assert found.table("nothing").cells == ()
    assert found.table("main_activity") is found.table("main_activity")
    assert found.table("main_activity").cells[0].count == 62
    with pytest.raises(zlib.error):
        found.table("students")


def test_a_name_is_used_once(empty: Engine) -> None:
    shelf.put(empty, edition())
    with pytest.raises(shelf.NameTakenError):
        shelf.put(empty, edition(students=1))
    assert shelf.latest(empty).table("students").one(KUOPIO).value == 498
    assert len(shelf.history(empty)) == 1


def test_an_edition_that_does_not_agree_with_its_digest_is_not_put(empty: Engine) -> None:
    for digest in ("", "0" * 64):
        with pytest.raises(ValueError, match="does not agree with its digest"):
            shelf.put(empty, replace(edition(), digest=digest))
    assert shelf.names(empty) == ()


def test_the_newest_is_shown_until_an_older_is_pointed_at(empty: Engine) -> None:
    shelf.put(empty, edition("2026.1", 1), "Ansa", NOON)
    shelf.put(empty, edition("2026.2", 2), "Ansa", NOON)
    assert shelf.latest(empty).name == "2026.2"

    shelf.point_at(empty, "2026.1", "Bo", NOON)
    assert shelf.latest(empty).table("students").one(KUOPIO).value == 1
    assert shelf.names(empty) == ("2026.1", "2026.2")
    assert shelf.history(empty) == (
        shelf.Move("Bo", NOON, "2026.2", "2026.1"),
        shelf.Move("Ansa", NOON, "2026.1", "2026.2"),
        shelf.Move("Ansa", NOON, None, "2026.1"),
    )
    shelf.put(empty, edition("2026.3", 3), "Ansa", NOON)
    assert shelf.current(empty) == "2026.3"
    assert shelf.history(empty)[0].away_from == "2026.1"


def test_pointing_where_the_pointer_is_moves_nothing(empty: Engine) -> None:
    shelf.put(empty, edition())
    shelf.point_at(empty, "2026.1")
    assert len(shelf.history(empty)) == 1
    with pytest.raises(shelf.NotOnShelfError):
        shelf.point_at(empty, "2026.9")
    assert shelf.current(empty) == "2026.1"


def test_a_changed_cell_is_found(empty: Engine) -> None:
    shelf.put(empty, edition())
    changed = edition_files.table_to_plain(edition(students=499).table("students"))
    _rewrite(empty, zlib.compress(edition_files.write_json(changed)))
    with pytest.raises(shelf.DamagedEditionError, match="does not agree"):
        shelf.verify(empty, "2026.1")


@pytest.mark.parametrize(
    "damage", [b"", b"not compressed", zlib.compress(b"{"), zlib.compress(b"{}")]
)
def test_a_damaged_table_is_found(empty: Engine, damage: bytes) -> None:
    shelf.put(empty, edition())
    _rewrite(empty, damage)
    with pytest.raises(shelf.DamagedEditionError, match="cannot be read"):
        shelf.verify(empty, "2026.1")


# --- Editions for others than the members -----------------------------------------------------


def companions(name: str, students: float) -> tuple[Edition, ...]:
    """The members' edition, the public's with rounded numbers, and one of a school's own."""
    return (
        edition(name, students),
        edition(name, students - 1, audience="public"),
        edition(name, students + 1000, audience="kuopio"),
    )


def test_companions_are_put_together_and_opened_by_audience(empty: Engine) -> None:
    shelf.put_all(empty, companions("2026.1", 498), "Ansa", NOON)
    assert shelf.audiences(empty, "2026.1") == ("kuopio", "members", "public")
    seen = {audience: shelf.latest(empty, audience).table("students").one(KUOPIO).value
            for audience in shelf.audiences(empty, "2026.1")}  # fmt: skip
    assert seen == {"kuopio": 1498, "members": 498, "public": 497}
    assert shelf.open(empty, "2026.1") == shelf.verify(empty, "2026.1") == edition()
    assert shelf.verify(empty, "2026.1", "public") == companions("2026.1", 498)[1]
    with pytest.raises(shelf.NotOnShelfError):
        shelf.open(empty, "2026.1", "lahti")


def test_the_shelf_tells_of_the_members_editions_unless_asked_for_others(empty: Engine) -> None:
    shelf.put(empty, edition("2026.1"), "Ansa", NOON)
    shelf.put_all(empty, companions("2026.2", 500), "Ansa", NOON)
    assert shelf.names(empty) == ("2026.1", "2026.2")
    assert [back.audience for back in shelf.shelved(empty)] == ["members", "members"]
    assert shelf.names(empty, "public") == ("2026.2",)
    assert [move.to for move in shelf.history(empty)] == ["2026.2", "2026.1"]
    assert [one.name for one in shelf.editions_for(empty, "members")] == ["2026.1", "2026.2"]
    assert shelf.editions_for(empty, "kuopio") == (companions("2026.2", 500)[2],)
    assert shelf.editions_for(empty, "lahti") == ()


def test_the_pointer_is_the_same_for_every_audience(empty: Engine) -> None:
    shelf.put(empty, edition("2026.1"), "Ansa", NOON)
    shelf.put_all(empty, companions("2026.2", 500), "Ansa", NOON)
    shelf.put_all(empty, companions("2026.3", 600), "Ansa", NOON)
    shelf.point_at(empty, "2026.2")
    assert shelf.latest(empty, "public").name == "2026.2"
    shelf.point_at(empty, "2026.1")  # which was published for the members only
    assert shelf.latest(empty, "public") is None


@pytest.mark.parametrize(
    ("together", "reason"),
    [
        ((edition("2026.1"), edition("2026.2", audience="public")), "one name"),
        ((edition(audience="public"),), "one edition for the members"),
        ((edition(), edition(students=1)), "one edition for the members"),
        ((edition(), replace(edition(audience="public"), digest="0" * 64)), "its digest"),
        ((), "one name"),
    ],
)
def test_what_does_not_belong_together_is_not_put(
    empty: Engine, together: tuple[Edition, ...], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        shelf.put_all(empty, together)
    assert shelf.names(empty) == shelf.names(empty, "public") == ()


def test_a_name_is_taken_whoever_it_was_for(empty: Engine) -> None:
    shelf.put(empty, edition())
    with pytest.raises(shelf.NameTakenError):
        shelf.put_all(empty, companions("2026.1", 498))
    assert shelf.audiences(empty, "2026.1") == ("members",)


def test_the_public_reads_a_shelf_that_holds_nothing_of_the_members(empty: Engine) -> None:
    shelf.put_all(empty, companions("2026.1", 498))
    with write(empty) as connection:
        for table in (shelf.edition_tables, shelf.editions):
            connection.execute(table.delete().where(table.c.audience != "public"))
    assert shelf.latest(empty, "public").table("students").one(KUOPIO).value == 497
    assert shelf.latest(empty) is None


def test_a_shelf_of_before_there_were_audiences_is_brought_up_to_date(
    new_address: NewAddress,  # noqa: F811
) -> None:
    address = new_address()
    databases.upgrade(address, "shelf", "0001")
    old = connect(address)
    for position, whole in enumerate((edition("2026.1", 1), edition("2026.2", 2)), start=1):
        _put_as_before(old, whole, position)
    old.dispose()

    databases.upgrade(address, "shelf")
    engine = connect(address)
    assert shelf.names(engine) == ("2026.1", "2026.2")
    assert shelf.verify(engine, "2026.1") == edition("2026.1", 1)
    assert shelf.latest(engine) == edition("2026.2", 2)
    assert [(move.away_from, move.to) for move in shelf.history(engine)] == [
        ("2026.1", "2026.2"),
        (None, "2026.1"),
    ]
    shelf.put_all(engine, companions("2026.3", 3))
    assert shelf.names(engine, "public") == ("2026.3",)
    assert shelf.history(engine)[0].away_from == "2026.2"


def _put_as_before(engine: Engine, whole: Edition, position: int) -> None:
    """As the product wrote it when an edition was known by its name alone."""
    back = {"name": whole.name, "position": position, "published": whole.published,
            "audience": "members", "invented": True, "digest": whole.digest, "format": 1,
            "put_by": "Ansa", "header": packing.pack(edition_files.header(whole))}  # fmt: skip
    tables = [
        {"edition": whole.name, "indicator": code, "position": number}
        | {"cells": packing.pack_table(table)}
        for number, (code, table) in enumerate(whole.tables.items())
    ]
    away = {1: None, 2: "2026.1"}[position]
    move = {"moved_by": "Ansa", "moved_at": NOON, "away_from": away, "to": whole.name}
    with write(engine) as connection:
        for table, rows in (("editions", [back]), ("edition_tables", tables), ("moves", [move])):
            columns = [sa.column(name, sa.DateTime) if name == "moved_at" else sa.column(name)
                       for name in rows[0]]  # fmt: skip
            connection.execute(sa.insert(sa.table(table, *columns)), rows)


def _rewrite(engine: Engine, packed: bytes) -> None:
    tables = shelf.edition_tables
    with write(engine) as connection:
        connection.execute(
            tables.update().where(tables.c.indicator == "students").values(cells=packed)
        )


def test_a_visitor_cannot_write(address: str, empty: Engine) -> None:
    shelf.put(empty, edition())
    shelf.put(empty, edition("2026.2"))
    visitors = connect(address, read_only=True)
    assert shelf.latest(visitors) == edition("2026.2")
    with pytest.raises(DBAPIError, match=r"read-?only"):
        shelf.point_at(visitors, "2026.1")


def test_visitors_read_on_while_an_edition_is_being_put(address: str, empty: Engine) -> None:
    shelf.put(empty, edition("2026.1", 1))
    visitors = connect(address, read_only=True)
    with write(empty) as connection:
        connection.execute(shelf.moves.insert().values(moved_by="", moved_at=NOON, to="2026.1"))
        assert shelf.latest(visitors).name == "2026.1"
        assert len(shelf.history(visitors)) == 1
    assert len(shelf.history(visitors)) == 2


def test_many_may_put_at_once(address: str) -> None:
    whole = [edition(f"2026.{number}", number) for number in range(1, 9)]
    threads = [threading.Thread(target=shelf.put, args=(connect(address), one)) for one in whole]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine = connect(address)
    assert sorted(shelf.names(engine)) == [one.name for one in whole]
    assert shelf.current(engine) == shelf.names(engine)[-1]
    moved = shelf.history(engine)
    assert [move.away_from for move in moved] == [*(move.to for move in moved[1:]), None]


def test_the_migrations_make_the_schema_that_the_shelf_expects(empty: Engine) -> None:
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "shelf_version"})
        assert compare_metadata(context, shelf.metadata) == []
