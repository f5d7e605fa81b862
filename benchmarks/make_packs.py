"""Measures the packs for a meeting: all schools' slides in one go, then all their PDF files.

python benchmarks/make_packs.py FOLDER     # a VAR in which something is published
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    os.environ["VAR"] = str(Path(sys.argv[1]).resolve())
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import press
    from office import packs

    print("| what | processor s | by the clock s | peak MB of one process | browser MB "
          "| MB of files |\n|---|---:|---:|---:|---:|---:|")  # fmt: skip
    _measure(packs.PPTX)
    if press.is_there():
        _measure(packs.PDF)
        press.close()


def _measure(kind: str) -> None:
    from benchmarks.browser_meter import megabytes
    from office import packs

    begun, spent = time.perf_counter(), _processor()
    most = [0.0]

    def look(*_: object) -> None:
        most.append(megabytes() if kind == packs.PDF else 0.0)

    made = packs.make(packs.Wanted(packs.newest(), (), kind), look)
    seconds, processor = time.perf_counter() - begun, _processor() - spent
    of = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in of) / 1024
    print(f"| {len(made.schools)} packs, {kind} | {processor:.1f} | {seconds:.1f} | {peak:.0f} "
          f"| {max(most):.0f} | {len(made.content) / 1e6:.1f} |", flush=True)  # fmt: skip


def _processor() -> float:
    """Of this process, of the helpers that have ended, and of the browser."""
    from benchmarks.browser_meter import processor

    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return processor() + helpers.ru_utime + helpers.ru_stime


if __name__ == "__main__":
    main()
