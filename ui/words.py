"""The words of the screen itself; labels of figures come from the edition that is shown."""

from functools import cache

from yearbook import catalogue
from yearbook.language import Text


def word(key: str) -> Text:
    """The word of that key in `catalogue/words`; an unknown key is our own mistake (KeyError)."""
    return _shipped().word(key)


@cache
def _shipped() -> catalogue.Catalogue:
    return catalogue.load()
