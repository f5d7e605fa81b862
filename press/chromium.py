"""Finds the browser of the server and starts it: without a window, without network, unseen."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# It talks over the descriptors 3 and 4. Nothing else of ours reaches it: not what it may read at
# its start, and not our environment, in which secrets are.
SHELL = ("/bin/sh", "-c", 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null')
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
QUIET = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-crash-reporter",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate",
    "--disable-gpu",
    "--disable-sync",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
)
# No name is found and no address reached, whatever a page asks for.
NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:1",
    "--proxy-bypass-list=<-loopback>",
    "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
# The same pixels on every machine.
SAME = ("--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb")


def path() -> str | None:
    """Of the browser that CHROMIUM names, else of one by its usual name; None where there is
    none. Windows is left out: it hands no descriptors on."""
    return None if os.name == "nt" else _found(os.environ.get("CHROMIUM", ""))


@cache
def _found(named: str) -> str | None:
    if named:
        return shutil.which(named)
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or next(filter(shutil.which, ELSEWHERE), None)


def start(program: str, folder: Path) -> subprocess.Popen[bytes]:
    """The browser, with what it keeps in that folder; we write to its stdin, read its stdout."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.Popen(
        [*SHELL, program, *QUIET, *NO_NETWORK, *SAME, *_sandbox(), f"--user-data-dir={folder}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=folder,
        env={**environment, "HOME": str(folder)},
        start_new_session=True,
    )


def _sandbox() -> tuple[str, ...]:
    """Chromium has no sandbox for root."""
    return ("--no-sandbox",) if os.geteuid() == 0 else ()
