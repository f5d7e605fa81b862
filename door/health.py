"""Says that the dashboard is up and which edition it shows, for whoever watches the machine."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse

from office.databases import visitors_shelf
from yearbook import shelf

log = logging.getLogger(__name__)


def health(_request: Request) -> JSONResponse:
    """503 when the shelf cannot be read, for visitors would see nothing. Runs in a thread."""
    try:
        edition = shelf.current(visitors_shelf())
    except Exception:  # whatever is the matter with the database, the answer is the same
        log.exception("the shelf cannot be read")
        return JSONResponse({"status": "no shelf", "edition": None}, status_code=503)
    return JSONResponse({"status": "ok", "edition": edition})
