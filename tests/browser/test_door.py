"""A browser gets through the door, and fetches nothing from anywhere else."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.serving import Server


def test_a_visitor_sees_a_page_and_no_other_host_is_asked(page: Page, server: Server) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(server.address)
    expect(page.locator("h1").first).to_be_visible()
    hosts = {urlsplit(url).netloc for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {urlsplit(server.address).netloc}
    assert "Source Sans" in page.locator("h1").first.evaluate("e => getComputedStyle(e).fontFamily")
