"""Signing in and out through the door: whom it lets in, to what, and for how long."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from websockets.exceptions import InvalidStatus

from access import accounts, links, passwords, sessions
from access.accounts import Account, Role, Wanted
from door import content_policy, listing, mishaps, places, starting, ways_in, world
from door.loopback import FOREIGN_PAGE
from door.protection import Protection
from office.settings import settings
from tests.coming import THROUGH_PROXY, WORLD, Browser
from tests.serving import ROOT, Server, serve
from tests.session import kinds, words
from ui import scripts
from ui.words import word
from yearbook.database import Engine, connect

SECRET = "Zk3v9Qw7Lp2Xs8Rt4Nb6Hy1Jd5Fg0Cm-"
PASSWORD = "vaaleanpunainen elefantti"
DIRECTOR = Wanted("ansa@liitto.example", "Ansa Virtanen", Role.DIRECTOR)
MEMBER = Wanted("rehtori@kuopio.example", "Reijo <b>Rehtori</b>", Role.MEMBER, "kuopio")
NEWCOMER = Wanted("uusi@lahti.example", "Uuno Uusi", Role.MEMBER, "lahti")
SESSION = "__Host-session"
ORIGIN = f"https://{WORLD}"


def with_accounts(folder: Path) -> Engine:
    """A director and a member who have set their passwords."""
    engine = connect(f"sqlite:///{folder}/accounts.sqlite")
    with pytest.MonkeyPatch.context() as quickly:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        quickly.setattr(passwords, "HASHER", quick)
        for wanted in (DIRECTOR, MEMBER):
            links.use(engine, accounts.invite(engine, wanted, "test").token, PASSWORD)
    return engine


@pytest.fixture(scope="module")
def folder(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("people") / "var"
    shutil.copytree(empty_shelf, made)
    return made


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    opened = with_accounts(folder)
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def server(engine: Engine, folder: Path) -> Iterator[Server]:
    """For the world, behind a proxy that speaks https."""
    with serve(folder, {"ADDRESS": ORIGIN, "SECRET": SECRET}) as served:
        yield served


@pytest.fixture
def stranger(server: Server) -> Browser:
    return Browser(server)


@pytest.fixture
def member(server: Server, engine: Engine) -> Browser:
    return signed_in(server, engine, MEMBER)


@pytest.fixture
def director(server: Server, engine: Engine) -> Browser:
    return signed_in(server, engine, DIRECTOR)


def signed_in(server: Server, engine: Engine, who: Wanted) -> Browser:
    account = accounts.named(engine, who.login)
    assert account
    return Browser(server, cookies={SESSION: sessions.begin_for(engine, account.number)})


# --- Signing in -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "Kirjaudu sisään"), ("sv", "Logga in"), ("en", "Sign in")]
)
def test_the_page_needs_no_script_and_is_in_three_languages(
    stranger: Browser, language: str, said: str
) -> None:
    answer = stranger.get(f"/kirjaudu?lang={language}")
    assert answer.status == 200
    assert f'<html lang="{language}">' in answer.text
    assert f"<h1>{said}</h1>" in answer.text
    assert "<script" not in answer.text
    preferred = stranger.get("/kirjaudu", **{"Accept-Language": f"de, {language}-FI;q=0.8"})
    assert f"<h1>{said}</h1>" in preferred.text


def test_our_pages_are_kept_by_nobody_framed_by_nobody_and_run_nothing(stranger: Browser) -> None:
    headers = stranger.get("/kirjaudu").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy


def test_who_signs_in_gets_a_cookie_for_https_alone_and_goes_on(stranger: Browser) -> None:
    asked = stranger.get("/koulut?lang=sv&school=kuopio")
    to_sign_in = "/kirjaudu?lang=sv&next=%2Fkoulut%3Flang%3Dsv%26school%3Dkuopio"
    assert (asked.status, asked.leads_to) == (303, to_sign_in)
    answer = stranger.sign_in(" Rehtori@Kuopio.Example ", PASSWORD, "/koulut?lang=sv&school=kuopio")
    assert (answer.status, answer.leads_to) == (303, "/koulut?lang=sv&school=kuopio")
    given = answer.headers["Set-Cookie"].lower()
    assert given.startswith(f"{SESSION.lower()}=")
    for mark in ("httponly", "secure", "samesite=lax", "path=/"):
        assert mark in given.split("; ")
    assert stranger.get("/koulut").status == 200


def test_streamlits_own_cookie_is_for_https_alone_too(stranger: Browser) -> None:
    given = stranger.get("/_stcore/health").headers["Set-Cookie"]
    assert given.startswith("_streamlit_xsrf=")
    assert given.endswith("; Secure")


def test_an_unknown_login_and_a_wrong_password_are_told_the_same(server: Server) -> None:
    first, second = Browser(server), Browser(server)
    unknown = first.sign_in("nobody@kuopio.example", PASSWORD)
    wrong = second.sign_in(MEMBER.login, "another password altogether")
    assert (unknown.status, wrong.status) == (401, 401)
    assert unknown.wrong == wrong.wrong == word("access.wrong").fi
    assert SESSION not in first.cookies
    assert SESSION not in second.cookies


def test_the_sixth_attempt_waits_whatever_the_client_says_of_its_address(server: Server) -> None:
    """The proxy adds the true address last; what stands before is the client's own invention."""
    tried = [
        Browser(server, {**THROUGH_PROXY, "X-Forwarded-For": f"10.0.0.{number}, 198.51.100.9"})
        for number in range(6)
    ]
    statuses = [one.sign_in("guessed@kuopio.example", "not the password").status for one in tried]
    assert statuses == [401] * 5 + [429]
    elsewhere = Browser(server, {**THROUGH_PROXY, "X-Forwarded-For": "203.0.113.5"})
    assert elsewhere.sign_in("guessed@kuopio.example", "not the password").status == 401


