"""Serves the dashboard on this machine: guarded, compressed, quick, and with a health route."""

import gc
import importlib
import importlib.util
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from door import embedded, invited, library, oidc, paper, signing_in
from door.downloads import OwnDownloads
from door.guard import Guard
from door.health import health
from door.protection import Protection
from door.sockets import EndedSessions
from door.unknown import KnownPages


def to_first_page(request: Request) -> RedirectResponse:
    """Streamlit serves its first page at "/" alone; a link to it by name is led there."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}")


# What pages need is imported before the first visitor asks, so that gc.freeze() covers it.
ROOMS_OF_VISITORS = ("ui", "pages", "desk")

ROUTES = [
    Route("/health", health),
    Route("/plotly.min.js", library.plotly),
    Route("/yleiskuva", to_first_page),
    Route(paper.STYLE_PATH, paper.style),
    *signing_in.ROUTES,
    *invited.ROUTES,
    *oidc.ROUTES,
    *embedded.ROUTES,
]

# The outermost stands first. Level 6 halves the time of level 9 for two per cent more bytes.
MIDDLEWARE = [
    Middleware(Protection),
    Middleware(Guard),
    Middleware(OwnDownloads),
    Middleware(EndedSessions),
    Middleware(KnownPages, routes=ROUTES),
    Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Takes what is imported out of garbage collection.

    Streamlit collects all generations after every rerun; with pandas and plotly in memory
    nobody is served for a quarter of a second, unless they are frozen first.
    """
    import_rooms()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def import_rooms() -> None:
    for name in ROOMS_OF_VISITORS:
        if not importlib.util.find_spec(name):
            continue
        room = importlib.import_module(name)
        for module in pkgutil.walk_packages(room.__path__, prefix=f"{name}."):
            importlib.import_module(module.name)
