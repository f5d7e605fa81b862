"""Brings workbooks in: opens files, knows their headings, finds what is wrong."""

from data_loaders.hints import Hints, Loaded
from data_loaders.loading import load

__all__ = ["Hints", "Loaded", "load"]
