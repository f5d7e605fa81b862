"""Signing in by a real OpenID provider (npm: oidc-provider), there and back."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest

from access import accounts, record
from access.accounts import Role, Wanted
from tests.serving import Server, environment_of, free_port, start, wait_until_up
from tests.session import visit, words
from yearbook.database import Engine, connect

PROVIDER = Path(__file__).with_name("oidc_provider.mjs")
CLIENT, SECRET = "tilastot", "a secret that the provider knows"
MAIJA, PEKKA, BLOCKED = "maija@example.fi", "pekka@example.fi", "entinen@example.fi"
FORM = re.compile(r'<form[^>]* action="([^"]+)"', re.DOTALL)

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Both:
    """The dashboard and the provider that it asks."""

    dashboard: Server
    provider: subprocess.Popen[bytes]
    accounts: Engine


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which oidc-provider is installed, and the script beside it."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed, so no provider can be served")
    folder = tmp_path_factory.mktemp("provider")
    quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder)]
    done = subprocess.run(["npm", "install", *quiet, "oidc-provider@9"], capture_output=True)
    if done.returncode:
        pytest.skip(f"oidc-provider could not be installed: {done.stderr.decode()[-300:]}")
    shutil.copy(PROVIDER, folder)
    return folder


@pytest.fixture(scope="module")
def both(
    package: Path, empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("oidc") / "var"
    shutil.copytree(empty_shelf, folder)
    people = connect(f"sqlite:///{folder}/accounts.sqlite")
    for login in (MAIJA, BLOCKED):
        accounts.invite(people, Wanted(login, "Maija", Role.MEMBER, "kuopio"), "keeper")
    blocked = accounts.named(people, BLOCKED)
    assert blocked is not None
    accounts.block(people, blocked.number, "keeper")
    port, at = free_port(), free_port()
    dashboard = Server(f"http://127.0.0.1:{port}", folder / "log")
    back = f"{dashboard.address}/oidc/koe/paluu"
    command = ["node", PROVIDER.name, str(at), CLIENT, SECRET, back]
    asked = {"ISSUER": f"http://127.0.0.1:{at}", "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET,
             "LABEL": "Koe"}  # fmt: skip
    environment = {**environment_of(folder), **{f"OIDC_KOE_{k}": v for k, v in asked.items()}}
    with (package / "log").open("wb") as log:
        provider = subprocess.Popen(command, cwd=package, stdout=log, stderr=log)
    served = start(port, dashboard.log, environment)
    try:
        wait_until_up(dashboard, served)
        _wait_for(asked["ISSUER"], package / "log")
        yield Both(dashboard, provider, people)
    finally:
        for process in (served, provider):
            process.terminate()
            process.wait(20)


def _wait_for(issuer: str, log: Path) -> None:
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        try:
            httpx2.get(f"{issuer}/.well-known/openid-configuration").raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"the provider does not answer: {log.read_text()}")


def at_the_service(browser: httpx2.Client, both: Both, who: str) -> str:
    """Sign in there and agree, as a person does; the address that it leads back to."""
    answer = browser.get(f"{both.dashboard.address}/oidc/koe?lang=en&next=/tietoa")
    assert answer.status_code == 302, answer.text
    for _ in range(12):
        if answer.is_redirect:
            to = urljoin(str(answer.url), answer.headers["location"])
            if to.startswith(both.dashboard.address):
                return to
            answer = browser.get(to)
            continue
        assert answer.status_code == 200, answer.text
        action = unescape(FORM.findall(answer.text)[0])
        prompt = "login" if 'name="login"' in answer.text else "consent"
        fields = {"prompt": prompt, "login": who, "password": "any"}
        answer = browser.post(urljoin(str(answer.url), action), data=fields)
    raise AssertionError(f"the provider does not lead back: {answer.url}")


@pytest.fixture
def browser() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=30, headers={"accept": "text/html"}) as client:
        yield client


def newest(both: Both) -> tuple[str, str, str]:
    entry = record.found(both.accounts, limit=1)[0]
    return entry.who, entry.action, entry.what


def test_the_page_that_signs_in_offers_the_service(both: Both, browser: httpx2.Client) -> None:
    page = browser.get(f"{both.dashboard.address}/kirjaudu?lang=en").text
    assert "Sign in with Koe" in page and 'href="/oidc/koe' in page


def test_there_and_back_and_in(both: Both, browser: httpx2.Client) -> None:
    back = at_the_service(browser, both, MAIJA)
    answer = browser.get(back)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tietoa?lang=en")
    assert newest(both) == (MAIJA, "sign_in", MAIJA)
    address, token = both.dashboard.address, browser.cookies["session"]
    with visit(address, origin=address, headers={"Cookie": f"session={token}"}) as visitor:
        assert MAIJA in words(visitor.open_page("", "lang=en"))  # the frame says who she is
    again = browser.get(back)
    assert again.status_code == 400 and "This sign-in is out of date" in _in_english(browser, back)
    printed = both.dashboard.printed()
    assert "Traceback" not in printed and MAIJA not in printed and SECRET not in printed


def _in_english(browser: httpx2.Client, address: str) -> str:
    return browser.get(address, headers={"accept-language": "en"}).text


def test_it_works_a_second_time_for_the_same_person(both: Both, browser: httpx2.Client) -> None:
    assert browser.get(at_the_service(browser, both, MAIJA)).status_code == 303


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (PEKKA, "Ask the association for an invitation"),
        (BLOCKED, "Ask the association for an invitation"),
        (f"{MAIJA} unverified", "has not confirmed that the e-mail address is yours"),
    ],
)
def test_whoever_was_not_invited_is_told_so(
    both: Both, browser: httpx2.Client, who: str, said: str
) -> None:
    answer = browser.get(at_the_service(browser, both, who))
    assert answer.status_code == 403 and said in answer.text
    assert "session" not in browser.cookies
    assert newest(both)[1] == "sign_in_refused"


def test_a_callback_in_another_browser_is_refused(both: Both, browser: httpx2.Client) -> None:
    back = at_the_service(browser, both, MAIJA)
    with httpx2.Client(timeout=30) as other:
        assert other.get(back).status_code == 400
    assert browser.get(back.replace("state=", "state=x")).status_code == 400


def test_a_provider_that_is_down_is_said_to_be(both: Both, browser: httpx2.Client) -> None:
    """The last of these: the provider is ended."""
    back = at_the_service(browser, both, MAIJA)
    both.provider.terminate()
    both.provider.wait(20)
    answer = browser.get(back)
    assert answer.status_code == 503
    assert "The service Koe cannot be reached" in answer.text
    assert "Traceback" not in both.dashboard.printed()
