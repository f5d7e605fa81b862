"""Releases an open answer as a quote, scrubbed, without a trace of whose it is; takes it back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from data_loaders.personal import MARK, strike
from office import open_answers
from office.databases import archive_engine
from office.refusals import RefusedError, refusal
from office.using import catalogue_in_use
from yearbook import archive
from yearbook.archive import NoSuchQuoteError, Released
from yearbook.catalogue import Catalogue
from yearbook.editions import Quote
from yearbook.language import Language

LEFT_OUT = "[…]"  # what stands in a quote for what was struck out
# What the director declares to have looked for; the desk asks for each.
CHECKS = ("names", "places", "studies", "people", "meaning")


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A text from which what tells of a person is struck out; struck: what that was."""

    text: str
    struck: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A quote that the director would release. checked: those of CHECKS that she has ticked."""

    question: str
    text: str
    language: str
    checked: frozenset[str]


def scrub(text: str, using: Catalogue) -> Scrubbed:
    text = unicodedata.normalize("NFC", text)
    clean = strike(text, using)
    struck = _between(text, clean.split(MARK)) if clean != text else ()
    return Scrubbed(" ".join(clean.replace(MARK, LEFT_OUT).split()), struck)


def objection(proposal: Proposal, using: Catalogue) -> RefusedError | None:
    """Why the quote cannot be released as it is; None where it can."""
    text, policy = proposal.text.strip(), using.policy
    writers = open_answers.asked().get(proposal.question, 0)
    if writers < policy.quote_threshold:
        return refusal("quote_few", count=writers, least=policy.quote_threshold)
    if not text.replace(LEFT_OUT, "").strip(" ."):
        return refusal("quote_empty")
    if len(text) > policy.quote_length:
        return refusal("quote_long", count=len(text), most=policy.quote_length)
    if struck := scrub(text, using).struck:
        return refusal("quote_personal", what=", ".join(struck))
    if proposal.language not in {language.value for language in Language}:
        return refusal("quote_language")
    return None if proposal.checked >= set(CHECKS) else refusal("quote_unchecked")


def release(proposal: Proposal, who: str) -> Released:
    """Keep it for the next edition. Raises RefusedError."""
    reason = objection(proposal, catalogue_in_use())
    if reason is not None:
        raise reason
    words = (proposal.question, " ".join(proposal.text.split()), proposal.language)
    if any(words == _words(one) for one in archive.quotes(archive_engine()) if one.counts):
        raise refusal("quote_twice")
    return archive.release_quote(archive_engine(), words, who, datetime.now(UTC))


def take_back(number: int, who: str) -> None:
    """Leave it out of the next edition; those that are published do not change."""
    try:
        archive.withdraw_quote(archive_engine(), number, who, datetime.now(UTC))
    except NoSuchQuoteError:
        raise refusal("no_such_quote") from None


def released() -> tuple[Released, ...]:
    """All that were ever released, the newest first."""
    return archive.quotes(archive_engine())


def for_edition() -> dict[str, tuple[Quote, ...]]:
    """Question -> the quotes that count today; publication lets through those it may."""
    found: dict[str, tuple[Quote, ...]] = {}
    for one in released():
        if one.counts:
            quote = Quote(one.text, one.language)
            found[one.question] = (*found.get(one.question, ()), quote)
    return found


def _words(one: Released) -> tuple[str, str, str]:
    return one.question, one.text, one.language


def _between(text: str, pieces: list[str]) -> tuple[str, ...]:
    """What stands in the text between these pieces of it."""
    pattern = "(.*?)".join(re.escape(piece) for piece in pieces)
    match = re.fullmatch(pattern, text, re.DOTALL)
    # A mark that was in the text before has nothing behind it.
    return tuple(found for found in match.groups() if found not in ("", MARK)) if match else ()
