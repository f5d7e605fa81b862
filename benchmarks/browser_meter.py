"""Reads what the browser of the press has used: time of processors, and memory (Linux)."""

from __future__ import annotations

import os
import time
from pathlib import Path

from press.room import opened

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def processor() -> float:
    """Seconds that this process and all those of the browser have reckoned, ended ones too."""
    ticks = (sum(map(int, _fields(process)[11:15])) for process in _of_browser())
    return time.process_time() + sum(ticks) / TICKS


def megabytes() -> float:
    """What its processes hold, shared pages counted once."""
    return sum(_share(process) for process in _of_browser()) / 1000


def _of_browser() -> list[Path]:
    browser = opened().browser
    if browser is None:
        return []
    return [one for one in Path("/proc").glob("[0-9]*") if _fields(one)[3:4] == [str(browser.pid)]]


def _fields(process: Path) -> list[str]:
    """Of the system's line on it, from its state on; none where it has gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _share(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:  # it has gone meanwhile
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
