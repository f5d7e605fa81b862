"""Odd files that nobody here made: each is read or refused, in time, in memory, without a trace."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = os.environ.get("CORPUS")
SECONDS, MEGABYTES = "10", "300"


@pytest.mark.skipif(not CORPUS, reason="CORPUS names no folder of odd spreadsheets")
@pytest.mark.timeout(1800)
def test_every_odd_spreadsheet_is_read_or_refused(tmp_path: Path) -> None:
    corpus = Path(str(CORPUS))
    results = tmp_path / "results.csv"
    command = [
        *(sys.executable, str(corpus.parent / "tools" / "run_corpus.py")),
        *("data_loaders.workbook:read", "--arg", "path"),
        *("--clean", "data_loaders.workbook:Unreadable"),
        *("--dir", str(corpus / "spreadsheets"), "--path", str(PROJECT), "--out", str(results)),
        *("--timeout", SECONDS, "--mem-mb", MEGABYTES),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "VERDICT PASS" in ended.stdout, ended.stdout + ended.stderr
    with results.open(newline="") as file:
        outcomes = [line["outcome"] for line in csv.DictReader(file)]
    assert outcomes.count("ok") >= 0.9 * len(outcomes), "readable files are read, not refused"
