"""Tells browsers what no page of the dashboard does, so that they refuse it too; and lets no error
out but its number."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door import content_policy, cookie, embedded, mishaps, paper, places

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ONE_YEAR = "max-age=31536000"
NOT_FRAMED = "x-frame-options"
KEPT_BY_BROWSERS = (
    *("/static/", "/plotly.min.js", "/favicon.png"),
    *(paper.STYLE_PATH, embedded.STYLE_PATH),
)


class Protection:
    """Adds the headers to every http answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_protected(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                protect(scope["path"], MutableHeaders(scope=message))
            await send(message)

        try:
            await self.app(scope, receive, send_protected)
        except Exception as error:
            number = mishaps.number_of(error, "a request could not be answered")
            if scope["type"] != "http" or begun:
                raise
            answer = HTMLResponse(paper.of_mishap(number), status_code=500)
            await answer(scope, receive, send_protected)


def protect(path: str, headers: MutableHeaders) -> None:
    headers.setdefault("content-security-policy", content_policy.for_streamlit())
    is_framed = path.startswith(places.FRAMED)  # by whom, its own content policy says
    for name, value in HEADERS.items():
        if not (is_framed and name == NOT_FRAMED):
            headers.setdefault(name, value)
    if is_framed:
        headers.setdefault("cache-control", "no-store")
    elif not path.startswith(KEPT_BY_BROWSERS):
        headers["cache-control"] = "no-store"
    if cookie.is_secure():
        headers.setdefault("strict-transport-security", ONE_YEAR)
        _secure_cookies(headers)


def _secure_cookies(headers: MutableHeaders) -> None:
    """Those of Streamlit's, which does not know that there is a proxy, too."""
    given = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for one in given:
        parts = {part.strip().lower() for part in one.split(";")}
        headers.append("set-cookie", one if "secure" in parts else f"{one}; Secure")