def test_a_form_that_another_page_sends_is_refused(stranger: Browser) -> None:
    fields = {"login": MEMBER.login, "password": PASSWORD, "form": stranger.get("/kirjaudu").mark}
    assert stranger.post("/kirjaudu", fields, Origin="https://example.fi").status == 403
    assert stranger.post("/kirjaudu", fields, Origin="null").status == 403
    assert stranger.post("/kirjaudu", fields, Origin=None).status == 403
    another = Browser(stranger.server)
    another.get("/kirjaudu")
    assert another.post("/kirjaudu", fields).status == 400, "the mark is another browser's"
    altered = {**fields, "form": fields["form"].replace(".", "1.", 1)}
    assert stranger.post("/kirjaudu", altered).status == 400
    assert stranger.post("/kirjaudu", {**fields, "form": ""}).status == 400
    assert stranger.post("/kirjaudu", fields).status == 303


def test_what_was_typed_is_shown_as_it_was_typed(stranger: Browser) -> None:
    answer = stranger.sign_in('"><script>alert(1)</script>', "x" * 20)
    assert answer.status == 401
    assert 'value="&#34;&gt;&lt;script&gt;' in answer.text


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/koulut?lang=sv", "/koulut?lang=sv"),
        ("/kyselyt?question=a%C3%A4", "/kyselyt?question=a%C3%A4"),
        ("", "/"),
        ("https://example.fi/", "/"),
        ("//example.fi", "/"),
        ("/\\example.fi", "/"),
        ("/koulut\r\nSet-Cookie: a=b", "/"),
        ("/\t/example.fi", "/"),
        ("javascript:alert(1)", "/"),
        ("/kirjaudu?next=/kirjaudu", "/"),
        ("/ulos", "/"),
        ("/" + "a" * 4000, "/"),
    ],
)
def test_one_is_led_on_to_our_own_pages_alone(wanted: str, leads_to: str) -> None:
    assert ways_in.local(wanted) == leads_to


# --- Invitations --------------------------------------------------------------------------------


def test_an_invitation_sets_a_password_once(server: Server, engine: Engine) -> None:
    link = f"/kutsu/{accounts.invite(engine, NEWCOMER, DIRECTOR.login).token}"
    browser = Browser(server)
    assert browser.get(link).status == browser.get(link).status == 200, "looking does not use it"
    page = browser.get(f"{link}?lang=en")
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "Hello Uuno Uusi!" in page.text

    def choose(password: str, again: str) -> tuple[int, str]:
        fields = {"form": page.mark, "password": password, "again": again}
        answer = browser.post(f"{link}?lang=en", fields)
        return answer.status, answer.wrong or answer.leads_to

    assert choose(PASSWORD, f"{PASSWORD}!") == (422, word("access.not_same").en)
    assert choose("elefantti11", "elefantti11")[1].startswith("The password is too short")
    assert "too easy to guess" in choose("salasana12345", "salasana12345")[1]
    assert choose(PASSWORD, PASSWORD) == (303, "/?lang=en")
    assert browser.get("/").status == 200
    assert browser.get(link).status == 404
    assert Browser(server).post(link, {"form": page.mark, "password": PASSWORD}).status == 404


