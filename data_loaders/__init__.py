"""Brings workbooks in: opens files, knows their headings, finds what is wrong."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data_loaders.hints import Hints, Loaded
    from data_loaders.loading import load

__all__ = ["Hints", "Loaded", "load"]

HOMES = {
    "Hints": "data_loaders.hints",
    "Loaded": "data_loaders.hints",
    "load": "data_loaders.loading",
}


def __getattr__(name: str) -> object:
    """Found when first asked for: who only opens a file need not wait for pandas."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
