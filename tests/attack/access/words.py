"""Texts that somebody writes into a field or a file's name to make it do more than be shown."""

from __future__ import annotations

MARK = "zqx"  # in every hostile text, so that it is found wherever it comes out again

FORMULAS = (
    f"=1+1+{MARK}",
    f'=HYPERLINK("http://example.fi/{MARK}";"x")',
    f"+358 40 {MARK}",
    f"-2+3+{MARK}",
    f"@SUM(A1){MARK}",
    f"\t=1+{MARK}",
    f"\r=1+{MARK}",
    f"\uff1d1+1{MARK}",  # a full-width sign, which some programs read as one
)
MARKUP = (
    f"<script>window.{MARK}=1</script>",
    f'"><img src=x onerror="window.{MARK}=1">',
    f"<svg/onload=window.{MARK}=1>",
    f"</style><script>window.{MARK}=1</script>",
    f"[{MARK}](javascript:window.{MARK}=1)",
    f"![{MARK}](http://example.fi/{MARK}.png)",
    f"{{{{7*7}}}}{{% for x in y %}}{MARK}",  # a template's own signs
    f"${{7*7}}{MARK}",
    f":red[{MARK}] $x^2$ :material/home:",
    f"' OR 1=1 --{MARK}",
)
PATHS = (
    f"../../{MARK}",
    f"..\\..\\{MARK}",
    f"/etc/passwd{MARK}",
    f"C:\\{MARK}",
    f"file:///etc/{MARK}",
    f"CON{MARK}",
    f"{MARK}\x00.xlsx",
    f"%2e%2e%2f{MARK}",
)
STRANGE = (
    f"{MARK}\u202exslx.exe",  # what follows is written from right to left
    f"{MARK}\u2066\u2067\u2069",
    f"{MARK}\u200b\u200d\ufeff",  # no width
    f"{MARK}\x07\x1b[31m\x7f\x85",
    f"{MARK}\u2028\u2029\x0b\x0c",
    f"{MARK}\r\nSet-Cookie: session=x",
    f"{MARK}\ufffe\uffff",
    f"{MARK}\U0001f469\u200d\U0001f469\u200d\U0001f467",
    MARK + "e\u0301" * 200,
    MARK + "a" * 5_000,
)
ALL = (*FORMULAS, *MARKUP, *PATHS, *STRANGE)


def markup_in(html: str) -> list[str]:
    """What of the markup came out as it was written, so that a browser would obey it."""
    return [text for text in MARKUP[:4] if text in html]


def starts_a_formula(field: str) -> bool:
    """Whether a spreadsheet program would reckon what the field of a CSV says."""
    return field[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(field)


def _is_number(field: str) -> bool:
    try:
        float(field.replace("\u2212", "-").replace(",", ".").replace("\u00a0", ""))
    except ValueError:
        return False
    return True