def test_a_spent_link_says_what_to_do(stranger: Browser) -> None:
    answer = stranger.get("/kutsu/none?lang=sv")
    assert answer.status == 404
    assert word("access.link_spent").sv in answer.text


# --- Signing out --------------------------------------------------------------------------------


def test_a_cookie_that_was_kept_is_refused_after_signing_out(member: Browser) -> None:
    kept = dict(member.cookies)
    page = member.get("/ulos")
    assert "Reijo &lt;b&gt;Rehtori&lt;/b&gt;" in page.text
    assert member.post("/ulos", {"form": "1.2"}).leads_to == "/ulos", "no mark, no signing out"
    assert member.get("/").status == 200
    answer = member.post("/ulos", {"form": page.mark})
    assert (answer.status, answer.leads_to) == (303, "/kirjaudu?sanoma=ulos")
    assert SESSION not in member.cookies
    replayed = Browser(member.server, cookies=kept)
    assert replayed.get("/").leads_to == "/kirjaudu"
    assert replayed.get("/media/none", Accept="*/*").status == 401
    with pytest.raises(InvalidStatus) as refused, replayed.open():
        pytest.fail("a session that has ended was let in")
    assert refused.value.response.status_code == 401


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(
    server: Server, engine: Engine
) -> None:
    here, there = signed_in(server, engine, MEMBER), signed_in(server, engine, MEMBER)
    mark = here.get("/ulos").mark
    assert here.post("/ulos-kaikkialta", {"form": mark}).status == 303
    assert there.get("/").leads_to == "/kirjaudu"


@pytest.mark.parametrize(
    "cookie", ["", "a" * 43, "../../etc/passwd", hashlib.sha256(b"a").hexdigest(), '"; DROP TABLE']
)
def test_a_forged_cookie_is_nobodys(server: Server, cookie: str) -> None:
    assert Browser(server, cookies={SESSION: cookie}).get("/").leads_to == "/kirjaudu"


def test_a_cookie_that_a_neighbour_could_set_counts_for_nothing(member: Browser) -> None:
    """Without the prefix __Host- another host of the same domain may have set it."""
    plain = Browser(member.server, cookies={"session": member.cookies[SESSION]})
    assert plain.get("/").leads_to == "/kirjaudu"


# --- What is answered, and to whom --------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "to_stranger", "to_member"),
    [
        ("/", 303, 200),
        ("/koulut", 303, 200),
        ("/julkaisu", 303, 404),  # a page of the desk, where a member has no work
        ("/admin", 303, 404),
        ("/media/none.csv", 303, 404),
        ("/plotly.min.js", 303, 200),
        ("/kirjaudu", 200, 303),
        ("/kirjaudu.css", 200, 200),
        ("/ulos", 303, 200),
        ("/static/none.js", 200, 200),
        ("/favicon.png", 200, 200),
        ("/health", 200, 200),
        ("/_stcore/health", 200, 200),
        ("/_stcore/host-config", 303, 200),
        ("/_stcore/metrics", 404, 404),
        ("/_stcore/agent/openapi.json", 404, 404),
        ("/auth/login", 404, 404),
        ("/oauth2callback", 404, 404),
    ],
)
def test_who_is_answered_what(
    stranger: Browser, member: Browser, path: str, to_stranger: int, to_member: int
) -> None:
    assert (stranger.get(path).status, member.get(path).status) == (to_stranger, to_member)


def test_the_desk_has_pages_for_those_who_work_there(member: Browser, director: Browser) -> None:
    assert (director.get("/julkaisu").status, director.get("/admin").status) == (200, 404)
    assert "There is no such page" in member.get("/julkaisu?lang=en").text
    maintainer = Account(3, "y@x.example", "Y", Role.MAINTAINER, "", True, True, datetime.now(UTC))
    assert listing.of_the_desk(maintainer, is_demonstration=False) == {"kayttajat", "tapahtumat"}
    assert listing.of_the_desk(None, is_demonstration=False) == set()
    public, members = listing.of_everyone(True, False), listing.of_everyone(False, True)
    assert members - public >= {"koulut", "lausunnot"}


