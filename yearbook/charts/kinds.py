"""Finds the kinds of chart: every module of this folder that has a FORM, a draw and a render."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType

import yearbook.charts


@cache
def kinds() -> Mapping[str, ModuleType]:
    """Form -> its module."""
    modules = (
        importlib.import_module(f"{yearbook.charts.__name__}.{found.name}")
        for found in pkgutil.iter_modules(yearbook.charts.__path__)
    )
    return {module.FORM: module for module in modules if hasattr(module, "FORM")}


def kind_of(form: str) -> ModuleType:
    return kinds()[form]
