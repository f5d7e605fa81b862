"""Runs long work of the office in a process of its own, which reports how far it has come.

`start(publishing.preview)` returns a Job at once; ask it now and then. The process talks over its
standard output, one pickled message after another, and ends by itself when nobody listens any more.
Only our own processes are at the two ends, which is why pickle may be used.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from office.refusals import RefusedError, refusal
from office.settings import ROOT
from yearbook.language import Text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come, 0–1, and what is being done."""

    share: float
    what: Text | None


class Job:
    """Work that is under way in another process, or has ended."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.progress = Progress(0.0, None)
        self.result: Any = None
        self.error: Text | None = None
        self._process = process
        self._stopped = False
        self._ended = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def is_running(self) -> bool:
        return not self._ended.is_set()

    @property
    def has_succeeded(self) -> bool:
        return self._ended.is_set() and self.error is None

    def wait(self, seconds: float | None = None) -> bool:
        """True when the work has ended, well or not, within that time."""
        return self._ended.wait(seconds)

    def stop(self) -> None:
        """End the work; what it had begun to store is undone by the database."""
        self._stopped = True
        self._process.kill()

    def _listen(self) -> None:
        assert self._process.stdout
        has_answered = False
        try:
            with self._process.stdout as messages:
                while not has_answered:
                    kind, value = pickle.load(messages)
                    has_answered = self._take(kind, value)
        except (EOFError, pickle.UnpicklingError):
            self.error = refusal("stopped" if self._stopped else "fault").text
        except Exception:
            log.exception("a message of a job could not be read")
            self.error = refusal("fault").text
        finally:
            self._process.wait()
            self._ended.set()

    def _take(self, kind: str, value: Any) -> bool:
        """True for the last message."""
        if kind == "progress":
            self.progress = Progress(*value)
        elif kind == "result":
            self.result = value
            self.progress = Progress(1.0, self.progress.what)
        else:
            self.error = value
        return kind != "progress"


def start(work: Callable[..., Any], *arguments: Any) -> Job:
    """Begin `work(*arguments, report=…)`, a function of an office module, in another process."""
    name = f"{work.__module__}:{work.__qualname__}"
    _function(name)  # a mistake in the name is ours, and shows at once
    process = subprocess.Popen(
        [sys.executable, "-m", "office.jobs"],
        cwd=ROOT,
        env={"OPENBLAS_NUM_THREADS": "1", **os.environ},  # the other core is the visitors'
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    with suppress(BrokenPipeError), process.stdin as orders:  # its end is told by the Job
        pickle.dump((name, arguments), orders)
    return Job(process)


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    if not module.startswith("office."):
        raise ValueError(f"{name} is no work of the office")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def _work(orders: BinaryIO, messages: BinaryIO) -> None:
    def say(kind: str, value: object) -> None:
        messages.write(pickle.dumps((kind, value)))
        messages.flush()

    name, arguments = pickle.load(orders)
    try:
        result = _function(name)(*arguments, report=lambda *far: say("progress", far))
        say("result", result)
    except RefusedError as error:
        say("error", error.text)
    except (BrokenPipeError, KeyboardInterrupt):
        raise SystemExit(1) from None  # whoever asked has gone
    except Exception:
        log.exception("%s failed", name)
        say("error", refusal("fault").text)


def _main() -> None:
    """Anything printed goes to the log: standard output carries the messages."""
    logging.basicConfig()
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _work(sys.stdin.buffer, messages)


if __name__ == "__main__":
    _main()
