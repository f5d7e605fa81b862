"""Opens pages by their address, as the door does, and keeps every card and every word on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.testing.v1 import AppTest

from tests.attack.states import State
from ui import card, tiles
from yearbook.charts import View, draw
from yearbook.charts.description import Chart
from yearbook.editions import Edition, Table

SECONDS = 60
PRESSING = 4  # of so many states, in one every button of the cards is pressed
BUTTONS = ("pool-", "turn-")  # the pooled view; the table in place of the chart


@dataclass(frozen=True)
class Card:
    """A chart that was drawn, and the cells that it was drawn of."""

    edition: str
    table: Table
    view: View
    chart: Chart


@dataclass
class Crawl:
    """All that was met so far. cards: each once. pages: what a state put on its page, as text, and
    the specifications of its charts."""

    cards: dict[tuple[str, Table, View], Card] = field(default_factory=dict)
    opened: int = 0

    def draws(self, edition: Edition, table: Table, view: View) -> Chart:
        key = (f"{edition.name} {edition.audience}", table, view)
        if key not in self.cards:
            self.cards[key] = Card(edition.name, table, view, draw(edition, table, view))
        self.on_page.append(self.cards[key])
        return self.cards[key].chart

    on_page: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """What one state showed; specs: its charts, before any button was pressed."""

    state: State
    cards: tuple[Card, ...]
    texts: tuple[str, ...]
    specs: tuple[str, ...]
    failed: bool


@contextmanager
def watching() -> Iterator[Crawl]:
    """Every chart that cards and tiles draw is kept."""
    crawl = Crawl()
    before = card._drawn, tiles.draw
    card._drawn = lambda edition, _name, table, view: crawl.draws(edition, table, view)
    tiles.draw = crawl.draws
    try:
        yield crawl
    finally:
        card._drawn, tiles.draw = before


def open_page(state: State, crawl: Crawl) -> Page:
    """The page in that state, met by a visitor who has not been here before."""
    crawl.on_page.clear()
    test = AppTest.from_function(_script, default_timeout=SECONDS, kwargs={"name": state.page})
    for name, value in state.params:
        test.query_params[name] = value
    test.run()
    crawl.opened += 1
    specs = tuple(str(element.proto.spec) for element in test.get("plotly_chart"))
    texts = _texts(test)
    if crawl.opened % PRESSING == 0:
        _press(test)
        texts += _texts(test)
    return Page(state, tuple(crawl.on_page), tuple(texts), specs, bool(test.exception))


def _texts(test: AppTest) -> list[str]:
    said = [str(element.proto.body) for element in test.get("html")]
    others = (test.caption, test.markdown, test.code, test.button, test.selectbox)
    said += [str(element.value) for kind in others[:3] for element in kind]
    return said + [str(element.label) for kind in others[3:] for element in kind]


def _script(name: str) -> None:
    """What the door does, but for the choice of the page."""
    from importlib import import_module

    from door import reading
    from ui import address, frame

    address.read()
    editions = reading.editions_in_sight()
    choice = frame.Choice(editions, address.wanted("edition") or "", True)
    known = choice.asked_edition in choice.editions
    edition = reading.edition(choice.asked_edition if known else choice.newest)
    visitor = frame.meet(edition, choice)
    frame.show(visitor, edition, choice)
    import_module(f"pages.{name}").show(edition, visitor)
    address.write()


def _press(test: AppTest) -> None:
    """What an address does not say: each card's pooled view, and its table."""
    for prefix in BUTTONS:
        keys = [button.key for button in test.button if (button.key or "").startswith(prefix)]
        for key in keys:
            if any(button.key == key for button in test.button):
                test.button(key=key).click()
        if keys:
            test.run()
