"""Hands out the Plotly library that is installed here, for pictures drawn in the browser."""

from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse

# The page asks for it only when a picture is wanted; the version is part of the installed package.
ONE_DAY = "public, max-age=86400"


async def plotly(_request: Request) -> FileResponse:
    return FileResponse(_path(), media_type="text/javascript", headers={"cache-control": ONE_DAY})


def _path() -> Path:
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
