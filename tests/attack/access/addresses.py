"""Every address and every function that there is, found by looking, so that none is forgotten."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from tests.serving import ROOT, environment_of

LISTING = """
import json
from app import app
served = app._build_starlette_app()
print("ROUTES" + json.dumps([
    [type(route).__name__, route.path, sorted(getattr(route, "methods", None) or [])]
    for route in served.routes
]))
"""


@dataclass(frozen=True)
class Route:
    """kind: Route, WebSocketRoute or Mount; path with {names} in it."""

    kind: str
    path: str
    methods: tuple[str, ...]

    @property
    def example(self) -> str:
        """An address that the route answers."""
        parts = (_example(part) for part in self.path.split("/"))
        return "/".join(parts) or "/static/none.js"


def _example(part: str) -> str:
    return "none" if part.startswith("{") else part


def routes(folder: Path) -> list[Route]:
    """Of the app as it is served, Streamlit's own among them; asked in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LISTING],
        cwd=ROOT,
        env=environment_of(folder),
        capture_output=True,
        text=True,
        timeout=120,
    )
    line = next((one for one in done.stdout.splitlines() if one.startswith("ROUTES")), None)
    assert line, done.stderr
    return [Route(kind, path, tuple(m)) for kind, path, m in json.loads(line[len("ROUTES") :])]


@cache
def pages_of(room: str) -> tuple[str, ...]:
    """The addresses of the pages in `pages` or `desk`."""
    modules = [
        import_module(f"{room}.{entry.name}")
        for entry in iter_modules(import_module(room).__path__)
    ]
    return tuple(sorted(module.URL_PATH for module in modules if hasattr(module, "URL_PATH")))


# --- Which functions of the office the desk reaches ---------------------------------------------

# Where the desk asks the session before it does anything, by the roles that may.
FOR_DIRECTOR = ("desk.actions",)
FOR_KEEPERS = ("desk.accounting.acting", "desk.remembering.reading")
ARCHIVE = {"archive_engine", "accounts_engine", "shelf_engine"}


def modules_that_open(names: set[str]) -> set[str]:
    """Modules of the office that open the archive, the accounts or the shelf for writing."""
    found = set()
    for path in sorted((ROOT / "office").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if used & names:
            found.add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return found


def calls_of_the_desk() -> Iterator[tuple[str, str]]:
    """(file, "office.module.function") for every call of a function of the office or of access."""
    for path in sorted((ROOT / "desk").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = _imported(tree)
        for node in ast.walk(tree):
            if (called := _called(node, names)) is not None:
                yield _name(path), called


def _called(node: ast.AST, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        room = names.get(node.value.id)
        return f"{room}.{node.attr}" if room else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return names.get(node.func.id)
    return None


def _imported(tree: ast.Module) -> dict[str, str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        name.asname or name.name: f"{node.module}.{name.name}"
        for node in imports
        for name in node.names
        if (node.module or "").split(".")[0] in ("office", "access")
    }


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
