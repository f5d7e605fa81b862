"""Opens pages as a reader meets them, waits until all is drawn, and keeps small, sharp pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

from tests.services import installed_chromium
from tests.serving import Server

PICTURES = Path(__file__).resolve().parent.parent / "pictures"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTH, HEIGHT = 1200, 900
TALL = 3600  # a page scrolls within itself, so that what is cut out of it has to fit the window
SHARPNESS = 1.5  # pixels of a picture for each of the window
COLOURS = 128
MARGIN = 16
PATIENCE_MS = 120_000
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = """() => document.fonts.status === "loaded"
    && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
    && [...document.querySelectorAll(".stPlotlyChart")]
        .every((chart) => chart.querySelector(".main-svg"))"""
# As the world sees it: while pictures are taken the dashboard serves this machine alone.
RENAMED = """([here, there]) => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode())
        words.currentNode.data = words.currentNode.data.replaceAll(here, there);
}"""
WORLD = "https://tilastot.example.fi"


@dataclass(frozen=True)
class Camera:
    """A browser before one server."""

    browser: Browser
    server: Server

    @contextmanager
    def page(self, path: str, height: int = HEIGHT) -> Iterator[Page]:
        """A visitor who has not been here before."""
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": height},
            device_scale_factor=SHARPNESS,
            color_scheme="light",
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        self.go(page, path)
        yield page
        context.close()

    def go(self, page: Page, path: str) -> None:
        page.goto(f"{self.server.address}{path}")
        settle(page)

    def take(self, page: Page, name: str, *parts: Locator) -> None:
        """The window, or what of it reaches from the first of the parts to the last."""
        page.mouse.move(0, 0)
        settle(page)
        page.evaluate(RENAMED, [self.server.address, WORLD])
        taken = page.screenshot(clip=_around(page, parts) if parts else None, animations="disabled")
        small = Image.open(io.BytesIO(taken)).convert("RGB")
        small = small.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}.png", optimize=True)
        print(f"{name}.png", flush=True)


def settle(page: Page) -> None:
    """Until the page has said all, and every chart of it is drawn."""
    if page.locator("[data-testid=stApp], #root").count():  # the forms of the door have neither
        page.locator(SETTLED).wait_for()
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(1_000)  # charts find their size
    page.wait_for_function(DRAWN)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed_chromium(), args=OPTIONS)
        yield opened
        opened.close()


def _around(page: Page, parts: tuple[Locator, ...]) -> FloatRect:
    boxes = [box for part in parts if (box := part.bounding_box())]
    left = max(0, min(box["x"] for box in boxes) - MARGIN)
    top = max(0, min(box["y"] for box in boxes) - MARGIN)
    right = min(WIDTH, max(box["x"] + box["width"] for box in boxes) + MARGIN)
    bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}
