"""Makes the fonts in press/letters from the variable one that Streamlit ships: run it by hand.

    python -m press.make_letters        # needs fonttools and brotli (requirements-dev.in)

Source Sans is free to change and to pass on (SIL Open Font License), under a name without "Source".
"""

from __future__ import annotations

from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from press.letters import FOLDER, WEIGHTS, file_of

NAME = "Yearbook Sans"
# The letters of European languages in Latin script, and the signs of charts and of print.
SIGNS = tuple(
    chain(
        range(0x20, 0x7F), range(0xA0, 0x180), range(0x218, 0x21C), range(0x2010, 0x2028),
        (0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212, 0x2248,
         0x2260, 0x2264, 0x2265), range(0x2190, 0x2194), range(0x25A0, 0x25D0),
    )
)  # fmt: skip
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
NAMED = {1: NAME, 4: NAME, 6: NAME.replace(" ", ""), 16: NAME}


def make(weight: int) -> None:
    """A fixed instance of one weight: in a PDF a variable font would become drawings."""
    font = TTFont(_source(), recalcTimestamp=False)
    options = Options(layout_features=FEATURES, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": weight})
    _rename(font, "Bold" if weight == 700 else "Regular")
    font.flavor = "woff2"
    font.save(file_of(weight))


def _rename(font: TTFont, style: str) -> None:
    names = font["name"]
    for number, name in {**NAMED, 2: style}.items():
        names.setName(name if number != 6 else f"{name}-{style}", number, 3, 1, 0x409)


def _source() -> Path:
    found = find_spec("streamlit")
    assert found and found.origin
    media = Path(found.origin).parent / "static" / "static" / "media"
    return next(media.glob("SourceSansVF-Upright*.woff2"))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        make(weight)
