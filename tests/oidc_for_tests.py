"""A service that says who somebody is, on this machine: it says whatever a test wants it to say."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "tilastot", "a secret of the client"


@dataclass
class Service:
    """claims: what it says in its next answer, over what is right; key: what it signs with."""

    address: str
    key: RSAKey
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)  # at userinfo
    is_signed_by_another: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> what was asked

    def agree(self, authorize: str, **claims: Any) -> str:
        """What the person does at the service: the address that it leads her back to."""
        asked = dict(parse_qsl(urlsplit(authorize).query))
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        self.claims = claims
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def change(self, form: dict[str, str]) -> dict[str, Any] | None:
        """A code for its word, once, with the verifier that goes with the challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"]:
            return None
        now = int(time.time())
        right = {"iss": self.address, "aud": CLIENT, "sub": "4711", "iat": now, "exp": now + 60}
        claims = {**right, "nonce": asked["nonce"], **self.claims}
        key = _key("another's") if self.is_signed_by_another else self.key
        token = jwt.encode({"alg": "RS256", "kid": "one"}, _stated(claims), key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def document(self, path: str) -> Any:
        if path == "/jwks":
            return {"keys": [{**self.key.as_dict(private=False), "kid": "one", "alg": "RS256"}]}
        if path == "/me":
            return self.told
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/me",
            "jwks_uri": f"{self.address}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }


def _stated(claims: dict[str, Any]) -> dict[str, Any]:
    """None: not said at all."""
    return {name: value for name, value in claims.items() if value is not None}


@cache
def _key(whose: str) -> RSAKey:
    """One for all tests, for it takes long to make."""
    return RSAKey.generate_key(2048, {"kid": whose})


@contextmanager
def service() -> Iterator[Service]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    says = Service(f"http://127.0.0.1:{server.server_port}", _key("its own"))
    server.says = says  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield says
    finally:
        server.shutdown()
        server.server_close()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(self.server.says.document(self.path))  # type: ignore[attr-defined]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        changed = self.server.says.change(dict(parse_qsl(body)))  # type: ignore[attr-defined]
        self._answer(changed or {"error": "invalid_grant"}, 200 if changed else 400)

    def _answer(self, said: Any, status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass
