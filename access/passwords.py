"""Which passwords will do, and their argon2id hashes."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

SHORTEST = 12
LONGEST = 256  # a longer one would only keep the server busy
OF_ITS_OWN = 6  # characters that are neither of the login nor of the name
ESTIMATED = 72  # characters that the estimate of guesses takes in
STRONG_ENOUGH = 3  # of 4, as zxcvbn counts: more than a hundred million guesses

# What is tried first here, and is in no English list of the commonest passwords.
COMMON_HERE = (
    *("salasana", "losenord", "lösenord", "tilasto", "tilastot", "statistik", "vuosikirja"),
    *("konservatorio", "konservatorioliitto", "konservatorium", "musiikki", "musiikkiopisto"),
    *("suomi", "finland", "suomen", "tervetuloa", "valkommen", "välkommen", "rehtori", "rektor"),
    *("tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu", "heinäkuu"),
    *("elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu", "kevät", "kesä", "syksy", "talvi"),
    *("januari", "februari", "augusti", "oktober", "vinter", "sommar", "kuopio", "helsinki"),
)

HASHER = PasswordHasher()  # argon2id, 64 MiB, as RFC 9106 advises for a small server
AT_ONCE = threading.BoundedSemaphore(2)  # more would take the memory of a small server


def check(password: str, login: str, name: str) -> tuple[str, ...]:
    """Why it will not do: "short", "long", "common", "like_you" (hardly more than login and name);
    nothing where it will."""
    written = _normal(password)
    if len(written) < SHORTEST:
        return ("short",)
    if len(written) > LONGEST:
        return ("long",)
    if not _is_strong(written):
        return ("common",)
    if len(_without(written, (*_words_of(login), *_words_of(name)))) < OF_ITS_OWN:
        return ("like_you",)
    return ()


def hash_of(password: str) -> str:
    with AT_ONCE:
        return HASHER.hash(_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether that is the password. Takes its time where none is kept, too, so that nobody learns
    who has an account."""
    if len(password) > LONGEST:
        kept, password = None, password[:LONGEST]
    nobodys = _nobodys()  # made at the first sign-in, whoever tries it
    try:
        with AT_ONCE:
            HASHER.verify(kept or nobodys, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with less effort than is made today."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody's password")


def _is_strong(password: str) -> bool:
    estimate = zxcvbn(password[:ESTIMATED], user_inputs=list(COMMON_HERE))
    return int(estimate["score"]) >= STRONG_ENOUGH


def _words_of(name: str) -> tuple[str, ...]:
    """Its parts: of anna.virtanen@example.fi "anna", "virtanen" and "example"."""
    return tuple(part for part in re.split(r"[\W_\d]+", name.lower()) if len(part) > 2)


def _without(password: str, words: tuple[str, ...]) -> str:
    left = password.lower()
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left


def _bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")


def _normal(password: str) -> str:
    """ä may be typed as one character or as two: one password on every keyboard."""
    return unicodedata.normalize("NFKC", password)
