"""Measures a chart in other sites' frames: what the server does for the first reader and the next.

python benchmarks/open_embedded.py FOLDER     # a VAR in which something is published for the public
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.serving import Server, serve  # noqa: E402
from yearbook import shelf  # noqa: E402
from yearbook.charts import View  # noqa: E402
from yearbook.charts.excerpt import excerpt_of, write  # noqa: E402
from yearbook.editions import PUBLIC  # noqa: E402

ROUNDS = 3


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    codes = _codes(folder)
    with serve(folder, {"AUDIENCE": PUBLIC, "OPENBLAS_NUM_THREADS": "1"}) as server:
        urlopen(f"{server.address}/upotus/{codes[0]}").read()  # opens the edition
        first = [_opened(server, code) for code in codes[1:]]
        again = [_opened(server, code) for _ in range(ROUNDS) for code in codes[1:]]
        size = max(size for _, size in first) / 1000
        print(f"{len(codes) - 1} charts, the largest page {size:.0f} kB\n")
        print("| | median s | slowest s |\n|---|---:|---:|")
        for name, taken in (("for the first reader", first), ("for the next", again)):
            clock = [seconds for seconds, _ in taken]
            print(f"| {name} | {statistics.median(clock):.3f} | {max(clock):.3f} |")
        print(f"\nThe server holds {_megabytes(server):.0f} MB.")


def _codes(folder: Path) -> list[str]:
    """Of every figure that the public sees: its whole, over time or by answer."""
    engine = sa.create_engine(f"sqlite:///{folder}/shelf.sqlite")
    edition = shelf.open(engine, shelf.current(engine) or "", PUBLIC)
    tables = [edition.table(one.code) for one in edition.indicators(source="annual")]
    wholes = [table.cut("year") for table in tables]
    return [write(excerpt_of(edition, one, View())) for one in wholes if one.cells]


def _opened(server: Server, code: str) -> tuple[float, int]:
    begun = time.perf_counter()
    with urlopen(f"{server.address}/upotus/{code}") as answer:
        size = len(answer.read())
    return time.perf_counter() - begun, size


def _megabytes(server: Server) -> float:
    """Of the process that serves on that port (Linux)."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            called = (process / "cmdline").read_bytes().decode(errors="replace")
            if f"--server.port={server.port}" in called and process.name != str(os.getpid()):
                lines = (process / "status").read_text().splitlines()
                return next(int(one.split()[1]) for one in lines if one.startswith("VmRSS")) / 1024
        except OSError:  # it has gone meanwhile
            continue
    return 0


if __name__ == "__main__":
    main()
