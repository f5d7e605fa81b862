"""Says that the dashboard is up, for whoever watches the machine."""

from starlette.requests import Request
from starlette.responses import JSONResponse


async def health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})
