"""The door: served to this machine only, compressed, watched, and no page without navigation."""

import asyncio
import gc
import gzip
import http.client
import json
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from door.loopback import FOREIGN_PAGE, FORWARDED_REQUEST, NOT_THIS_MACHINE, reason_to_refuse
from door.server import lifespan
from tests.serving import ROOT, Server, environment_of, free_port, serve, start, wait_until_up
from tests.session import kinds, visit


def ask(server: Server, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    status, _, body = ask_fully(server, path, headers)
    return status, body.decode("utf-8")


def ask_fully(
    server: Server, path: str, headers: dict[str, str] | None = None
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


# --- No page without the navigation -------------------------------------------------------------


# Until a script has called st.navigation once, Streamlit runs `pages/*.py` beside the main script
# by address alone, past every check. So what matters is what a *fresh* server is asked first. The
# other pages of the desk are asked in tests/prove.
@pytest.mark.parametrize("first", ["admin", "vastaanotto"])
def test_a_fresh_server_runs_no_code_outside_the_navigation(
    own_empty_shelf: Path, first: str
) -> None:
    with serve(own_empty_shelf) as fresh:
        refuses_at_first(fresh, first)


def refuses_at_first(fresh: Server, address: str) -> None:
    with visit(fresh.address, origin=fresh.address) as visitor:
        seen = visitor.open_page(address)
    assert "page_not_found" in kinds(seen)
    offered = next(message.navigation for message in seen if message.HasField("navigation"))
    assert address not in {page.url_pathname for page in offered.app_pages}


def test_streamlit_finds_no_folder_of_pages_beside_the_script() -> None:
    assert (ROOT / "door" / "entry.py").is_file()
    assert not (ROOT / "door" / "pages").exists()


# --- Who is let in ------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_a_loopback_name_is_answered(server: Server, host: str) -> None:
    assert ask(server, "/_stcore/health", {"Host": f"{host}:{server.port}"})[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "tilastot.example.fi",
        "127.0.0.1.example.fi",
        "localhost.example.fi",
        "192.168.1.5",
        "[::",
        "::1",
        "127.0.0.1@example.fi",
        "example.fi@127.0.0.1",
        "127.0.0.1/example.fi",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/health", "/_stcore/health", "/static/x.js"])
def test_another_host_name_is_refused_in_three_languages(
    server: Server, host: str, path: str
) -> None:
    status, said = ask(server, path, {"Host": host})
    assert status == 403
    for sentence in (NOT_THIS_MACHINE.fi, NOT_THIS_MACHINE.sv, NOT_THIS_MACHINE.en):
        assert sentence in said


@pytest.mark.parametrize(
    "name",
    ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"],
)
def test_a_forwarded_request_is_refused(server: Server, name: str) -> None:
    status, said = ask(server, "/", {name: "127.0.0.1"})
    assert status == 403
    assert FORWARDED_REQUEST.sv in said


def test_a_request_from_another_sites_page_is_refused(server: Server) -> None:
    status, said = ask(server, "/", {"Origin": "https://example.fi"})
    assert status == 403
    assert FOREIGN_PAGE.en in said


def test_the_websocket_is_open_to_our_own_page(server: Server) -> None:
    with visit(server.address, origin=server.address) as visitor:
        assert visitor.socket.subprotocol == "streamlit"


@pytest.mark.parametrize(
    ("origin", "headers"),
    [
        (None, {}),
        ("null", {}),
        ("https://example.fi", {}),
        ("http://127.0.0.1:1", {}),
        ("http://127.0.0.1.example.fi", {}),
        ("own", {"X-Forwarded-For": "127.0.0.1"}),
        ("own", {"Forwarded": "for=127.0.0.1"}),
        ("own", {"Via": "1.1 proxy"}),
    ],
)
def test_the_websocket_is_closed_to_others(
    server: Server, origin: str | None, headers: dict[str, str]
) -> None:
    origin = server.address if origin == "own" else origin
    visitor = visit(server.address, origin=origin, headers=headers)
    with pytest.raises(InvalidStatus) as refused, visitor:
        pytest.fail("the door let a stranger in")
    assert refused.value.response.status_code == 403


def test_a_connection_over_another_address_is_refused() -> None:
    """As when another program serves app.py at every address of the machine."""
    scope = {"type": "http", "headers": [(b"host", b"127.0.0.1:8501")]}
    here, elsewhere = ("127.0.0.1", 8501), ("192.168.1.5", 8501)
    assert reason_to_refuse({**scope, "server": here, "client": here}) is None
    assert reason_to_refuse({**scope, "server": elsewhere, "client": here}) is NOT_THIS_MACHINE
    assert reason_to_refuse({**scope, "server": here, "client": elsewhere}) is NOT_THIS_MACHINE


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_another_address_does_not_start(tmp_path: Path, address: str) -> None:
    log = tmp_path / "log"
    process = start(free_port(), log, environment_of(tmp_path), f"--server.address={address}")
    assert process.wait(60) == 1
    assert f"Not started: the address is {address}." in log.read_text()


def test_an_address_from_the_environment_does_not_start(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = start(
        free_port(), log, {**environment_of(tmp_path), "STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    )
    assert process.wait(60) == 1
    assert "served on this machine only" in log.read_text()


# --- How it is served ---------------------------------------------------------------------------


def test_the_first_page_is_found_by_its_name_too(server: Server) -> None:
    status, headers, _ = ask_fully(server, "/yleiskuva?lang=sv")
    assert (status, headers["Location"]) == (307, "/?lang=sv")


def test_health_is_ok_before_anything_is_published(server: Server) -> None:
    status, said = ask(server, "/health")
    expected = {"status": "ok", "edition": None, "audience": "members"}
    assert (status, json.loads(said)) == (200, expected)


UNPREPARED = {
    "fi": "Palvelua ei ole vielä valmisteltu",
    "sv": "Tjänsten har inte förberetts ännu",
    "en": "The dashboard has not been prepared yet",
}
BROWSER = {"Accept": "text/html"}


def test_without_databases_it_says_how_to_prepare_it_and_lets_nobody_in(tmp_path: Path) -> None:
    """The same where somebody has taken the accounts away."""
    with serve(tmp_path) as bare:
        status, said = ask(bare, "/health")
        assert (status, json.loads(said)) == (503, {"status": "no shelf", "edition": None})
        for language, title in UNPREPARED.items():
            for path in ("/", "/vastaanotto", "/kirjaudu"):
                status, said = ask(bare, f"{path}?role=director&lang={language}", BROWSER)
                assert (status, title in said) == (503, True), path
                assert "<code>python3 manage.py run</code>" in said
        for name, value in (("X-Forwarded-For", "192.0.2.10"), ("Host", "tilastot.example.fi")):
            status, said = ask(bare, "/", {**BROWSER, name: value})
            assert (status, UNPREPARED["en"] in said) == (403, False)
        with pytest.raises(InvalidStatus), visit(bare.address, origin=bare.address):
            pass
        assert ask(bare, "/media/any")[0] == 401


# --- An address that is no page -----------------------------------------------------------------

UNKNOWN = {"fi": "Sivua ei löydy", "sv": "Sidan finns inte", "en": "There is no such page"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_unknown_address_is_told_in_the_visitors_language(server: Server, language: str) -> None:
    for path in ("/admin", "/tilastot/2025", "/kuopio.php"):
        status, said = ask(server, f"{path}?lang={language}", BROWSER)
        assert (status, UNKNOWN[language] in said) == (404, True), path
    assert ask(server, "/admin")[0] == 200  # not opened in a window: Streamlit's own, as ever


@pytest.mark.parametrize(
    "path", ["/", "/tilastot?theme=students", "/koulut", "/vastaanotto", "/index.html"]
)
def test_a_page_that_is_there_is_answered(server: Server, path: str) -> None:
    status, said = ask(server, path, BROWSER)
    assert (status, UNKNOWN["en"] in said) == (200, False)


def test_what_is_imported_before_visitors_come_is_not_collected_again() -> None:
    async def frozen_while_served() -> int:
        async with lifespan(None):  # type: ignore[arg-type]
            return gc.get_freeze_count()

    # In a thread of its own: a browser test before this one may hold the loop of this thread.
    with ThreadPoolExecutor(1) as aside:
        assert aside.submit(asyncio.run, frozen_while_served()).result() > 10_000
    assert gc.get_freeze_count() == 0


def test_static_files_are_compressed(server: Server) -> None:
    page = ask(server, "/")[1]
    script = page.split('src="./', 1)[1].split('"', 1)[0]
    plain = ask_fully(server, f"/{script}")
    small = ask_fully(server, f"/{script}", {"Accept-Encoding": "gzip"})
    assert small[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(small[2]) == plain[2]
    assert len(small[2]) < 0.4 * len(plain[2])


def test_no_other_site_may_frame_a_page(server: Server) -> None:
    headers = ask_fully(server, "/")[1]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    log, port = tmp_path / "log", free_port()
    process = start(port, log, environment_of(tmp_path))
    try:
        wait_until_up(Server(f"http://127.0.0.1:{port}", log), process)
        process.send_signal(signal.SIGINT)
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert "Traceback" not in log.read_text()
