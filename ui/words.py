"""The words of the screen itself; labels of figures come from the edition that is shown."""

import os
from functools import cache
from pathlib import Path

from yearbook import catalogue
from yearbook.language import Text


def word(key: str) -> Text:
    """The catalogue's word of that key; an unknown key is our own mistake (KeyError)."""
    return _catalogue().word(key)


@cache
def _catalogue() -> catalogue.Catalogue:
    """The words of the folder that CATALOGUE names are laid over the shipped ones."""
    named = os.environ.get("CATALOGUE")
    return catalogue.load(Path(named)) if named else catalogue.load()
