"""Attacks on the door over HTTP: every route, verb and page; hosts, origins, forms and errors."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from websockets.exceptions import InvalidStatus

from tests.attack.access import people
from tests.attack.access.addresses import Route, pages_of, routes
from tests.attack.access.asking import FORM, TRACES
from tests.attack.access.people import DIRECTOR, EVERYBODY, KUOPIO, NOBODY, PASSWORD
from tests.attack.access.tried import count, tried
from tests.attack.access.words import ALL, MARK, markup_in
from tests.attack.access.world import ADDRESS, FORM_COOKIE, HOST, SESSION, World, world
from tests.editions_for_tests import small_edition
from tests.session import kinds, words
from yearbook import edition_files, shelf
from yearbook.database import connect

ROUTES = "Routes and pages"
HOSTS = "Hosts, origins and the proxy"
FORMS = "Forms and addresses"
QUIET = "What answers and logs give away"

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROB")
VISITOR = "visitor, where the public's edition is open"
WITHIN = {person.name for person in EVERYBODY if person is not people.BLOCKED}
WITHOUT = {NOBODY, people.BLOCKED.name}
ALL_PEOPLE = {*WITHIN, *WITHOUT, VISITOR}


@pytest.fixture(scope="module")
def folder(empty_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition for the members, and people with accounts."""
    made = Path(shutil.copytree(empty_shelf, tmp_path_factory.mktemp("access") / "var"))
    shelf.put(connect(f"sqlite:///{made}/shelf.sqlite"), edition_files.seal(small_edition()))
    people.move_in(made)
    return made


@pytest.fixture(scope="module")
def closed(folder: Path) -> Iterator[World]:
    """Behind a proxy; nothing is for visitors."""
    with world(folder) as served:
        yield served


@pytest.fixture(scope="module")
def open_to_visitors(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    copy = Path(shutil.copytree(folder, tmp_path_factory.mktemp("open") / "var"))
    with world(copy, {"VISITORS": "public"}) as served:
        yield served


# --- Every route --------------------------------------------------------------------------------

# Who is answered at all with GET; everybody else is turned away (401, 403, 303 to the sign-in
# page) or told that there is nothing (404). A new route is to be added here.
NOT_HERE: set[str] = set()
ANSWERED: dict[str, set[str]] = {
    "/health": ALL_PEOPLE,
    "/kirjaudu": ALL_PEOPLE,
    "/kirjaudu.css": ALL_PEOPLE,
    "/kutsu/{token}": ALL_PEOPLE,
    "/oidc/{name}": ALL_PEOPLE,
    "/oidc/{name}/paluu": ALL_PEOPLE,
    "/upotus.css": ALL_PEOPLE,
    "/upotus/{code:path}": ALL_PEOPLE,
    "/ulos": ALL_PEOPLE,
    "/ulos-kaikkialta": ALL_PEOPLE,
    "/plotly.min.js": {*WITHIN, VISITOR},
    "/yleiskuva": {*WITHIN, VISITOR},
    "/_stcore/health": ALL_PEOPLE,
    "/_stcore/host-config": {*WITHIN, VISITOR},
    "/_stcore/metrics": NOT_HERE,
    "/auth/login": NOT_HERE,
    "/auth/logout": NOT_HERE,
    "/oauth2callback": NOT_HERE,
    "/_stcore/agent/interact": NOT_HERE,
    "/_stcore/agent/openapi.json": NOT_HERE,
    "/_stcore/agent/mcp": NOT_HERE,
    "/media/{file_id:path}": {*WITHIN, VISITOR},
    "/component/{path:path}": {*WITHIN, VISITOR},
    "/_stcore/bidi-components/{path:path}": {*WITHIN, VISITOR},
    "/_stcore/upload_file/{session_id}/{file_id}": {DIRECTOR.name},
    "": ALL_PEOPLE,  # the files that Streamlit draws pages with
}
TURNED_AWAY = (401, 403, 404, 405)


@tried(
    ROUTES,
    "Every route of the door and of Streamlit (listed from the running app) with nine verbs, by"
    " nobody, a visitor of the public's edition, members of two schools, maintainer, director, and"
    " somebody blocked",
    "Answered to those it is for; everybody else 401, 403, 404 or the way to the sign-in page;"
    " unknown verbs 405; never a trace",
)
@pytest.mark.timeout(900)
def test_every_route(folder: Path, closed: World, open_to_visitors: World) -> None:
    found = [route for route in routes(folder) if route.kind != "WebSocketRoute"]
    assert {route.path for route in found} <= set(ANSWERED), "a new route: whom is it for?"
    tries = 0
    for path, verb in product(sorted({route.path for route in found}), VERBS):
        for name in sorted(ALL_PEOPLE):
            served = open_to_visitors if name == VISITOR else closed
            answer = served.ask(example(path), verb, cookies=served.held.get(name, {}))
            told = f"{verb} {path} by {name}: {answer.status} {answer.text[:200]}"
            assert answer.status < 500, told
            assert not answer.shows_trace, told
            if verb == "GET" and name not in ANSWERED[path]:
                assert answer.status in TURNED_AWAY, told
            elif verb == "GET":
                assert answer.status not in (401, 403), told
            elif verb in ("TRACE", "FROB", "PATCH"):
                assert answer.status >= 400, told
            tries += 1
    count(test_every_route, tries)


def example(path: str) -> str:
    return Route("Route", path, ()).example


@tried(
    ROUTES,
    "Streamlit's and our own closed routes written otherwise: doubled and encoded slashes, `..`,"
    " capitals, a slash at the end, a whole address in place of a path, in every such form",
    "Nothing of what the route would have answered: 400, 401, 403, 404, or Streamlit's empty page",
)
def test_no_other_spelling_leads_in(closed: World) -> None:
    spelt = (
        *("/{}/", "//{}", "/./{}", "/static/../{}", "/static/%2e%2e/{}", "/%2e/{}", "/{}%00"),
        *("/kutsu/../{}", "/oidc/%2e%2e/{}", "/{};x", "/{}%3f", "/{}%20", "/{}#"),
        *(f"{ADDRESS}/{{}}", f"http://{HOST}/{{}}", "/static//{}", "/static/..%2f{}", "/{}/."),
    )
    hidden = (
        *("_stcore/metrics", "_stcore/agent/openapi.json", "plotly.min.js", "auth/login"),
        *("_stcore/upload_file/a/b", "media/none.csv", "component/none", "vastaanotto"),
    )
    for form, path in product(spelt, hidden):
        for written in {form.format(path), form.format(path.upper()), form.format(_coded(path))}:
            answer = closed.ask(written)
            assert answer.status < 500, written
            assert answer.status >= 400 or is_shell(answer.text) or answer.status in (303, 307), (
                f"{written}: {answer.status} {answer.text[:200]}"
            )
            assert "# TYPE" not in answer.text
            assert "Plotly" not in answer.text
    count(test_no_other_spelling_leads_in, len(spelt) * len(hidden) * 3)


def _coded(path: str) -> str:
    return "".join(f"%{ord(sign):02x}" if sign in "/_." else sign for sign in path)


def is_shell(text: str) -> bool:
    """The page that Streamlit serves at every address, in which there is nothing yet."""
    return '<div id="root"></div>' in text


# --- Every page over a bare websocket -----------------------------------------------------------

MAINTAINERS = ("kayttajat", "tapahtumat")
OF_WRITERS = ("lausunnot",)


@tried(
    ROUTES,
    "Every page of the dashboard and of the desk over a bare websocket, with `role=director` in"
    " the address, by each of them",
    "The desk is found by the director alone, of it accounts and record by the maintainer; nobody"
    " gets no websocket, or where visitors are let in, no page of the members",
)
@pytest.mark.timeout(900)
def test_every_page_over_a_websocket(closed: World, open_to_visitors: World) -> None:
    tries = 0
    for person in (KUOPIO, people.LAHTI, people.MAINTAINER, DIRECTOR):
        with closed.visit(closed.held[person.name]) as visitor:
            for page in (*visitors_pages(), *pages_of("desk")):
                seen = visitor.open_page(page, "role=director&lang=en&school=turku")
                is_found = "page_not_found" not in kinds(seen)
                assert is_found == may_open(person, page), f"{page} by {person.name}"
                assert not [trace for trace in TRACES if trace in words(seen)]
                tries += 1
    for name in WITHOUT:
        with pytest.raises(InvalidStatus) as refused, closed.visit(closed.held[name]):
            pytest.fail(f"{name} got in")
        assert refused.value.response.status_code in (401, 403)
    with open_to_visitors.visit({}) as visitor:
        for page in (*visitors_pages(), *pages_of("desk")):
            seen = visitor.open_page(page, "role=director&lang=en&school=turku")
            is_found = "page_not_found" not in kinds(seen)
            assert is_found == (page not in (*pages_of("desk"), *OF_WRITERS)), page
            assert "Kuopio" not in words(seen), page
            tries += 1
    count(test_every_page_over_a_websocket, tries + len(WITHOUT))


def visitors_pages() -> tuple[str, ...]:
    """The first page answers at "/" alone."""
    return tuple("" if page == "yleiskuva" else page for page in pages_of("pages"))


def may_open(person: people.Person, page: str) -> bool:
    if page in visitors_pages():
        return True
    return person is DIRECTOR or (person is people.MAINTAINER and page in MAINTAINERS)


@tried(
    ROUTES,
    "Each page of the desk asked for first of all on a fresh server, by a member",
    "Not found: no code of a page runs past the navigation",
)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", ["desk", "admin", *pages_of("desk")])
def test_a_fresh_server_runs_no_page_for_a_member(folder: Path, first: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "var"))
    with world(copy) as fresh, fresh.visit(fresh.held[KUOPIO.name]) as visitor:
        seen = visitor.open_page(first, "role=director")
        assert "page_not_found" in kinds(seen)
        offered = next(one.navigation for one in seen if one.HasField("navigation"))
        assert first not in {page.url_pathname for page in offered.app_pages}
    count(test_a_fresh_server_runs_no_page_for_a_member, 1)


# --- Hosts, origins, proxy ----------------------------------------------------------------------

OTHER_HOSTS = (
    *("example.fi", f"{HOST}.example.com", f"example.com.{HOST}", f"{HOST}:8080", f"{HOST}."),
    *(f"{HOST}@example.com", f"example.com@{HOST}", f"{HOST}/x", f"{HOST} example.com", ""),
    *("127.0.0.1", "localhost", "[::1]", "192.0.2.7", f"{HOST},example.com"),
    *("xn--tilastot-x.example.fi", "tılastot.example.fi", f"{HOST}#", f"{HOST}?x", "*", "null"),
)


@tried(
    HOSTS,
    "Other names of the host: foreign, alike, with port, with user, with a dot, doubled, empty,"
    " loopback names through the proxy; whole addresses in the request line",
    "403 or 400 with a sentence; links that are made hold ADDRESS and never what was asked for",
)
def test_another_host_is_refused(closed: World) -> None:
    director = closed.held[DIRECTOR.name]
    for host, path in product(OTHER_HOSTS, ("/", "/kirjaudu", "/health", "/_stcore/health")):
        answer = closed.ask(path, "GET", ("Host", host), cookies=director)
        assert answer.status in (400, 403), f"{host!r} {path}: {answer.status}"
    twice = closed.ask("/kirjaudu", "GET", ("Host", HOST), ("Host", "example.com"))
    assert twice.status in (400, 403)
    forwarded = closed.ask("/kirjaudu", "GET", ("X-Forwarded-Host", "evil.example"))
    assert "evil.example" not in forwarded.text + str(forwarded.headers)
    count(test_another_host_is_refused, 4 * len(OTHER_HOSTS) + 2)


FOREIGN = (
    *("https://example.com", f"https://{HOST}.example.com", f"http://{HOST}", "null"),
    *(f"https://{HOST}:444", f"https://x.{HOST}", "http://127.0.0.1", "file://", ""),
)


