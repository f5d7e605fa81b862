"""What the office refuses to do, with a sentence in three languages for the director."""

from __future__ import annotations

from functools import cache

from yearbook.catalogue import load
from yearbook.language import Text


class RefusedError(Exception):
    """Nothing was changed. `text` says why and what to do; str() is its English."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def __reduce__(self) -> tuple[type[RefusedError], tuple[Text]]:
        return RefusedError, (self.text,)  # so that it travels between processes


def refusal(key: str, **values: object) -> RefusedError:
    """The refusal whose words are `office.refused.KEY` in the shipped catalogue."""
    return RefusedError(_words(f"office.refused.{key}").fill(**values))


@cache
def _words(key: str) -> Text:
    # The shipped words: another catalogue may be the very thing that is at fault.
    return load().word(key)
