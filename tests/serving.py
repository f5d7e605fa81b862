"""Serves the dashboard in a process of its own, with databases of its own, as a keeper would."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 180  # a busy machine takes its time


@dataclass(frozen=True)
class Server:
    """A dashboard that is up: where it is, and what it has printed so far."""

    address: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])

    def printed(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of a dashboard that keeps everything in the folder, whatever ours names."""
    named = {"ARCHIVE_URL", "SHELF_URL", "ACCOUNTS_URL", "CATALOGUE", "SOURCES"}
    ours = {name: value for name, value in os.environ.items() if name not in named}
    return {**ours, "VAR": str(folder)}


def start(port: int, log: Path, environment: Mapping[str, str], *options: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("wb") as printed:
        return subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def serve(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A fresh server over the databases in the folder, ended on leaving."""
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", folder / f"server-{port}.log")
    process = start(port, server.log, {**environment_of(folder), **(environment or {})})
    try:
        wait_until_up(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_up(server: Server, process: subprocess.Popen) -> None:
    patience = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < patience:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{server.address}/_stcore/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The dashboard did not start:\n{server.printed()}")
