"""What a page may load, run and be shown in; as strict as Streamlit allows (tried in Chromium)."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from streamlit import file_util

from ui import scripts

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def for_streamlit() -> str:
    """Of its shell. Scripts: its own files, those that its components hand over as a blob, and the
    few inline ones, each known by its hash; styles are written into the page by its frontend."""
    inline = " ".join(hash_of(script) for script in (*_of_shell(), *scripts.ALL))
    return _joined(
        f"script-src 'self' blob: {inline}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
    )


def for_our_pages() -> str:
    """No script at all."""
    return _joined("style-src 'self'", "img-src 'self'", "font-src 'self'")


def for_embedded(script: str) -> str:
    """Of the one page that others may frame: our library for drawing, the script that calls it, and
    nothing else; it speaks to nobody. Styles are written into the page by that library."""
    return "; ".join((
        "default-src 'none'",
        f"script-src 'self' {hash_of(script)}", "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:", "font-src 'self'", "base-uri 'none'", "form-action 'none'",
        "frame-ancestors *",
    ))  # fmt: skip


def _joined(*parts: str) -> str:
    return "; ".join((
        "default-src 'none'", *parts,
        "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ))  # fmt: skip


def _of_shell() -> list[str]:
    """The inline scripts of the page that Streamlit serves."""
    return _INLINE.findall((Path(file_util.get_static_dir()) / "index.html").read_text("utf-8"))


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
