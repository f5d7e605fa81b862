"""An attacker goes through the pages by their address and writes down every number they tell.

The states are those that an address can ask for: every question in every survey, every school and
programme and edition, and such as nobody is offered. Which of all their combinations are opened is
fixed, so that two runs meet the same.
"""

from __future__ import annotations

import importlib
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page as BrowserPage

from office.audit_files import write, write_editions
from office.databases import shelf_engine
from tests.attack import collecting
from tests.attack.crawling import Card, Crawl, Page, open_page, watching
from tests.attack.met import facts_in, met_of
from tests.attack.states import State, states
from tests.attack.three_editions import office_in
from tests.serving import Server, serve
from tests.session import visit
from yearbook import shelf
from yearbook.editions import MEMBERS, Edition
from yearbook.language import Language

pytestmark = pytest.mark.timeout(3600)  # the first test waits until all is published

EVERY_WORKBOOK = 8  # of so many cards one is read back as a workbook
MOMENTS = re.compile(r"<style.*?</style>|<script.*?</script>|(?:19|20)\d\d(?:[\u2013-]\d\d(?!\d))?",
                     re.DOTALL)  # fmt: skip
OVER_THE_NETWORK = 12  # of so many states one is asked of a served dashboard
IN_A_BROWSER = 24  # states


@dataclass(frozen=True)
class Loot:
    """All that was met, and the editions on the shelf."""

    pages: list[Page]
    crawl: Crawl
    editions: dict[str, Edition]

    @property
    def cards(self) -> list[Card]:
        return list(self.crawl.cards.values())

    @property
    def survey_cards(self) -> list[Card]:
        return [card for card in self.cards if is_of_survey(card, self.edition(card))]

    def edition(self, card: Card) -> Edition:
        return self.editions[card.edition]


def is_of_survey(card: Card, edition: Edition) -> bool:
    indicator = edition.catalogue.indicators.get(card.table.indicator)
    return indicator is not None and indicator.source == "survey"


@pytest.fixture(scope="module")
def loot(three_editions: Path) -> Iterator[Loot]:
    begun = time.monotonic()
    with office_in(three_editions):
        editions = shelf.editions_for(shelf_engine(), MEMBERS)
        with watching() as crawl:
            pages = [open_page(state, crawl) for state in states(editions)]
        print(f"{len(pages)} states opened in {time.monotonic() - begun:.0f} s: "
              f"{len(crawl.cards)} different cards")  # fmt: skip
        yield Loot(pages, crawl, {edition.name: edition for edition in editions})


def test_every_state_is_shown_and_every_cut_is_met(loot: Loot) -> None:
    """Of single school years only those that a page shows: where too few of them have a figure it
    shows spans of them instead."""
    assert [page.state for page in loot.pages if page.failed] == []
    assert sum(page.state.forged for page in loot.pages) >= 15
    newest = list(loot.editions.values())[-1]
    met: dict[str, set[tuple[str, ...]]] = {}
    for card in loot.cards:
        met.setdefault(card.table.indicator, set()).update(card.table.by_cut)
    lacking = []
    for indicator in newest.indicators(source="survey"):
        shown = {c.group.cut for c in newest.table(indicator.code).cells if c.is_shown}
        assert shown & ALWAYS <= met[indicator.code], (indicator.code, met[indicator.code])
        lacking += [(indicator.code, cut) for cut in shown & OFTEN - met[indicator.code]]
    assert len(lacking) < len(newest.indicators(source="survey")) / 2, lacking


ALWAYS = {("cohort",), ("block",), ("programme", "block"), ("school", "block")}
OFTEN = {("programme", "cohort"), ("school", "programme", "block")}


def test_a_card_shows_nothing_but_cells_of_its_edition(loot: Loot) -> None:
    """Codes that are not offered, and groups that are withheld, bring nothing to light."""
    inside = {name: {code: set(table.cells) for code, table in edition.tables.items()}
              for name, edition in loot.editions.items()}  # fmt: skip
    for card in loot.cards:
        assert set(card.table.cells) <= inside[card.edition][card.table.indicator], card.table


def test_every_number_is_one_of_the_cells_of_its_card(loot: Loot) -> None:
    """Shares and counts as pairs; every other number in words, tables and workbooks by itself."""
    numbers = pairs = 0
    for place, card in enumerate(loot.survey_cards):
        edition = loot.edition(card)
        counts = {(cell.count, cell.n) for cell in card.table.cells if cell.is_shown}
        for datum in collecting.shares(card, edition):
            pairs += 1
            assert datum.n in {n for _, n in counts}, (datum, card.chart.headline)
            assert datum.count is None or (datum.count, datum.n) in counts, datum
        told = collecting.explained(card, edition)
        words = {token for text in collecting.words_of(card) for token in collecting.tokens(text)}
        numbers += len(words)
        assert words <= told, (words - told, card.chart.headline, card.view)
        if place % EVERY_WORKBOOK == 0:
            for number in collecting.numbers_in_workbook(card, edition):
                assert {f"{number:g}", f"{number:.1f}"} & told, (number, card.chart.headline)
    print(f"{len(loot.survey_cards)} cards of surveys: {pairs} shares with their n, "
          f"{numbers} numbers in words and tables")  # fmt: skip
    assert pairs > 5000


