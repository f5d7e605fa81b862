"""Why something could not be drawn or printed; the words are in catalogue/words/press.toml."""

from __future__ import annotations

NO_BROWSER, TOO_LONG, BUSY, FAILED = "no_browser", "too_long", "busy", "failed"


class Unprintable(Exception):
    """why: one of the four above; the word `press.<why>` says it to a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
