"""Draws the pages before the dashboard: plain HTML in three languages, without script."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from streamlit import config, file_util

from door import content_policy
from ui.words import word
from yearbook.language import Language, Text

STYLE_PATH = "/kirjaudu.css"
COLOURS = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor",
           "borderColor", "linkColor")  # fmt: skip
TEMPLATES = Path(__file__).with_name("templates")
LANGUAGES = {Language.FI: "Suomi", Language.SV: "Svenska", Language.EN: "English"}
# Only the origin is told to others: an address of ours may hold the token of an invitation. With
# "no-referrer" browsers would hide the origin of our own forms from us, too.
HEADERS = {"cache-control": "no-store", "referrer-policy": "strict-origin"}


def draw(
    request: Request,
    template: str,
    status: int = 200,
    language: Language | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page of ours in the visitor's language; everything put in is escaped."""
    chosen = language or language_of(request)
    written = (
        _environment()
        .get_template(template)
        .render(**_common(chosen), languages=_languages(request, chosen), **values)
    )
    headers = {**HEADERS, "content-security-policy": content_policy.for_our_pages()}
    return HTMLResponse(written, status_code=status, headers=headers)


def say(
    request: Request, title: str, text: str, status: int = 200, **values: object
) -> HTMLResponse:
    """A page that says one thing: the keys of its title and of its sentence."""
    language = language_of(request)
    return draw(
        request, "message.html", status, language,
        title=word(title)[language], sentence=word(text).fill(**values)[language],
    )  # fmt: skip


def of_mishap(number: str) -> str:
    """Of an error whose cause may be anything, so in all languages and asking nobody anything."""
    return _environment().get_template("mishap.html").render(
        **_common(Language.FI), languages=(), number=number,
        said=[(language.value, word("access.mishap").fill(number=number)[language])
              for language in Language],
    )  # fmt: skip


def language_of(request: Request) -> Language:
    """As the address says, else as the browser prefers, else Finnish."""
    asked = request.query_params.get("lang", "")
    if asked in set(Language):
        return Language(asked)
    preferred = re.findall(r"(?:^|,)\s*([a-zA-Z]{2})\b", request.headers.get("accept-language", ""))
    known = (one.lower() for one in preferred if one.lower() in set(Language))
    return Language(next(known, Language.FI))


def with_language(address: str, language: Language) -> str:
    """The same address with the language in it, unless one is there already."""
    if language is Language.FI or re.search(r"[?&]lang=", address):
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={language.value}"


def render(template: str, language: Language, **values: Any) -> str:
    """A page that is not one of those before the dashboard; everything put in is escaped."""
    return _environment().get_template(template).render({**_common(language), **values})


async def style(_request: Request) -> Response:
    return stylesheet("style.css")


def stylesheet(name: str) -> Response:
    """Its address names what it holds, so browsers keep it."""
    kept = {"cache-control": "public, max-age=86400"}
    return Response(_style(name), media_type="text/css", headers=kept)


def address_of_style(path: str, name: str) -> str:
    return f"{path}?{sha256(_style(name).encode()).hexdigest()[:12]}"


def _common(language: Language) -> dict[str, Any]:
    def say_word(key: str, **values: object) -> str:
        found: Text = word(key).fill(**values) if values else word(key)
        return found[language]

    address = address_of_style(STYLE_PATH, "style.css")
    return {"word": say_word, "lang": language.value, "style": address}


def _languages(request: Request, chosen: Language) -> list[tuple[str, str, str, bool]]:
    """Code, name and address of each, and whether it is the one that is shown."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return [
        (
            language.value,
            name,
            f"?{urlencode([*kept, ('lang', language.value)])}",
            language is chosen,
        )
        for language, name in LANGUAGES.items()
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def _style(name: str) -> str:
    """With the colours of the theme file, and the letters that Streamlit ships."""
    themes = {
        mode: {name: config.get_option(f"theme.{mode}.{name}") for name in COLOURS}
        for mode in ("light", "dark")
    }
    letters = Path(file_util.get_static_dir()) / "static" / "media"
    font = next(letters.glob("SourceSansVF-Upright*.woff2")).name
    return _environment().get_template(name).render(themes=themes, font=font)
