"""One chart of the public's edition on a page of its own, which other sites may show in a frame.

The code in the address is an excerpt, written by anybody: it only chooses among the cells that
everyone may see. Whose edition or which school it names counts for nothing, and who is signed in
is not asked: the page is the same for all.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from door import content_policy, paper, reading
from office.settings import settings
from ui.words import word
from yearbook.charts import Chart, excerpt, screen
from yearbook.charts.excerpt import Excerpt, NotAnExcerpt, brought_up_to, drawn_again
from yearbook.edition_files import write_json
from yearbook.editions import Edition
from yearbook.language import Language

LOG = logging.getLogger(__name__)
STYLE_PATH = "/upotus.css"
KEPT_FOR = "public, max-age=600"  # a roll-back has to be seen soon
CHARTS_KEPT = 200

# The library stands before it. Where nothing can be drawn, the table is opened.
SCRIPT = """(() => {
const told = JSON.parse(document.getElementById("figures").textContent);
const place = document.getElementById("chart"), table = document.querySelector("details");
if (!window.Plotly) { table.open = true; return; }
const dark = matchMedia("(prefers-color-scheme: dark)");
const draw = () => {
  const figure = dark.matches ? told.dark : told.light;
  return Plotly.react(place, figure.data, figure.layout, told.config);
};
draw().catch(() => { table.open = true; });
dark.addEventListener("change", draw);
})();"""


def show(request: Request) -> Response:
    """Runs in a thread. ?edition= keeps to that edition; without it the newest is followed."""
    try:
        return _shown(request, excerpt.read(request.path_params["code"]))
    except NotAnExcerpt:
        return _absent()
    except Exception as error:  # cells and form that do not go together: the code was made by hand
        LOG.info("a code to embed could not be drawn (%s)", type(error).__name__)
        return _absent()


def _shown(request: Request, wanted: Excerpt) -> Response:
    edition = reading.public_edition(request.query_params.get("edition", ""))
    if edition is None:
        return _absent()
    language = paper.language_of(request)
    chart = _drawn(edition, _named(edition), _of(edition, wanted), language)
    return _page(request, chart, edition, language)


def _of(edition: Edition, wanted: Excerpt) -> Excerpt:
    """Of this edition, each group once; where another was named that the public may open, with the
    moments that came since."""
    once = replace(wanted, groups=tuple(dict.fromkeys(wanted.groups)))
    if not (edition.tells_of_schools and once.own_school in edition.catalogue.schools):
        once = replace(once, own_school="")
    then = reading.public_edition(wanted.edition) if wanted.edition else None
    if then is not None and then.name != edition.name:
        once = brought_up_to(once, then, edition)
    return replace(once, edition=edition.name, audience=edition.audience)


def _named(edition: Edition) -> str:
    return f"{edition.name} {edition.digest}"


@st.cache_resource(max_entries=CHARTS_KEPT, show_spinner=False, hash_funcs={Excerpt: hash})
def _drawn(_edition: Edition, edition: str, wanted: Excerpt, language: Language) -> Chart:
    """`edition` names this one. Raises KeyError where the edition has nothing of it."""
    if not excerpt.cells_of(wanted, _edition).cells:
        raise KeyError(wanted.indicator)
    return drawn_again(wanted, _edition, language)


def _page(request: Request, chart: Chart, edition: Edition, language: Language) -> Response:
    figures = {
        "light": screen.figure(chart),
        "dark": screen.figure(chart, dark=True),
        "config": screen.CONFIG,
    }
    written = paper.render(
        "embedded.html",
        language,
        chart=chart,
        figures=_harmless(figures),
        script=Markup(SCRIPT),
        style=_style_address(),
        link=_link(request, chart, edition, language),
    )
    return _answer(written, 200, {"cache-control": KEPT_FOR, "vary": "Accept-Language"})


def _harmless(figures: dict[str, Any]) -> Markup:
    """JSON that cannot end the element it stands in."""
    written = write_json(figures).decode()
    return Markup(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _link(request: Request, chart: Chart, edition: Edition, language: Language) -> str:
    """The page of the dashboard about the figure, of the same edition."""
    known = edition.catalogue.indicators.get(chart.indicator)  # of the frame there is none
    is_annual = known is not None and known.source == "annual"
    page, name = ("tilastot", "indicator") if is_annual else ("kyselyt", "question")
    query = {"lang": language.value, name: chart.indicator}
    if request.query_params.get("edition"):
        query["edition"] = edition.name
    return f"{settings().address}/{page}?{urlencode(query)}"


def _absent() -> Response:
    """Why is nobody's business; in all languages, for a code in whatever language."""
    said = [(one.value, word("embedded.absent")[one]) for one in Language]
    written = paper.render("embedded_absent.html", Language.FI, style=_style_address(), said=said)
    return _answer(written, 404, {"cache-control": "no-store"})


def _answer(written: str, status: int, headers: dict[str, str]) -> Response:
    policy = content_policy.for_embedded(SCRIPT)
    also = {"content-security-policy": policy, "cross-origin-resource-policy": "cross-origin"}
    return HTMLResponse(written, status_code=status, headers={**headers, **also})


def _style_address() -> str:
    return paper.address_of_style(STYLE_PATH, "embedded.css")


async def style(_request: Request) -> Response:
    return paper.stylesheet("embedded.css")


ROUTES = [
    Route("/upotus/{code:path}", show, methods=["GET"]),
    Route(STYLE_PATH, style, methods=["GET"]),
]
