"""Which address is answered to whom, once there are accounts; unnamed ones to those within."""

from __future__ import annotations

from access.accounts import Account, Role
from office.settings import settings
from yearbook.editions import PUBLIC

# What somebody needs before she is signed in: our own pages, and the files that Streamlit draws
# its pages with, which hold nothing of ours.
OF_ALL = (
    *("/kirjaudu", "/kirjaudu.css", "/ulos", "/ulos-kaikkialta"),
    *("/health", "/_stcore/health", "/favicon.png", "/upotus.css"),
)
# What other sites may show in a frame; it says itself whether it has anything to show.
FRAMED = "/upotus/"
OF_ALL_BELOW = ("/kutsu/", "/oidc/", "/static/", FRAMED)

# Streamlit answers these, and nobody here needs them.
OF_NOBODY = ("/_stcore/metrics", "/_stcore/script-health-check", "/oauth2callback")
OF_NOBODY_BELOW = ("/_stcore/agent", "/auth/", "/app/static")

UPLOADS = "/_stcore/upload_file"


def is_of_nobody(path: str) -> bool:
    return path in OF_NOBODY or path.startswith(OF_NOBODY_BELOW)


def is_of_all(path: str) -> bool:
    return path in OF_ALL or path.startswith(OF_ALL_BELOW)


def may_ask(account: Account | None, path: str) -> bool:
    """For everything else: those signed in, or who sees the public's edition without that; files
    are brought in by the director alone."""
    if path.startswith(UPLOADS):
        return account is not None and account.role is Role.DIRECTOR
    return account is not None or PUBLIC in (settings().visitors, settings().audience)
