"""Signing in by another service: who gets in on its word, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from access import accounts, record, sessions
from access.accounts import Role, Wanted
from door import oidc
from office import databases
from office.providers import providers
from tests.access_for_tests import empty_accounts
from tests.oidc_for_tests import CLIENT, SECRET, Service, service
from yearbook.database import Engine

HERE = "http://127.0.0.1:8501"
MAIJA = {"email": "maija@example.fi", "email_verified": True}
PROVIDER = {"OIDC_X_ISSUER": "https://id.example.fi", "OIDC_X_CLIENT_ID": "a",
            "OIDC_X_CLIENT_SECRET": "b"}  # fmt: skip


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Maija of Kuopio is invited, and has set no password."""
    monkeypatch.setenv("ACCOUNTS_URL", f"sqlite:///{tmp_path}/accounts.sqlite")
    for name in ("ADDRESS", "SECRET"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "accounts.sqlite").write_bytes(empty_accounts())
    made = databases.accounts_engine()
    accounts.invite(made, Wanted("maija@example.fi", "Maija", Role.MEMBER, "kuopio"), "keeper")
    return made


@pytest.fixture
def says(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with service() as says:
        monkeypatch.setenv("OIDC_TEST_ISSUER", says.address)
        monkeypatch.setenv("OIDC_TEST_CLIENT_ID", CLIENT)
        monkeypatch.setenv("OIDC_TEST_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("OIDC_TEST_LABEL", "Testi")
        yield says


@pytest.fixture
def browser() -> Iterator[TestClient]:
    app = Starlette(routes=oidc.ROUTES)
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


def at_the_service(browser: TestClient, query: str = "lang=en") -> str:
    led = browser.get(f"/oidc/test?{query}")
    assert led.status_code == 302, led.text
    return str(led.headers["location"])


def come_back(browser: TestClient, says: Service, **claims: Any) -> Any:
    return browser.get(says.agree(at_the_service(browser), **claims))


def reasons(engine: Engine) -> list[tuple[str, str, str]]:
    """The newest first."""
    return [(entry.who, entry.action, entry.what) for entry in record.found(engine)][:-1]


# --- Who gets in ------------------------------------------------------------------------------


def test_who_was_invited_gets_in_on_the_services_word(
    engine: Engine, says: Service, browser: TestClient
) -> None:
    back = says.agree(at_the_service(browser, "lang=sv&next=/kyselyt?school=kuopio"), **MAIJA)
    answer = browser.get(back)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/kyselyt?school=kuopio&lang=sv",
    )
    account = sessions.who(engine, answer.cookies["session"])
    assert account is not None
    assert (account.login, account.school) == ("maija@example.fi", "kuopio")
    assert [action for _, action, _ in reasons(engine)] == ["sign_in", "identity_bound"]
    again = come_back(browser, says, **{**MAIJA, "email": "Maija@EXAMPLE.fi"})
    assert again.status_code == 303 and again.cookies["session"] != answer.cookies["session"]


def test_an_email_that_only_the_second_answer_states_will_do(
    says: Service, browser: TestClient
) -> None:
    says.told = {"sub": "4711", **MAIJA}
    assert come_back(browser, says).status_code == 303
    says.told = {"sub": "another", **MAIJA}
    assert come_back(browser, says).status_code == 400


def test_it_leads_on_to_no_other_site(says: Service, browser: TestClient) -> None:
    back = says.agree(at_the_service(browser, "next=https://evil.example.fi/"), **MAIJA)
    assert browser.get(back).headers["location"] == "/"


def test_the_cookie_that_remembers_is_for_this_browser_alone(
    says: Service, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_here = browser.get("/oidc/test").headers["set-cookie"].lower()
    assert "httponly" in set_here and "samesite=lax" in set_here and "max-age=600" in set_here
    monkeypatch.setenv("ADDRESS", "https://tilastot.example.fi")
    monkeypatch.setenv("SECRET", "a secret of at least thirty-two characters")
    led = browser.get("/oidc/test")
    assert led.headers["set-cookie"].startswith("__Host-oidc=") and "secure" in str(led.headers)
    assert "redirect_uri=https%3A%2F%2Ftilastot.example.fi%2Foidc%2Ftest%2Fpaluu" in str(
        led.headers["location"]
    )


# --- Who does not -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "pekka@example.fi"}, "Ask the association for an invitation"),
        ({"email": "ｍaija@example.fi"}, "Ask the association for an invitation"),
        ({"email_verified": False}, "has not confirmed that the e-mail"),
        ({"email_verified": None}, "has not confirmed that the e-mail"),
        ({"email_verified": "false"}, "has not confirmed that the e-mail"),
        ({"email": None}, "has not confirmed that the e-mail"),
        ({"email": ["maija@example.fi"]}, "has not confirmed that the e-mail"),
    ],
    ids=["unknown", "look-alike", "unverified", "not said", "no", "no e-mail", "list"],
)
def test_the_services_word_is_not_enough(
    engine: Engine, says: Service, browser: TestClient, claims: Any, said: str
) -> None:
    """The record tells that somebody was refused, and not her e-mail."""
    says.told = {"sub": "4711"}
    answer = come_back(browser, says, **{**MAIJA, **claims})
    assert (answer.status_code, "session" in answer.cookies) == (403, False)
    assert said in answer.text
    assert reasons(engine) == [("", "sign_in_refused", "?: Testi")]


