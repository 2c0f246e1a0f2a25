"""The centre's calls as OpenAPI 3.1, for whoever tests them from outside: bodies are MessagePack, so octets here."""

from typing import Any, Final

from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE
from tarahum_desktop.sync.codec.envelope import MAX_PAYLOAD_BYTES
from tarahum_desktop.sync.exchange.answers import ANSWERS

LIMITS: Final = {"hello": 64 * 1024, "push": MAX_PAYLOAD_BYTES, "pull": 4096, "snapshot": 4096, "enrol": 4096}
ANSWERED: Final = {
    200: "the reply",
    400: "not a message of this call, or what it asks for cannot be",
    401: "not signed, not fresh, not by this device, or seen before",
    403: "the device, the scope or the invitation is not accepted",
    408: "the body came too slowly",
    413: "larger than this call allows",
    415: "not MessagePack",
    503: "busy: come again after Retry-After seconds",
}
_SIGNED: Final = (
    ("X-Tarahum-Device", "[0-9]{1,10}"),
    ("X-Tarahum-Time", "[0-9]{13}"),
    ("X-Tarahum-Nonce", "[0-9a-f]{32}"),
    ("X-Tarahum-Signature", "[0-9a-f]{128}"),
)


def limits() -> dict[str, int]:
    """The most bytes of a request, by call."""
    return LIMITS | {name: answer.call.limit for name, answer in ANSWERS.items()}


def description() -> dict[str, Any]:
    """All calls of the centre."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tarahum centre", "version": "1"},
        "paths": {f"/v1/{name}": {"post": _call(name, most)} for name, most in limits().items()}
        | {path: {"get": _look(codes)} for path, codes in _LOOKS.items()},
    }


_LOOKS: Final = {"/healthz": (200,), "/readyz": (200, 503), "/metrics": (200, 404)}


def _octets(most: int) -> dict[str, Any]:
    return {CONTENT_TYPE: {"schema": {"type": "string", "format": "binary", "maxLength": most}}}


def _call(name: str, most: int) -> dict[str, Any]:
    return {
        "operationId": name,
        "parameters": [
            {
                "name": header,
                "in": "header",
                "required": True,
                "schema": {"type": "string", "pattern": f"^{pattern}$"},
            }
            for header, pattern in _SIGNED
        ],
        "requestBody": {"required": True, "content": _octets(most)},
        "responses": {
            str(code): {"description": words, "content": _octets(16 * 1024 * 1024)}
            for code, words in ANSWERED.items()
        },
    }


def _look(codes: tuple[int, ...]) -> dict[str, Any]:
    return {"responses": {str(code): {"description": "in words"} for code in codes}}
