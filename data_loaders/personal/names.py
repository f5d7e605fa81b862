"""Finds the names of persons in a text: by a usual given name, or by the title before a surname."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yearbook.catalogue import Catalogue

# Titles after which a capital begins a surname, in any of their cases ("rehtorilta", "lärarens").
TITLES = (
    "opettaja", "lehtori", "rehtori", "apulaisrehtori", "vararehtori", "yliopettaja", "professori",
    "kapellimestari", "maestro", "toimitusjohtaja", "johtaja", "ohjaaja", "esihenkilö", "esimies",
    "koulutuspäällikkö", "opinto-ohjaaja", "opo", "säestäjä", "valmentaja", "kuraattori", "tohtori",
    "herra", "rouva", "neiti", "rektor", "prorektor", "lärare", "lektor", "professor", "dirigent",
    "studiehandledare", "handledare", "chef", "förman", "kurator", "herr", "fru", "fröken",
    "teacher", "lecturer", "headmaster", "mr", "mrs",
)  # fmt: skip
# "opettajaksi" is missing on purpose: after it comes a school or a town.
_FINNISH = ("", "n", "a", "ä", "na", "nä", "sta", "stä", "lta", "ltä", "lle", "lla", "llä")
_OWNERS = ("", "ni", "si", "mme", "nne", "nsa", "nsä")
_OTHERS = ("t", "ja", "jat", "ita", "ilta", "n", "s", "ns", "en", "ens", "er", "ers", "erna", "rna")
TITLE_ENDINGS = frozenset((*(case + owner for case in _FINNISH for owner in _OWNERS), *_OTHERS))
_CAPITAL = r"[A-ZÅÄÖÉÜ][\wåäöéü'’]+(?:-[A-ZÅÄÖÉÜ][\wåäöéü'’]+)*"
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|[A-ZÅÄÖ]\b\.?))+")
_TITLED = re.compile(
    rf"(?<!\w)(?P<title>(?i:{'|'.join(sorted(TITLES, key=len, reverse=True))})"
    rf"(?P<ending>\w{{0,7}}))(?:(?<=[mM]r)\.|(?<=[mM]rs)\.)?[ \u00a0]"
    rf"(?P<name>{_CAPITAL}(?:[ \u00a0]{_CAPITAL})?)"
    r"(?P<after>[ \u00a0]?&|[ \u00a0][a-zåäö-]+)?"
)
# Every name of two words has one; most answers have none.
_INNER_CAPITAL = re.compile(r"[\s.\u00a0-][A-ZÅÄÖÉÜ]")
_INITIAL = re.compile(
    r"(?<!\w)(?:[A-ZÅÄÖ]\.[ \u00a0]?){1,2}[A-ZÅÄÖ][\wåäö-]*"
    r"(?:nen|se(?:n|lle|lta|sta|ksi)|sson|ström|lund|qvist|berg|man)\w{0,4}\b"
)
_REVERSED = re.compile(rf"(?<!\w)(?P<surname>[A-ZÅÄÖ][\wåäö-]*nen) (?P<given>{_CAPITAL})")
_INSTITUTION = re.compile(
    r"konservator|yliopist|opisto|ammattikorkea|korkeakoulu|koulu|akatemi|instituu|institut"
    r"|seurakun|teatteri|ooppera|orkester|kaupunki|kaupungi|lukio|musiikki|kuoro|festivaal|keskus"
    r"|säätiö|universit|högskol|skolan?\b|akademi|teater\b|församling|gymnasi|school|academy|college"
    r"|\b(?:oy|ab|ry|rf|amk|yamk|kunta|kunnan|liitto|liiton|stad|stads)\b"
)
_CASES = frozenset(
    (
        "n", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "an", "än", "en", "in",
        "on", "un", "yn", "ön", "hin", "hän", "seen", "ksi", "na", "nä", "a", "ä", "ta", "tä", "s",
    )
)  # fmt: skip
# How the ends of place names change in their cases: Helsingissä, Turussa, Lahdessa.
_WEAKENED = (
    ("nki", "ngi"), ("nko", "ngo"), ("nta", "nna"), ("rku", "ru"), ("hti", "hde"), ("joki", "joe"),
    ("mäki", "mäe"), ("nen", "se"), ("ski", "ske"), ("ppi", "pi"), ("ttu", "tu"), ("kka", "ka"),
    ("rvi", "rve"), ("aari", "aare"), ("salmi", "salme"), ("re", "ree"),
)  # fmt: skip
_INESSIVE = re.compile(r"(?:ssa|ssä|issa|issä)$")


@dataclass(frozen=True, slots=True)
class Known:
    """Given names and the words that begin names of places, in small letters."""

    given: frozenset[str]
    places: frozenset[str]


_latest: list[tuple[Catalogue, Known]] = []


def strike_names(text: str, catalogue: Catalogue, mark: str) -> str:
    """The text with a mark for every name of a person."""
    if not _INNER_CAPITAL.search(text):
        return text
    known = _known(catalogue)
    text = _TITLED.sub(lambda match: _without_titled(match, known, mark), text)
    text = _INITIAL.sub(mark, text)
    text = _REVERSED.sub(lambda m: mark if _is_given(m["given"], known) else m[0], text)
    return _RUN.sub(lambda match: _without_names(match[0], known, mark), text)


def names_in(text: str, catalogue: Catalogue) -> bool:
    """Whether a cell holds nothing but someone's name, in this order or "Virtanen Matti"."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 4 or not all(word.replace("-", "").isalpha() for word in words):
        return False
    known = _known(catalogue)
    return any(_is_given(word, known) for word in words) and not any(
        _is_place(word, known) for word in words
    )


