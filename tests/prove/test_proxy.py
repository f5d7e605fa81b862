"""With nginx in front, as it is shipped: https, websockets, compression, limits."""

from __future__ import annotations

import datetime as dates
import gzip
import http.client
import ipaddress
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect as open_websocket

from access import accounts, record
from tests.access_for_tests import ANSA, KUOPIO, PASSWORD, with_password
from tests.serving import ROOT, free_port, serve
from ui.words import word
from yearbook.database import connect

pytestmark = [
    pytest.mark.skipif(not os.environ.get("NGINX_PROGRAM"), reason="NGINX_PROGRAM names no nginx"),
    pytest.mark.timeout(600),
]
NAME = "localhost"
SECRET = "a-secret-for-this-test-0123456789-and-more"
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """The proxy that is up, before a dashboard with accounts."""

    port: int
    plain_port: int
    folder: Path  # of the proxy's logs
    kept: Path  # of the databases

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    def log(self) -> str:
        return (self.folder / "access.log").read_text("utf-8")


@pytest.fixture(scope="module")
def front(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("proxy")
    kept = Path(shutil.copytree(sample_data, folder / "var"))
    engine = connect(f"sqlite:///{kept}/accounts.sqlite")
    for wanted in (ANSA, KUOPIO):
        with_password(engine, wanted, dates.datetime.now(dates.UTC))
    engine.dispose()
    certify(folder)
    made = Front(free_port(), free_port(), folder, kept)
    settings = {"ADDRESS": made.address, "SECRET": SECRET}
    with serve(kept, settings) as served, nginx(made, served.port):
        yield made


def certify(folder: Path) -> None:
    """A certificate that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = dates.datetime.now(dates.UTC)
    places = [x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dates.timedelta(hours=1))
        .not_valid_after(now + dates.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(places), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def site(front: Front, behind: int) -> str:
    """The shipped configuration with the places of this test, and nothing else changed."""
    text = (ROOT / "deployment" / "nginx.conf").read_text("utf-8")
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)
    for shipped, ours in {
        "tilastot.example.fi": NAME,
        "127.0.0.1:8501": f"127.0.0.1:{behind}",
        "listen 443 ": f"listen 127.0.0.1:{front.port} ",
        "listen 80 ": f"listen 127.0.0.1:{front.plain_port} ",
        "listen 80;": f"listen 127.0.0.1:{front.plain_port};",
        f"/etc/letsencrypt/live/{NAME}": str(front.folder),
        "/var/log/nginx/tilastot.access.log": f"{front.folder}/access.log",
        "/var/log/nginx/tilastot.error.log": f"{front.folder}/site-error.log",
    }.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    return text


class nginx:  # noqa: N801 - reads as a function: with nginx(...)
    """An nginx of our own in the foreground; ended on leaving."""

    def __init__(self, front: Front, behind: int) -> None:
        self.front = front
        (front.folder / "site.conf").write_text(site(front, behind), "utf-8")
        (front.folder / "nginx.conf").write_text(AROUND.format(folder=front.folder))

    def __enter__(self) -> None:
        command = [os.environ["NGINX_PROGRAM"], "-c", str(self.front.folder / "nginx.conf")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr.replace('the "user" directive', ""), checked.stderr
        self.process = subprocess.Popen(command)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.front.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("nginx did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def context_of(front: Front) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(front.folder / "fullchain.pem"))


def ask(
    front: Front, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Headers are written with _ for -."""
    going = http.client.HTTPSConnection(NAME, front.port, context=context_of(front), timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with suppress(BrokenPipeError, ConnectionResetError):  # it may be answered before its end
        going.request(method, path, body or None, named)
    answer = going.getresponse()
    return answer, answer.read()


def sign_in(page: Page, front: Front, login: str, name: str) -> list[str]:
    """The addresses of the websockets that the page opens."""
    opened: list[str] = []
    page.on("websocket", lambda socket: opened.append(socket.url))
    page.goto(f"{front.address}/kirjaudu")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name=word("access.sign_in").fi, exact=True).click()
    expect(page.get_by_role("button", name=name)).to_be_visible(timeout=60_000)
    return opened


# --- Two browsers -------------------------------------------------------------------------------


def test_two_people_are_signed_in_at_once_and_each_is_oneself(
    front: Front, browser: Browser
) -> None:
    visitors = [
        browser.new_context(locale="fi-FI", ignore_https_errors=True, viewport={"width": 1280,
                                                                               "height": 900})
        for _ in range(2)
    ]  # fmt: skip
    director, member = (visitor.new_page() for visitor in visitors)
    for page in (director, member):
        page.set_default_timeout(60_000)
    refused: list[str] = []
    for page in (director, member):
        page.on("console", lambda m: refused.append(m.text) if m.type == "error" else None)
    opened = sign_in(director, front, ANSA.login, ANSA.name)
    opened += sign_in(member, front, KUOPIO.login, KUOPIO.name)
    assert {url.split("?")[0] for url in opened} == {f"wss://{NAME}:{front.port}/_stcore/stream"}
    director.goto(f"{front.address}/kayttajat")
    expect(director.get_by_text(KUOPIO.login).first).to_be_visible(timeout=60_000)
    member.goto(f"{front.address}/kayttajat")
    expect(member.locator("h1")).to_have_text(word("access.unknown_title").fi, timeout=60_000)
    expect(member.get_by_text(ANSA.login)).to_have_count(0)
    member.goto(f"{front.address}/tilastot")
    expect(member.locator("h1")).to_be_visible(timeout=60_000)
    for visitor in visitors:
        [cookie] = [one for one in visitor.cookies() if one["name"] == "__Host-session"]
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
        visitor.close()
    assert [text for text in refused if "Security Policy" in text] == []
    signed_in = [
        entry.who
        for entry in record.found(connect(f"sqlite:///{front.kept}/accounts.sqlite"))
        if entry.action == "sign_in"
    ]
    assert sorted(signed_in) == sorted([ANSA.login, KUOPIO.login])


# --- What the proxy does ------------------------------------------------------------------------


def test_what_is_sent_is_compressed(front: Front) -> None:
    """The largest script by far is that which draws the charts."""
    sizes = {}
    for path in ("/kirjaudu", "/static/" + _largest_script(front)):
        plain, whole = ask(front, path)
        packed, small = ask(front, path, Accept_Encoding="gzip")
        assert plain.status == packed.status == 200
        assert packed.getheader("content-encoding") == "gzip"
        assert gzip.decompress(small)[:200] == whole[:200] or path == "/kirjaudu"
        sizes[path] = (len(whole), len(small))
    print("\nbytes, plain and compressed:", sizes)
    whole, small = sizes["/static/" + _largest_script(front)]
    assert small < whole / 2.5


def _largest_script(front: Front) -> str:
    import streamlit

    static = Path(streamlit.__file__).parent / "static"
    largest = max(static.rglob("*.js"), key=lambda file: file.stat().st_size)
    return largest.relative_to(static / "static").as_posix()


def test_the_answers_are_guarded(front: Front) -> None:
    answer, _ = ask(front, "/kirjaudu")
    assert answer.status == 200
    assert answer.getheader("strict-transport-security") == "max-age=31536000"
    assert "frame-ancestors" in answer.getheader("content-security-policy", "")
    assert answer.getheader("x-content-type-options") == "nosniff"
    assert not re.search(r"\d", answer.getheader("server", ""))


def test_plain_http_leads_to_https_and_another_name_nowhere(front: Front) -> None:
    going = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=20)
    going.request("GET", "/tilastot?school=kuopio", headers={"Host": NAME})
    answer = going.getresponse()
    assert (answer.status, answer.getheader("location")) == (
        308,
        f"https://{NAME}/tilastot?school=kuopio",
    )
    for host in ("evil.example", "127.0.0.1"):
        other = http.client.HTTPConnection("127.0.0.1", front.plain_port, timeout=20)
        with pytest.raises(http.client.RemoteDisconnected):
            other.request("GET", "/", headers={"Host": host})
            other.getresponse()
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", front.port), 20) as wire,
        pytest.raises(ssl.SSLError, match="(?i)unrecognized"),
    ):
        anyone.wrap_socket(wire, server_hostname="evil.example")
    with pytest.raises(http.client.RemoteDisconnected):
        ask(front, "/", Host="evil.example")


def test_bodies_are_limited_and_a_large_file_only_where_files_go(front: Front) -> None:
    answer, _ = ask(front, "/kirjaudu", "POST", b"x" * 70_000, Origin=front.address)
    assert answer.status == 413
    upload = "/_stcore/upload_file/session/file"
    answer, _ = ask(front, upload, "PUT", b"x" * 1_000_000, Origin=front.address)
    assert answer.status in (400, 401, 403)  # past the proxy, and refused: nobody is signed in
    answer, _ = ask(front, upload, "PUT", b"x" * 27_500_000, Origin=front.address)
    assert answer.status == 413


def test_a_websocket_of_another_page_or_of_nobody_is_refused(front: Front) -> None:
    address = f"wss://{NAME}:{front.port}/_stcore/stream"
    for origin, status in {"https://evil.example": 403, front.address: 401}.items():
        with pytest.raises(InvalidStatus) as refused:
            open_websocket(address, ssl=context_of(front), origin=origin, open_timeout=30)
        assert refused.value.response.status_code == status


def test_who_claims_to_come_from_elsewhere_is_not_believed(front: Front) -> None:
    """The proxy says where a request comes from; what the visitor says of it is not passed on."""
    claimed = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http",
               "X_Forwarded_Host": "evil.example", "Forwarded": "for=203.0.113.9"}  # fmt: skip
    answer, said = ask(front, "/kirjaudu", **claimed)
    assert answer.status == 200
    assert b"evil.example" not in said