def test_a_blocked_account_is_refused_in_the_words_for_an_unknown_one(
    engine: Engine, says: Service, browser: TestClient
) -> None:
    accounts.block(engine, accounts.accounts(engine)[0].number, "director")
    answer = come_back(browser, says, **MAIJA)
    assert (answer.status_code, "session" in answer.cookies) == (403, False)
    assert "Ask the association for an invitation" in answer.text
    assert reasons(engine)[0] == ("maija@example.fi", "sign_in_refused", "maija@example.fi: Testi")


def test_an_email_that_was_given_to_another_person_is_refused(
    says: Service, browser: TestClient
) -> None:
    assert come_back(browser, says, **MAIJA).status_code == 303
    assert come_back(browser, says, **MAIJA, sub="4712").status_code == 403
    assert come_back(browser, says, **MAIJA).status_code == 303


def test_a_person_whose_account_has_another_email_now_is_refused(
    engine: Engine, says: Service, browser: TestClient
) -> None:
    assert come_back(browser, says, **MAIJA).status_code == 303
    accounts.invite(engine, Wanted("m@example.fi", "M", Role.MEMBER, "turku"), "keeper")
    answer = come_back(browser, says, email="m@example.fi", email_verified=True)
    assert answer.status_code == 403


# --- What is no answer of the service ---------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": ["another client", "a third"], "azp": CLIENT},
        {"iss": "https://evil.example.fi"},
        {"iss": None},
        {"exp": 1},
        {"sub": None},
    ],
    ids=str,
)
def test_an_answer_for_another_or_of_another_is_refused(
    engine: Engine, says: Service, browser: TestClient, claims: dict[str, Any]
) -> None:
    answer = come_back(browser, says, **{**MAIJA, **claims})
    assert (answer.status_code, "session" in answer.cookies) == (400, False)
    assert "answer of Testi is not valid" in answer.text
    assert reasons(engine) == []


def test_an_answer_that_another_signed_is_refused(says: Service, browser: TestClient) -> None:
    says.is_signed_by_another = True
    assert come_back(browser, says, **MAIJA).status_code == 400


def test_a_callback_is_good_once_also_with_the_cookie_of_before(
    says: Service, browser: TestClient
) -> None:
    back = says.agree(at_the_service(browser), **MAIJA)
    kept = browser.cookies["oidc"]
    assert browser.get(back).status_code == 303
    assert "oidc" not in browser.cookies
    assert browser.get(back).status_code == 400
    browser.cookies.set("oidc", kept)
    says.codes["code-0"] = {}  # and even if the service would take its code once more
    answer = browser.get(back, headers={"accept-language": "en"})
    assert answer.status_code == 400 and "This sign-in is out of date" in answer.text


def test_a_callback_is_good_in_the_browser_where_it_was_begun_alone(
    says: Service, browser: TestClient
) -> None:
    """Else somebody could be signed in, unawares, as somebody else."""
    back = says.agree(at_the_service(browser), **MAIJA)
    with TestClient(Starlette(routes=oidc.ROUTES), base_url=HERE) as other:
        answer = other.get(back, headers={"accept-language": "sv"})
        assert answer.status_code == 400 and "Börja om" in answer.text
        assert other.get(f"{HERE}/oidc/test/paluu").status_code == 400