def test_what_is_no_page_is_refused_without_being_led_on(stranger: Browser) -> None:
    for path in ("/media/none.csv", "/component/none", "/_stcore/bidi-components/none"):
        assert stranger.get(path, Accept="*/*").status == 401, path


def test_files_are_brought_in_by_the_director_alone(
    stranger: Browser, member: Browser, director: Browser
) -> None:
    """Streamlit then says that there is no such session."""
    path, own = "/_stcore/upload_file/none/none", {"Origin": ORIGIN}
    statuses = [one.ask("PUT", path, "x", own).status for one in (stranger, member, director)]
    assert statuses[:2] == [401, 403]
    assert statuses[2] in (400, 403)
    assert director.ask("PUT", path, "x", {"Origin": "https://example.fi"}).status == 403


def test_nothing_but_that_it_is_up_is_told_to_the_world(stranger: Browser) -> None:
    assert stranger.get("/health").text == '{"status":"ok"}'


def test_the_pages_are_of_the_account_and_not_of_the_address(
    member: Browser, director: Browser
) -> None:
    with member.open() as visitor:
        for page in ("vastaanotto", "julkaisu", "kayttajat", "tapahtumat"):
            assert "page_not_found" in kinds(visitor.open_page(page, "role=director")), page
        assert "page_not_found" not in kinds(visitor.open_page("tilastot"))
    with director.open() as visitor:
        seen = visitor.open_page("vastaanotto")
        assert "page_not_found" not in kinds(seen)
        assert "Ansa Virtanen" in words(seen)


def test_a_page_that_is_open_says_when_its_session_was_ended_elsewhere(
    server: Server, engine: Engine
) -> None:
    browser = signed_in(server, engine, MEMBER)
    with browser.open() as visitor:
        assert word("access.ended").en not in words(visitor.open_page("", "lang=en"))
        sessions.end(engine, browser.cookies[SESSION])
        assert word("access.ended").en in words(visitor.open_page("tilastot", "lang=en"))


# --- Where from, and to which address -----------------------------------------------------------

HERE = {"server": ("127.0.0.1", 8501), "client": ("192.0.2.10", 0), "method": "GET"}


@pytest.mark.parametrize(
    ("address", "headers", "reason"),
    [
        (ORIGIN, THROUGH_PROXY, None),
        (ORIGIN, {**THROUGH_PROXY, "Host": f"{WORLD}:443"}, None),
        (ORIGIN, {**THROUGH_PROXY, "Host": f"{WORLD}:8443"}, world.ANOTHER_ADDRESS),
        (ORIGIN, {**THROUGH_PROXY, "Host": "example.fi"}, world.ANOTHER_ADDRESS),
        (ORIGIN, {**THROUGH_PROXY, "Host": "127.0.0.1"}, world.ANOTHER_ADDRESS),
        (ORIGIN, {**THROUGH_PROXY, "X-Forwarded-Proto": "http"}, world.NOT_ENCRYPTED),
        (ORIGIN, {**THROUGH_PROXY, "Origin": "https://example.fi"}, FOREIGN_PAGE),
        (ORIGIN, {**THROUGH_PROXY, "Origin": f"http://{WORLD}"}, FOREIGN_PAGE),
        (ORIGIN, {"Host": "example.fi"}, world.ANOTHER_ADDRESS),
        ("", THROUGH_PROXY, world.ANOTHER_ADDRESS),
        ("", {"Host": WORLD}, world.ANOTHER_ADDRESS),
    ],
)
def test_only_our_own_address_is_answered(
    address: str, headers: dict[str, str], reason: object
) -> None:
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", **HERE, "headers": sent}
    assert world.reason_to_refuse(scope, address) is reason


def test_a_connection_that_did_not_come_over_this_machine_is_refused() -> None:
    sent = [(name.lower().encode(), value.encode()) for name, value in THROUGH_PROXY.items()]
    scope = {"type": "http", **HERE, "headers": sent, "server": ("192.168.1.5", 8501)}
    assert world.reason_to_refuse(scope, ORIGIN) is world.ANOTHER_ADDRESS


def test_this_machine_is_let_in_past_the_proxy_and_has_to_sign_in(server: Server) -> None:
    here = Browser(server, {"Host": f"127.0.0.1:{server.port}"})
    assert here.get("/").leads_to == "/kirjaudu"
    assert here.get("/", Host="example.fi").status == 403


# --- For the public -----------------------------------------------------------------------------


