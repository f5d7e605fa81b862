"""The letters of pictures and documents, which carry them: the Latin part of Source Sans.

Its licence, the SIL Open Font License, is beside it; press/make_letters.py made the files.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "Source Sans"  # as charts and screen call it
WEIGHTS = (400, 700)


def file_of(weight: int) -> Path:
    return FOLDER / f"latin-{weight}.woff2"


@cache
def style(weights: tuple[int, ...] = WEIGHTS) -> str:
    """What a page needs to be set in these letters."""
    return "".join(map(_face, weights))


def _face(weight: int) -> str:
    font = b64encode(file_of(weight).read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:{weight};'
        f'src:url("data:font/woff2;base64,{font}") format("woff2")}}'
    )