@tried(
    HOSTS,
    "Forms and websockets from other origins, without one, with two, with `null`",
    "403, though cookie and mark of the form were right",
)
def test_another_origin_is_refused(closed: World) -> None:
    token = closed.new_session(DIRECTOR)
    mark, kept = closed.mark_of("/ulos", token)
    for origin in FOREIGN:
        for way in ("/ulos", "/ulos-kaikkialta", "/kirjaudu"):
            answer = closed.post(way, {"form": mark}, ("Origin", origin), cookies=kept)
            assert answer.status == 403, f"{origin!r} {way}: {answer.status}"
        with pytest.raises(InvalidStatus) as refused, closed.visit(token, origin):
            pytest.fail(f"a websocket from {origin!r}")
        assert refused.value.response.status_code == 403
    body = f"form={quote(mark)}".encode()
    without = closed.ask("/ulos", "POST", ("Content-Type", FORM), cookies=kept, body=body)
    assert without.status == 403
    both = [("Content-Type", FORM), ("Origin", ADDRESS), ("Origin", "https://example.com")]
    assert closed.ask("/ulos", "POST", *both, cookies=kept, body=body).status == 403
    assert closed.knows(token)
    count(test_another_origin_is_refused, 4 * len(FOREIGN) + 2)


@tried(
    HOSTS,
    "X-Forwarded-Proto http, two of them, X-Forwarded-For and Forwarded with anything, past the"
    " proxy by a loopback name",
    "http is refused, the rest changes nothing that is answered; past the proxy a cookie of the"
    " https address is not sent and nobody is let in without one",
)
def test_what_a_proxy_is_said_to_have_said(closed: World) -> None:
    refused = [
        closed.ask("/kirjaudu", "GET", ("X-Forwarded-Proto", "http")),
        closed.ask("/", "GET", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Proto", "http")),
    ]
    assert [answer.status for answer in refused] == [403, 403]
    for said in (*ALL, "127.0.0.1", "::1", "unknown", "1.2.3.4, 5.6.7.8"):
        line = said.encode("utf-8", "replace").decode("latin-1")
        if any(sign in line for sign in "\r\n\0"):
            continue
        answer = closed.ask("/vastaanotto", "GET", ("X-Forwarded-For", line), ("Forwarded", line))
        assert answer.status in (400, 401, 403), f"{said!r}: {answer.status}"
    for header in ("X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Visit-Of"):
        answer = closed.ask("/plotly.min.js", "GET", (header, "/health"))
        assert answer.status == 401, header
    count(test_what_a_proxy_is_said_to_have_said, len(ALL) + 10)


# With the last, only the origin is told: a form's POST tells it anyway, and no token is in it.
SAFE_REFERRERS = ("same-origin", "no-referrer", "strict-origin")


@tried(
    HOSTS,
    "Every answer looked at for what keeps browsers safe: pages, refusals, errors, files",
    "No framing, no sniffing, a content policy, no referrer to others, https kept, cookies Secure"
    " and HttpOnly (Streamlit's own mark against forged uploads is read by its script)",
)
def test_every_answer_keeps_browsers_safe(closed: World) -> None:
    tries = 0
    paths = ["/", "/kirjaudu", "/kutsu/none", "/ulos", "/health", "/none", "/_stcore/metrics",
             "/_stcore/health", "/vastaanotto", "/plotly.min.js", "/media/none"]  # fmt: skip
    for path, name in product(paths, (NOBODY, DIRECTOR.name)):
        answer = closed.ask(path, cookies=closed.held[name])
        policy = answer.header("content-security-policy")
        assert "frame-ancestors 'none'" in policy, path
        assert "default-src 'none'" in policy, path
        assert "unsafe-eval" not in policy, path
        assert not re.search(r"script-src[^;]*'unsafe-inline'", policy), path
        assert answer.header("x-content-type-options") == "nosniff", path
        assert answer.header("x-frame-options") == "DENY", path
        assert answer.header("strict-transport-security").startswith("max-age="), path
        assert answer.header("referrer-policy") in SAFE_REFERRERS, path
        for header, value in answer.headers:
            if header.lower() == "set-cookie":
                assert "secure" in value.lower(), value
                assert "samesite" in value.lower(), value
                assert "httponly" in value.lower() or value.startswith("_streamlit_xsrf"), value
        if not path.startswith(("/plotly", "/static")) and answer.status < 400:
            assert "no-store" in answer.header("cache-control"), path
        tries += 1
    count(test_every_answer_keeps_browsers_safe, tries)


# --- Forms --------------------------------------------------------------------------------------


@tried(
    FORMS,
    "Signing in and out with forms that are not ours: no mark, another browser's, another form's,"
    " an altered and an expired one, a mark without its cookie, JSON, several parts, 1 MB, a field"
    " twice, bytes that are no text",
    "Refused with a page that says so; nobody signed in or out",
)
def test_a_form_that_is_not_ours(closed: World) -> None:
    mark, kept = closed.mark_of("/kirjaudu", {})
    other, _ = closed.mark_of("/kirjaudu", {})
    session = closed.new_session(DIRECTOR)
    leave, _ = closed.mark_of("/ulos", session)
    until, _, seal = mark.partition(".")
    forged = [
        *("", "x", other, leave, f"{until}.", f".{seal}", f"{int(until) + 1}.{seal}"),
        *(f"{until}.{seal[:-1]}0", f"1.{seal}", mark + "x", "9" * 11 + "." + seal, "\x00", "ä"),
    ]
    signed = {"login": DIRECTOR.login, "password": PASSWORD, "next": "/"}
    answers = [closed.post("/kirjaudu", {**signed, "form": one}, cookies=kept) for one in forged]
    answers.append(closed.post("/kirjaudu", {**signed, "form": mark}))  # without its cookie
    answers.append(closed.post("/kirjaudu", {**signed, "form": mark}, cookies={FORM_COOKIE: "x"}))
    good = f"form={quote(mark)}&login={quote(DIRECTOR.login)}&password={quote(PASSWORD)}"
    bodies = [f"{good}&login=x", f"{good}&x={'y' * 1_000_000}", "\xff\xfe", "%ff=%fe", ""]
    answers += [closed.post("/kirjaudu", body.encode("latin-1"), cookies=kept) for body in bodies]
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
        answers.append(
            closed.post("/kirjaudu", good.encode(), ("Content-Type", kind), cookies=kept)
        )
    for answer in answers:
        assert answer.status in (400, 413), answer.text[:200]
        assert SESSION not in answer.cookies()
    for one in forged:
        closed.post("/ulos", {"form": one if one != leave else ""}, cookies=session)
        assert closed.knows(session), one
    count(test_a_form_that_is_not_ours, len(answers) + len(forged))


@tried(
    FORMS,
    "Every formula, piece of markup, path and strange sign in every field of the forms and every"
    " parameter of their addresses, and as the token of a link",
    "Shown as text or not at all; no header is split; no way leads to another site",
)
@pytest.mark.timeout(300)
def test_every_field_of_the_forms(closed: World) -> None:
    tries = 0
    for text in ALL:
        said = quote(text.encode("utf-8", "surrogatepass"))
        for path in ("/kirjaudu?{n}={t}", "/kutsu/{t}", "/oidc/{t}", "/{t}", "/ulos?{n}={t}"):
            for name in ("next", "lang", "sanoma", said):
                answer = closed.ask(path.format(n=name, t=said))
                assert answer.status < 500, path
                assert markup_in(answer.text) == []
                assert "x" not in answer.cookies().get("session", "")
                leads = answer.header("location")
                assert not leads or re.match(r"/(?![/\\])", leads), leads
                tries += 1
        mark, kept = closed.mark_of("/kirjaudu", {})
        form = {"form": mark, "login": text, "password": text, "next": text}
        answer = closed.post("/kirjaudu", form, ("X-Forwarded-For", f"198.51.100.{tries % 250}"),
                             cookies=kept)  # fmt: skip
        assert answer.status in (400, 401), text
        assert markup_in(answer.text) == []
        tries += 3
    count(test_every_field_of_the_forms, tries)


LEADING_AWAY = (
    *("https://example.com", "//example.com", "/\\example.com", "\\\\example.com", "/\t/x.com"),
    *("javascript:alert(1)", "/%0d%0aSet-Cookie:x=y", "/\r\nX: y", "http:example.com", "///x.com"),
    *("/kirjaudu", "/ulos", "/./\\x.com", "/@x.com/..//x.com", "\x00/", "/" + "a" * 5000),
)


@tried(
    FORMS,
    "Addresses of other sites as the page to go on to after signing in",
    "Led to the first page, or to an address of ours",
)
def test_nobody_is_led_away(closed: World) -> None:
    for on in LEADING_AWAY:
        mark, kept = closed.mark_of("/kirjaudu", {})
        form = {"form": mark, "login": KUOPIO.login, "password": PASSWORD, "next": on}
        leads = closed.post("/kirjaudu", form, cookies=kept).header("location")
        assert re.fullmatch(r"/(?![/\\])[^\\\r\n]*", leads), f"{on!r} -> {leads!r}"
        assert "example.com" not in leads.split("?")[0].split("/")[1:2], leads
        assert not leads.startswith(("/ulos", "/kirjaudu")), leads
    count(test_nobody_is_led_away, len(LEADING_AWAY))


# --- What answers and logs give away ------------------------------------------------------------


@tried(
    QUIET,
    "Very long addresses, headers, cookies, and many of them; bytes that are no text; two lengths",
    "Refused or answered as ever, without a trace; the server goes on",
)
def test_very_long_requests(closed: World) -> None:
    long = [
        ("/" + "a" * 60_000, ()),
        ("/?x=" + "b" * 60_000, ()),
        ("/", (("X-Long", "c" * 60_000),)),
        ("/", (("Cookie", f"{SESSION}=" + "d" * 60_000),)),
        ("/", tuple((f"X-{n}", "e" * 100) for n in range(500))),
        ("/", (("Accept-Language", "fi," * 10_000),)),
        ("/kirjaudu?lang=" + "f" * 30_000, ()),
        ("/kutsu/" + "g" * 30_000, ()),
        ("/", (("Cookie", "; ".join(f"a{n}=b" for n in range(2_000))),)),
        ("/", (("Content-Length", "5"), ("Transfer-Encoding", "chunked"))),
        ("/", (("Content-Length", "-1"),)),
        ("/", (("Range", "bytes=" + "0-1," * 5_000),)),
    ]
    for path, more in long:
        try:
            answer = closed.ask(path, "GET", *more)
        except (ConnectionError, OSError):
            continue  # shut in its face
        assert answer.status < 500 or answer.status in (501, 505), path[:50]
        assert not answer.shows_trace
    assert closed.ask("/health").status == 200
    count(test_very_long_requests, len(long))


@tried(
    QUIET,
    "An error on the way: the shelf without its tables, the accounts without theirs",
    "A number on the page and in the log; no trace and no address of a file in the answer; nobody"
    " is let in",
)
def test_an_error_is_a_number(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "var"))
    with world(copy) as served:
        member = served.held[KUOPIO.name]
        spoil(copy / "shelf.sqlite", "editions")
        with served.visit(member) as visitor:
            said = words(visitor.open_page(""))
        (number,) = set(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", said))
        assert number in served.server.printed()
        assert not [trace for trace in TRACES if trace in said]
        spoil(copy / "accounts.sqlite", "sessions")
        for path in ("/", "/ulos", "/plotly.min.js", "/kirjaudu", "/vastaanotto"):
            answer = served.ask(path, cookies=member)
            assert answer.status == 500, f"{path}: {answer.status}"
            assert not answer.shows_trace
            (number,) = set(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}", answer.text))
            assert number in served.server.printed()
        assert "no such table" not in served.server.printed()  # what an error says may be an answer
    count(test_an_error_is_a_number, 6)


def spoil(file: Path, table: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
    connection.close()


@tried(
    QUIET,
    "What the server has printed during all of the above",
    "No password, no token of a session, form or link, no login, no name",
)
def test_the_log_gives_nothing_away(closed: World) -> None:
    closed.sign_in(DIRECTOR.login, "the wrong password 1")
    closed.sign_in(DIRECTOR.login, PASSWORD)
    closed.ask("/kutsu/" + "t" * 43)
    printed = closed.server.printed()
    secrets = [cookie for held in closed.held.values() for cookie in held.values()]
    secrets += [PASSWORD, people.SECRET, "the wrong password 1", "t" * 43, MARK]
    secrets += [person.login for person in EVERYBODY]
    assert [one for one in secrets if one in printed] == []
    count(test_the_log_gives_nothing_away, len(secrets))
