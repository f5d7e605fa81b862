"""Where somebody goes on to after signing in: an address of this dashboard and no other."""

from __future__ import annotations

import re
from urllib.parse import urlencode

SIGN_IN = "/kirjaudu"
LONGEST = 4000  # a link may say which cells a chart shows

# One leading slash, and nothing that a browser reads as another host or as a second line.
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9_\-./~%?&=+,:;@!$'()*]*")
_OWN_PAGES = ("/kirjaudu", "/kutsu", "/ulos", "/oidc")


def local(wanted: str) -> str:
    """The address, where it is one of ours; "/" otherwise."""
    if len(wanted) > LONGEST or _LOCAL.fullmatch(wanted) is None or "\\" in wanted:
        return "/"
    return "/" if wanted.startswith(_OWN_PAGES) else wanted


def to_sign_in(wanted: str, language: str = "") -> str:
    """The address of the page for signing in that leads on to the one that was asked for."""
    on = local(wanted)
    fields = {"lang": language, "next": "" if on == "/" else on}
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{SIGN_IN}?{query}" if query else SIGN_IN