def test_neither_links_nor_queries_are_in_the_log(front: Front) -> None:
    engine = connect(f"sqlite:///{front.kept}/accounts.sqlite")
    number = accounts.named(engine, KUOPIO.login).number
    token = accounts.renew(engine, number, "test").token
    engine.dispose()
    answer, _ = ask(front, f"/kutsu/{token}?lang=fi")
    assert answer.status == 200
    ask(front, "/oidc/microsoft/paluu?code=s3cr3t&state=x")
    ask(front, "/tilastot?school=kuopio&lang=fi")
    told = front.log()
    assert "/kutsu/..." in told
    assert "/tilastot" in told
    for secret in (token, "s3cr3t", "school=", "?"):
        assert secret not in told
    server = "".join(file.read_text("utf-8") for file in front.kept.glob("server-*.log"))
    for secret in (token, "s3cr3t", PASSWORD, SECRET):
        assert secret not in server


# --- Units --------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_the_units_are_sound(tmp_path: Path) -> None:
    """Nothing but the program's own place, which is not installed here, is found fault with."""
    for unit in ("tilastot.service", "tilastot-nightly.service", "tilastot-nightly.timer"):
        text = (ROOT / "deployment" / unit).read_text("utf-8")
        python = "/opt/konservatoriotilastot/current/.venv/bin/python"
        (tmp_path / unit).write_text(text.replace(python, "/bin/true"))
    units = [str(tmp_path / unit) for unit in ("tilastot.service", "tilastot-nightly.timer")]
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    ours = [line for line in verified.stderr.splitlines() if "tilastot" in line]
    assert ours == []
    weighed = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", units[0]],
        capture_output=True, text=True,
    )  # fmt: skip
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", weighed.stdout)
    if exposure:
        print(f"\nexposure {exposure[1]} of 10")
        assert float(exposure[1]) < 2.5
