"""The command: over a fresh copy of the sample data, the demonstration first and then accounts."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from docs.picturing import reading, signing_in, working
from docs.picturing.camera import Camera, browser
from tests.conftest import give
from tests.serving import serve


def main() -> None:
    options = argparse.ArgumentParser("docs.picturing", description="Take the guides' pictures.")
    options.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(TAKEN)}; or all")
    options.add_argument("--from", type=Path, dest="published", metavar="FOLDER",
                         help="the sample data, published already (var)")  # fmt: skip
    chosen = options.parse_args()
    if unknown := set(chosen.parts) - set(TAKEN):
        options.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        _take(set(chosen.parts or TAKEN), Path(folder), chosen.published)


def _take(parts: set[str], folder: Path, published: Path | None) -> None:
    var = folder / "var"
    if published:
        shutil.copytree(published, var)
    give("seed", var)  # brings a copy up to date; without one it takes some minutes
    with browser() as opened:
        for part in sorted(parts):
            TAKEN[part](opened, Path(shutil.copytree(var, folder / part)))


def _read(opened: Browser, folder: Path) -> None:
    with serve(folder) as server:
        reading.all_of_them(Camera(opened, server))


def _work(opened: Browser, folder: Path) -> None:
    with serve(folder) as server:
        working.all_of_them(Camera(opened, server), folder)


def _sign_in(opened: Browser, folder: Path) -> None:
    invitation = signing_in.invited(folder)
    with serve(folder) as server:
        signing_in.all_of_them(Camera(opened, server), invitation)
    with serve(folder, {"VISITORS": "public"}) as server:
        signing_in.elsewhere(Camera(opened, server))


TAKEN = {"reading": _read, "working": _work, "signing-in": _sign_in}

if __name__ == "__main__":
    main()