def _without_names(run: str, known: Known, mark: str) -> str:
    """ "Kiitos Matti Virtanen Kuopiosta": a given name and the words that go with it."""
    kept: list[str] = []
    words = re.split("[ \u00a0]", run)
    at = 0
    while at < len(words):
        end = _end_of_name(words, at, known)
        kept.append(words[at] if end == at else mark)
        at = max(end, at + 1)
    return " ".join(kept)


def _end_of_name(words: list[str], at: int, known: Known) -> int:
    """Where the name that begins here ends; `at` itself if none begins here."""
    end = at
    while end < len(words) and _is_given(words[end], known):
        end += 1
    if end == at:
        return at
    if end < len(words) and not _is_place(words[end], known):
        return end + 1
    return end if end - at > 1 else at


def _without_titled(match: re.Match[str], known: Known, mark: str) -> str:
    words = match["name"].split()
    after = (match["after"] or "").strip()
    is_name = (
        match["ending"].casefold() in TITLE_ENDINGS
        and after != "&"
        and not _is_place(words[0], known)
        and not (len(words[0]) > 1 and words[0].isupper())
        and not _INSTITUTION.search(" ".join(words).casefold())
        and not _INSTITUTION.match(after.casefold())
    )
    if not is_name:
        return match[0]
    rest = match[0][match.end("name") - match.start() :]
    return f"{match['title']} {mark}{rest}"


def _is_given(word: str, known: Known) -> bool:
    """Also "Anna-Liisa"."""
    return all(part in known.given for part in word.casefold().split("-"))


def _is_place(word: str, known: Known) -> bool:
    """A town of the catalogue in any case, a word in a place ("Lontoossa"), an institution."""
    low = word.casefold()
    if _INESSIVE.search(low) or _INSTITUTION.search(low):
        return True
    return low in known.places or any(
        low.startswith(place) and low[len(place) :] in _CASES for place in known.places
    )


def _known(catalogue: Catalogue) -> Known:
    """Made once for a catalogue; a load asks thousands of times."""
    for one, known in _latest:
        if one is catalogue:
            return known
    given = frozenset(name.casefold() for name in catalogue.reading.given_names)
    made = Known(given, frozenset(stems(_places(catalogue))))
    _latest[:] = [(catalogue, made), *_latest[:1]]
    return made


def _places(catalogue: Catalogue) -> Iterator[str]:
    named = (
        *(school.town for school in catalogue.schools.values()),
        *(school.short for school in catalogue.schools.values()),
        *(region.name for region in catalogue.regions.values()),
    )
    for text in named:
        for language in ("fi", "sv", "en"):
            yield from (word for word in text[language].split() if len(word) > 2)


def stems(names: Iterable[str]) -> Iterator[str]:
    """Names as they are and as cases make them: Helsinki is Helsingi-, Turku is Turu-."""
    for name in names:
        low = name.casefold().strip(",.&")
        yield low
        for strong, weak in _WEAKENED:
            if low.endswith(strong):
                yield low.removesuffix(strong) + weak
