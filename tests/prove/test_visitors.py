"""A server that lets in visitors, too, shows them pages and no desk."""

from __future__ import annotations

from pathlib import Path

from tests.coming import Browser
from tests.serving import serve
from tests.session import kinds, words
from tests.test_signing_in import ORIGIN, SECRET, with_accounts
from ui.words import word


def test_where_visitors_are_let_in_they_see_pages_and_no_desk(own_empty_shelf: Path) -> None:
    with_accounts(own_empty_shelf).dispose()
    open_to_all = {"ADDRESS": ORIGIN, "SECRET": SECRET, "VISITORS": "public"}
    with serve(own_empty_shelf, open_to_all) as served:
        visitor = Browser(served)
        assert visitor.get("/").status == 200
        assert visitor.ask("PUT", "/_stcore/upload_file/a/b", "x", {"Origin": ORIGIN}).status == 401
        with visitor.open() as page:
            assert word("access.sign_in").fi in words(page.open_page(""))
            for address in ("vastaanotto", "kayttajat"):
                assert "page_not_found" in kinds(page.open_page(address, "role=director"))
