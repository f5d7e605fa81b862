"""Writes a chart as a file: the same numbers, the same withheld cells, one module per format.

    for format in exports.formats():
        format.EXTENSION, format.MIME, format.LABEL[language]
        format.write(chart, edition) -> bytes

The file speaks the language of the chart: draw the chart anew to export in another.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


class Unexportable(Exception):
    """A chart that may not leave the screen: it has no alt text."""


@cache
def formats() -> tuple[ModuleType, ...]:
    """Every module of this folder that has an EXTENSION, a LABEL and a write."""
    modules = (
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    )
    found = [module for module in modules if hasattr(module, "EXTENSION")]
    return tuple(sorted(found, key=lambda module: module.ORDER))
