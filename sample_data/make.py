"""Makes the invented sample data: annual returns and survey answers of all members, from one seed.

python sample_data/make.py --out FOLDER [--seed N] [--years 2012-2025]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_data import annual, surveys  # noqa: E402
from yearbook.catalogue import Catalogue, load  # noqa: E402

SEED = 20260101
YEARS = range(2012, 2026)


def make(
    folder: Path,
    seed: int = SEED,
    years: Sequence[int] = YEARS,
    catalogue: Catalogue | None = None,
    surveys_from: int = 0,
) -> list[Path]:
    """Write all workbooks into the folder (made if need be) and name them, annual returns first; of
    surveys the rounds from that year on."""
    folder.mkdir(parents=True, exist_ok=True)
    used = catalogue or load()
    return [
        *annual.write(folder, seed, years, used),
        *surveys.write(folder, seed, [year for year in years if year >= surveys_from], used),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options.add_argument("--seed", type=int, default=SEED, help=f"{SEED} unless another is given")
    options.add_argument("--years", type=_span, default=YEARS, help="2012-2025, or one year")
    chosen = options.parse_args(arguments)
    for path in make(chosen.out, chosen.seed, chosen.years):
        print(path)


def _span(text: str) -> range:
    first, _, last = text.partition("-")
    years = range(int(first), int(last or first) + 1)
    if not years or years[0] < YEARS[0]:
        raise argparse.ArgumentTypeError(f"write the years as 2012-2025, none before {YEARS[0]}")
    return years


if __name__ == "__main__":
    main()