def test_where_visitors_are_let_in_they_bring_in_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they then see on a server of its own: tests/prove/test_visitors.py."""
    paths = ("/", "/_stcore/stream", "/media/none.csv", "/_stcore/upload_file/a/b")
    assert [places.may_ask(None, path) for path in paths] == [False] * 4
    monkeypatch.setenv("VISITORS", "public")
    assert [places.may_ask(None, path) for path in paths] == [True, True, True, False]


# --- Whether it starts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, ""),
        ({"SECRET": "short"}, "SECRET is weak"),
        ({"SECRET": "ab" * 16}, "SECRET is weak"),
        ({"ADDRESS": ORIGIN}, "SECRET is weak"),
        ({"ADDRESS": f"http://{WORLD}", "SECRET": SECRET}, "passwords would travel in the open"),
        ({"ADDRESS": WORLD, "SECRET": SECRET}, "Write it as https://"),
        ({"ADDRESS": f"{ORIGIN}/tilastot", "SECRET": SECRET}, "what comes after the host"),
        ({"ADDRESS": "https://a@b.fi", "SECRET": SECRET}, "Write it as https://"),
        ({"ADDRESS": ORIGIN, "SECRET": SECRET}, "Make the first director: python3 manage.py acc"),
    ],
)
def test_it_starts_only_where_it_is_safe(
    own_empty_shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    reason: str,
) -> None:
    monkeypatch.setenv("ACCOUNTS_URL", f"sqlite:///{own_empty_shelf}/accounts.sqlite")
    monkeypatch.setattr(starting, "_of_listening", lambda: "")
    found = starting.reason_not_to_start(settings(environment))
    assert reason in found
    assert bool(reason) == bool(found)


def test_an_account_opens_the_address(
    own_empty_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCOUNTS_URL", f"sqlite:///{own_empty_shelf}/accounts.sqlite")
    monkeypatch.setattr(starting, "_of_listening", lambda: "")
    with_accounts(own_empty_shelf).dispose()
    stated = settings({"ADDRESS": ORIGIN, "SECRET": SECRET})
    assert starting.reason_not_to_start(stated) == ""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert "FORWARDED_ALLOW_IPS" in starting.reason_not_to_start(stated)


# --- What goes wrong ----------------------------------------------------------------------------


def test_an_error_is_a_number_and_the_log_holds_no_word_of_data(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = logging.getLogRecordFactory()
    mishaps.keep_values_out_of_logs()
    try:
        with caplog.at_level(logging.ERROR):
            try:
                try:
                    int("Maija Meikäläinen")
                except ValueError as error:
                    raise KeyError("palkka 2 300") from error
            except KeyError as error:
                number = mishaps.number_of(error, "a page")
    finally:
        logging.setLogRecordFactory(before)
    written = logging.Formatter().format(caplog.records[-1])
    assert f"a page: error {number}" in written
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert "test_signing_in.py" in written
    assert "Meikäläinen" not in written.replace('int("Maija Meikäläinen")', "")
    assert "palkka" not in written.replace('KeyError("palkka 2 300")', "")


def test_a_request_that_cannot_be_answered_gets_the_number_and_no_trace() -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError("Maija Meikäläinen")

    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/kirjaudu", "method": "GET", "headers": []}
    with ThreadPoolExecutor(1) as aside:  # a browser test before may hold the loop of this thread
        aside.submit(asyncio.run, Protection(fails)(scope, None, send)).result()  # type: ignore[arg-type]
    page = sent[1]["body"].decode()
    assert sent[0]["status"] == 500
    assert re.search(r"<h1>[2-9A-Z]{4}-[2-9A-Z]{4}</h1>", page)
    assert "Maija" not in page
    assert "Traceback" not in page


# --- What a page may run ------------------------------------------------------------------------


def test_the_inline_scripts_are_known_by_hash_and_no_other_is_run() -> None:
    policy = content_policy.for_streamlit()
    script_source = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert script_source.count("'sha256-") == len(scripts.ALL) + 1
    rooms = (ROOT / room for room in ("ui", "pages", "desk", "door"))
    files = [file for room in rooms for file in room.rglob("*.py")]
    writing = [file.name for file in files if "unsafe_allow_javascript" in file.read_text("utf-8")]
    assert writing == ["scripts.py"]
    assert "unsafe" not in script_source
    assert content_policy.hash_of("alert(1)") == (
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    )
