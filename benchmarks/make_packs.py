"""Measures the packs for a meeting: all schools' slides in one go, each step in a process anew.

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
    from office import packs

    begun = time.perf_counter()
    schools = packs.schools_of(packs.newest())
    made = packs.make(packs.Wanted(packs.newest(), schools, packs.PPTX))
    seconds = time.perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF)
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = sum(one.ru_utime + one.ru_stime for one in (own, helpers))
    peak = max(own.ru_maxrss, helpers.ru_maxrss) / 1024
    print("| what | processor s | by the clock s | peak MB of one process | MB of files |")
    print("|---|---:|---:|---:|---:|")
    print(f"| {len(made.schools)} packs of slides | {processor:.1f} | {seconds:.1f} "
          f"| {peak:.0f} | {len(made.content) / 1e6:.1f} |")  # fmt: skip


if __name__ == "__main__":
    main()
