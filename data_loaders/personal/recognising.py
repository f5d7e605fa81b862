"""Recognises what tells who someone is: in headings, in a column's contents, in a free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase
from ipaddress import ip_address

from data_loaders.personal.names import names_in, strike_names
from data_loaders.words.spelling import normal, text_of
from yearbook.catalogue import Catalogue

MARK = "[poistettu]"
MOST_LOOKED_AT = 80
# A column is personal if so many of its contents are; one stray address is for `strike`.
LEAST_SHARE = 0.6
LEAST_SHARE_OF_NAMES = 0.8
LEAST_NAMES = 3
# Where the Nordic countries are: latitudes, longitudes.
NORDIC = ((54.0, 72.0), (4.0, 32.0))
CHECK_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}

_EMAIL = re.compile(r"[\w.+'-]+\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# ".se" and ".me" are words, too ("hyvä.se oli"): taken for addresses only with www or a slash.
_WEB = re.compile(
    r"(?:https?://|www\.)\S*[\w/]"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:fi|com|net|org|eu|info|ax)\b(?:/[\w./?=&%-]*)?"
    r"|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,3}/[\w./?=&%-]+"
)
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.]{1,29}")
_IDENTITY_CODE = re.compile(
    r"(?<!\w)(\d\d)(\d\d)(\d\d)([-+ABCDEFYXWVU])(\d{3})([0-9A-FHJ-NPR-Y])(?!\w)", re.IGNORECASE
)
_IP4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
_IP6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_PHONE = re.compile(
    r"(?<![\w.,+/-])(?:(?:\+|00)[1-9]\d{0,2}(?:[\s\u00a0/-]?\(0\))?(?:[\s\u00a0/-]?\d){7,11}"
    r"|358(?:[\s\u00a0-]?\d){8,10}"
    r"|0[1-9]\d{0,2}[\s\u00a0/-]{0,2}\d(?:[\s\u00a0/-]?\d){4,8}"
    r"|0[45]\d\.\d{3}\.?\d{3,4})(?![\w/-]*\d)"
)
_DAY = re.compile(r"\d\d([/-])\d\d\1\d\d|\d\d \d\d (?:19|20)\d\d\Z")
_BARE_MOBILE = re.compile(r"(?:358)?[45]0?\d{7,8}")
_STREET = re.compile(
    r"\b[A-ZÅÄÖ][\wåäö-]*(?:katu|tie|kuja|polku|kaari|raitti|gatan|vägen|gränden|stigen)\s\d{1,3}"
    r"(?:\s?[a-zA-Z]\b)?(?:\s\d{1,3}\b)?"
)
_DIGIT = re.compile(r"\d")
_PAIR = re.compile(r"-?\d{1,3}\.\d{3,}\s*[,;]\s*-?\d{1,3}\.\d{3,}")
_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{4,}")


def is_personal_heading(heading: str, catalogue: Catalogue) -> bool:
    """Whether a heading asks who someone is; `personal` of reading.toml may use "*"."""
    asked = normal(heading)
    return bool(asked) and any(
        fnmatchcase(asked, _pattern(said)) if "*" in said else asked == normal(said)
        for said in catalogue.reading.personal
    )


def _pattern(said: str) -> str:
    """As `normal`, with the stars where they were."""
    return "*".join(normal(piece) for piece in said.split("*"))


def looks_personal(values: Iterable[object], catalogue: Catalogue | None = None) -> str:
    """What most of a column's different contents are: email, phone, ip, identity_code,
    coordinates, and with a catalogue name; "" for none of these."""
    texts = [text for text in (text_of(value) for value in _some(values)) if text]
    if not texts:
        return ""
    for kind, is_one in _KINDS.items():
        if sum(map(is_one, texts)) >= LEAST_SHARE * len(texts):
            return kind
    if catalogue is None or len(texts) < LEAST_NAMES:
        return ""
    names = sum(names_in(text, catalogue) for text in texts)
    return "name" if names >= LEAST_SHARE_OF_NAMES * len(texts) else ""


def strike(text: str, catalogue: Catalogue) -> str:
    """The text with a mark for everything in it that tells who someone is."""
    if not unicodedata.is_normalized("NFC", text):  # some systems write "ä" as two signs
        text = unicodedata.normalize("NFC", text)
    if "@" in text or "(" in text or "[" in text:
        text = _HANDLE.sub(MARK, _EMAIL.sub(MARK, text))
    if "." in text:
        text = _WEB.sub(MARK, text)
    if _DIGIT.search(text) or "::" in text:
        text = _strike_numbers(text)
    return strike_names(text, catalogue, MARK)


def is_identity_code(text: str) -> bool:
    """A Finnish personal identity code: a day that exists and the check character that fits."""
    match = _IDENTITY_CODE.fullmatch(text.strip())
    return match is not None and _is_born(match) and _is_checked(match)


def _strike_numbers(text: str) -> str:
    # Also with a wrong check character, so that a slip of the pen does not tell a birthday.
    text = _IDENTITY_CODE.sub(lambda m: MARK if _is_born(m) else m[0], text)
    text = _IP6.sub(lambda m: MARK if _is_ip(m[0]) else m[0], text)
    text = _IP4.sub(lambda m: MARK if _is_ip(m[0]) else m[0], text)
    text = _PAIR.sub(MARK, text)
    text = _PHONE.sub(lambda m: m[0] if _DAY.match(m[0]) else MARK, text)
    return _STREET.sub(MARK, text)


def _some(values: Iterable[object]) -> Sequence[object]:
    """Some of many, from all over the column."""
    all_of_them = list(values)
    step = max(1, len(all_of_them) // MOST_LOOKED_AT)
    return all_of_them[::step]


def _is_born(match: re.Match[str]) -> bool:
    century = CENTURIES[match[4].upper()]
    try:
        date(century + int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return False
    return True


def _is_checked(match: re.Match[str]) -> bool:
    number = int(match[1] + match[2] + match[3] + match[5])
    return CHECK_SIGNS[number % 31] == match[6].upper()


def _is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def _is_ip(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return address.version == 6 or text.count(".") == 3


def _is_phone(text: str) -> bool:
    """Also as a workbook keeps it, without its first zero: 401234567."""
    if _PHONE.fullmatch(text):
        return _DAY.match(text) is None
    return len(text) >= 9 and _BARE_MOBILE.fullmatch(text) is not None


def _is_place(text: str) -> bool:
    """A pair of degrees, or one in the Nordic countries; other decimals may be anything."""
    if _PAIR.fullmatch(text.strip("()[] ")):
        return True
    if not _DEGREES.fullmatch(text):
        return False
    degrees = float(text.replace(",", "."))
    return any(low <= degrees <= high for low, high in NORDIC)


_KINDS: dict[str, Callable[[str], bool]] = {
    "email": _is_email,
    "ip": _is_ip,
    "identity_code": is_identity_code,
    "phone": _is_phone,
    "coordinates": _is_place,
}
