"""The words of the screen itself; labels of figures come from the edition that is shown."""

import os
from functools import cache
from pathlib import Path

from yearbook import catalogue
from yearbook.language import Text, same_in_all


def word(key: str) -> Text:
    """The catalogue's word of that key; an unknown key is our own mistake (KeyError)."""
    return _catalogue().word(key)


def says(key: str) -> Text:
    """The same, of a key that another catalogue may lack: then nothing is said."""
    using = _catalogue()
    return using.word(key) if key in using.words else same_in_all("")


@cache
def _catalogue() -> catalogue.Catalogue:
    """The words of the folder that CATALOGUE names are laid over the shipped ones."""
    named = os.environ.get("CATALOGUE")
    return catalogue.load(Path(named)) if named else catalogue.load()
