"""Runs the independent audit program, which knows nothing of this product, over written files."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

AUDITOR = os.environ.get("AUDITOR", "")
WITHOUT = "AUDITOR names no independent audit program"
ACCEPTED = ("ZERO", "INHERITED", "COMMON")


@dataclass(frozen=True)
class Verdict:
    """passed: nothing was found but what the rules accept. found: kind -> how often; worst: the
    first findings that are not accepted."""

    passed: bool
    found: Counter[str]
    worst: Sequence[str]
    last_words: str


def audit(folder: Path, seconds_a_table: int = 60, tables: Sequence[str] = ()) -> Verdict:
    """Of the files in the folder; the truth in it, if any, only makes the audit quicker."""
    report = folder / "report.csv"
    command = [sys.executable, AUDITOR, folder / "published.csv", folder / "spec.json",
               "--known", folder / "known.csv", "--budget", str(seconds_a_table),
               "--jobs", "2", "--out", report]  # fmt: skip
    if (folder / "truth.csv").exists():
        command += ["--truth", folder / "truth.csv"]
    if tables:
        command += ["--tables", ",".join(tables)]
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env={**os.environ, **threads}
    )
    (folder / "report.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    with report.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    worst = [", ".join(row.values()) for row in rows if row["finding"] not in ACCEPTED]
    passed = done.returncode == 0 and "VERDICT PASS" in done.stdout
    last_words = done.stdout.strip().splitlines()[-2:] or [done.stderr[-2000:]]
    return Verdict(passed, Counter(r["finding"] for r in rows), worst[:20], "\n".join(last_words))