@pytest.mark.parametrize("change", ["x", ""])
def test_another_state_is_refused(says: Service, browser: TestClient, change: str) -> None:
    back = says.agree(at_the_service(browser), **MAIJA)
    before, _, _ = back.partition("&state=")
    assert browser.get(f"{before}&state={change}").status_code == 400


def test_a_cookie_that_was_changed_is_refused(says: Service, browser: TestClient) -> None:
    back = says.agree(at_the_service(browser), **MAIJA)
    kept = browser.cookies["oidc"]
    browser.cookies.clear()
    browser.cookies.set("oidc", ("A" if kept[0] != "A" else "B") + kept[1:])
    assert browser.get(back).status_code == 400


def test_an_answer_of_another_service_mixed_in_is_refused(
    says: Service, browser: TestClient
) -> None:
    back = says.agree(at_the_service(browser), **MAIJA)
    assert browser.get(f"{back}&iss=https://evil.example.fi").status_code == 400


def test_whoever_says_no_at_the_service_is_told_so(says: Service, browser: TestClient) -> None:
    state = says.agree(at_the_service(browser)).partition("state=")[2]
    answer = browser.get(f"/oidc/test/paluu?error=access_denied&state={state}")
    assert answer.status_code == 400 and "Testi did not confirm the sign-in" in answer.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Palveluun Testi ei saada yhteyttä"),
        ("sv", "Tjänsten Testi kan inte nås"),
        ("en", "The service Testi cannot be reached"),
    ],
)
def test_a_service_that_is_down_is_said_to_be(
    engine: Engine,
    browser: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: str,
) -> None:
    for name, value in (("ISSUER", "http://127.0.0.1:9"), ("CLIENT_ID", "a"), ("LABEL", "Testi"),
                        ("CLIENT_SECRET", language)):  # fmt: skip
        monkeypatch.setenv(f"OIDC_TEST_{name}", value)
    answer = browser.get(f"/oidc/test?lang={language}")
    assert answer.status_code == 503 and said in answer.text


def test_a_service_that_goes_down_meanwhile_is_said_to_be(
    engine: Engine, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service() as says:
        for name, value in (("ISSUER", says.address), ("CLIENT_ID", CLIENT), ("LABEL", "Testi"),
                            ("CLIENT_SECRET", SECRET)):  # fmt: skip
            monkeypatch.setenv(f"OIDC_TEST_{name}", value)
        back = says.agree(at_the_service(browser), **MAIJA)
    answer = browser.get(back)
    assert answer.status_code == 503 and "cannot be reached" in answer.text


def test_a_service_that_is_not_configured_is_not_there(browser: TestClient) -> None:
    answer = browser.get("/oidc/<script>?lang=en")
    assert answer.status_code == 404 and "<script>" not in answer.text


# --- Microsoft, and other settings ------------------------------------------------------------


def test_microsofts_word_needs_its_own_proof(
    says: Service, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sends no email_verified; xms_edov says that the domain of the e-mail is the sender's."""
    monkeypatch.setenv("OIDC_TEST_VERIFIED_BY", "xms_edov")
    stated = {"email": "maija@example.fi"}
    for edov, status in ((None, 403), (False, 403), ("0", 403), (True, 303), ("1", 303)):
        assert come_back(browser, says, **stated, xms_edov=edov).status_code == status
    monkeypatch.setenv("OIDC_TEST_VERIFIED_BY", "issuer")
    assert come_back(browser, says, **stated).status_code == 303


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"OIDC_X_CLIENT_ID": ""}, "OIDC_X_CLIENT_ID is missing"),
        ({"OIDC_X_CLIENT_SECRET": " "}, "OIDC_X_CLIENT_SECRET is missing"),
        ({"OIDC_X_ISSUER": "http://id.example.fi"}, "OIDC_X_ISSUER must begin with https://"),
        (
            {
                "OIDC_X_ISSUER": "https://login.microsoftonline.com/common/v2.0",
                "OIDC_X_VERIFIED_BY": "issuer",
            },
            "issues for everybody",
        ),
    ],
)
def test_settings_that_are_not_whole_or_not_safe_are_refused(
    changed: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        providers({**PROVIDER, **changed})


def test_services_are_named_by_their_settings() -> None:
    (one,) = providers({**PROVIDER, "OIDC_Y_ISSUER": ""})
    assert (one.name, one.label, one.verified_by) == ("x", "X", "email_verified")
    assert "secret" not in repr(one)
