"""The page of statements as the door would show it, and what tests put into it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

from docx.document import Document as Paper
from streamlit.testing.v1 import AppTest

from tests.access_for_tests import (
    address_of_accounts,  # noqa: F401
    engine_of_accounts,  # noqa: F401
)
from tests.databases import new_address  # noqa: F401
from tests.editions_for_tests import small_edition
from ui.statements.drawer import Drawer
from yearbook.charts.excerpt import excerpt_of
from yearbook.charts.view import View
from yearbook.database import Engine
from yearbook.editions import Edition, Group, Table
from yearbook.language import Language
from yearbook.statements import Figure

TITLE = "Lausunto *musiikkialan* koulutuksesta"


def open_page(
    name: str, database: str, query: dict[str, str], still: bool = True, edition: str = "small"
) -> AppTest:
    """One page as the door would show it in the demonstration."""

    def script(name: str, database: str, still: bool, edition: str) -> None:
        from importlib import import_module

        from tests import editions_for_tests
        from tests.statements_for_tests import newer_edition
        from ui import address
        from ui.statements.drawer import Drawer
        from ui.visit import Visitor
        from yearbook.database import connect
        from yearbook.language import Language

        address.read()
        own = address.chosen("school", ["", "kuopio", "tampere", "turku"], "")
        drawer = Drawer(connect(database), None, lambda: still) if database else None
        is_newer = edition == "newer"
        shown = getattr(editions_for_tests, f"{'small' if is_newer else edition}_edition")()
        now = newer_edition() if is_newer else shown
        known = {"": now, "2026.1": shown, now.name: now}
        language = Language(address.wanted("lang") or "fi")
        role = address.wanted("as") or "member"
        told = Visitor(language, own, role, "2026.1", drawer=drawer, open_edition=known.get)
        import_module(f"pages.{name}").show(shown, told)
        address.write()

    kwargs = {"name": name, "database": database, "still": still, "edition": edition}
    test = AppTest.from_function(script, default_timeout=60, kwargs=kwargs)
    for key, value in query.items():
        test.query_params[key] = value
    return test.run()


def said(test: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in test.get("html"))


def drawer_of(engine: Engine, owner: int | None = None) -> Drawer:
    return Drawer(engine, owner, lambda: True)


def chart(indicator: str = "students", **view: str) -> Figure:
    """Of Kuopio and of all schools over time."""
    edition = small_edition()
    table = edition.table(indicator).select(school=("", "kuopio"), programme="")
    return Figure(
        excerpt_of(edition, table, View(Language.FI, own_school="kuopio", **view), "lines")
    )


def open_only(edition: Edition) -> Callable[[str], Edition | None]:
    return {"": edition, edition.name: edition}.get


def newer_edition() -> Edition:
    """In which Kuopio had seven students more in 2024."""
    edition = small_edition()
    table = edition.table("students")
    corrected = Group("kuopio", year="2024")
    cells = (
        replace(cell, value=cell.value + 7) if cell.group == corrected and cell.value else cell
        for cell in table.cells
    )
    tables = {**edition.tables, "students": Table("students", tuple(cells))}
    return replace(edition, name="2026.2", tables=tables)


def as_file(document: Paper) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
