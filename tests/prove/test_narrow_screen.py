"""Every page fits a narrow screen, and asks nobody but its own server."""

from playwright.sync_api import Browser, expect

from tests.browser.test_member import INVENTED, NARROW, PAGES, open_at
from tests.serving import Server


def test_a_narrow_screen_never_scrolls_sideways_and_no_other_machine_is_asked(
    browser: Browser, sample_server: Server
) -> None:
    context = browser.new_context(viewport=NARROW, locale="fi-FI")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    main = "document.querySelector('[data-testid=stMain]')"
    wider: dict[str, int] = {}
    for path in PAGES:
        open_at(page, sample_server, path)
        page.wait_for_timeout(1000)  # charts are drawn after the script
        wider[path] = page.evaluate(f"{main}.scrollWidth - {main}.clientWidth")
        expect(page.locator(".banner").first).to_have_text(INVENTED["fi"])
    context.close()
    assert wider == dict.fromkeys(PAGES, 0)
    own = (sample_server.address, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