def test_the_words_of_a_page_tell_no_other_number(loot: Loot) -> None:
    """Titles, remarks and quotes around the cards."""
    said = numbers_of_the_catalogue(list(loot.editions.values())[-1])
    for page in loot.pages:
        if page.state.page in ("surveys", "graduates"):
            inside = {t for card in page.cards for text in collecting.words_of(card)
                      for t in collecting.tokens(text)}  # fmt: skip
            for card in page.cards:
                if is_of_survey(card, loot.edition(card)):
                    inside |= collecting.explained(card, loot.edition(card))
            around = " ".join(page.texts)
            assert set(collecting.tokens(MOMENTS.sub(" ", around))) <= said | inside, page.state


def numbers_of_the_catalogue(edition: Edition) -> set[str]:
    """In the questions, definitions and words of the screen."""
    known = edition.catalogue
    questions = known.questions.values()
    texts = [text for question in questions for text in (question.label, question.help)]
    texts += [indicator.definition for indicator in known.indicators.values()]
    texts += [version.note for question in questions for version in question.versions]
    texts += list(known.words.values())
    return set(collecting.tokens(" ".join(text[one] for text in texts for one in Language)))


def test_what_was_met_is_part_of_what_is_written_for_the_audit(
    loot: Loot, three_editions: Path, tmp_path: Path
) -> None:
    """What is written of the same editions is attacked in test_audit; of a part of it nothing more
    can be worked out."""
    with office_in(three_editions):
        write(tmp_path / "whole")
        written = write_editions(
            tmp_path / "met", met_of(loot.cards, list(loot.editions.values())), with_truth=True
        )
    met = facts_in(tmp_path / "met")
    assert met <= facts_in(tmp_path / "whole")
    assert len(met) > 1000
    print(f"{len(met)} counts met in {written.tables} tables")


# --- Over the network -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(three_editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("attacked") / "var"
    shutil.copytree(three_editions, folder, ignore=shutil.ignore_patterns("workbooks-*"))
    with serve(folder) as server:
        yield server
        assert "Traceback" not in server.printed()


def address_of(state: State) -> tuple[str, str]:
    """Page and query."""
    module = importlib.import_module(f"pages.{state.page}")
    return ("" if state.page == "overview" else module.URL_PATH), urlencode(state.params)


def test_the_websocket_brings_the_same_charts(loot: Loot, served: Server) -> None:
    compared = 0
    for page in loot.pages[::OVER_THE_NETWORK]:
        name, query = address_of(page.state)
        with visit(served.address, origin=served.address) as visitor:
            messages = visitor.open_page(name, query)
        deltas = [m.delta for m in messages if m.WhichOneof("type") == "delta"]
        specs = [d.new_element.plotly_chart.spec for d in deltas
                 if d.new_element.WhichOneof("type") == "plotly_chart"]  # fmt: skip
        assert sorted(filter(None, specs)) == sorted(page.specs), page.state
        compared += len(page.specs)
    print(f"{compared} charts are the same over the network")
    assert compared > 100


def test_a_browser_shows_no_other_number(loot: Loot, served: Server, page: BrowserPage) -> None:
    said = numbers_of_the_catalogue(list(loot.editions.values())[-1])
    pages = [one for one in loot.pages if one.state.page in ("surveys", "graduates")]
    for one in pages[:: max(1, len(pages) // IN_A_BROWSER)]:
        name, query = address_of(one.state)
        page.goto(f"{served.address}/{name}?{query}")
        page.locator("h1.page-title").wait_for()
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        labels = page.locator("[aria-label]").evaluate_all(
            "found => found.map(one => one.getAttribute('aria-label'))"
        )
        text = " ".join([page.inner_text("body"), *map(str, labels)])
        met = {t for text in one.texts for t in collecting.tokens(MOMENTS.sub(" ", text))}
        for card in one.cards:
            met |= {t for text in collecting.words_of(card) for t in collecting.tokens(text)}
        around = set(collecting.tokens(MOMENTS.sub(" ", text)))
        told = met | said | scales(page)
        assert around <= told, (one.state, around - told)


def scales(page: BrowserPage) -> set[str]:
    """The numbers along the axes, which Plotly chooses by the room that there is: at least three,
    in even steps from the first."""
    axes = page.locator("[class*=axislayer-]").evaluate_all(
        "found => found.map(axis => [...axis.querySelectorAll('text')].map(t => t.textContent))"
    )
    found: set[str] = set()
    for labels in axes:
        numbers = [token for label in labels for token in collecting.tokens(label)]
        steps = {round(b - a, 6) for a, b in pairwise(sorted(map(float, numbers)))}
        if len(numbers) >= 3 and len(steps) == 1:
            found.update(numbers)
    return found


def test_a_link_preview_tells_nothing(loot: Loot, served: Server) -> None:
    """Whatever the address asks for, the file that a preview reads is the same for all."""
    with urlopen(served.address) as answer:
        plain = answer.read()
    for page in loot.pages[:: len(loot.pages) // IN_A_BROWSER]:
        name, query = address_of(page.state)
        with urlopen(f"{served.address}/{name}?{query}") as answer:
            assert answer.read() == plain, page.state
