"""Says that the dashboard is up, which edition it shows and to whom, for whoever watches it."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse

from door import reading
from office.settings import settings

log = logging.getLogger(__name__)


def health(request: Request) -> JSONResponse:
    """503 when the shelf cannot be read, for visitors would see nothing. Runs in a thread.

    Through the proxy nobody is told more than that it is up.
    """
    try:
        edition = next(reversed(reading.editions_in_sight()), None)
    except Exception:  # whatever is the matter with the database, the answer is the same
        log.exception("the shelf cannot be read")
        return JSONResponse({"status": "no shelf", "edition": None}, status_code=503)
    if "x-forwarded-for" in request.headers:
        return JSONResponse({"status": "ok"})
    told = {"status": "ok", "edition": edition, "audience": settings().audience}
    return JSONResponse(told)
