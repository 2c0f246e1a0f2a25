"""Bodies that dawdle, grow or stop."""

import asyncio

import pytest
from starlette.requests import ClientDisconnect, Request

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.models.engine import DatabaseBusy
from tarahum_server.bodies import read_body, refusal


def request(*messages, forever=False):
    waiting = list(messages)

    async def receive():
        if not waiting:
            assert forever
            await asyncio.Event().wait()
        return waiting.pop(0)

    return Request({"type": "http", "headers": []}, receive)


def part(body, more=True):
    return {"type": "http.request", "body": body, "more_body": more}


def read(*messages, limit=10, forever=False):
    return asyncio.run(read_body(request(*messages, forever=forever), limit, 0.01 if forever else 10))


def test_parts_are_joined_up_to_the_limit():
    assert read(part(b"12345"), part(b"67890", more=False)) == b"1234567890"
    with pytest.raises(TarahumError, match="message_too_large"):
        read(part(b"12345"), part(b"678901"))


def test_a_body_that_never_ends_is_not_waited_for():
    with pytest.raises(TarahumError, match="body_slow"):
        read(part(b"1"), forever=True)


def test_a_caller_that_hangs_up_is_noticed():
    with pytest.raises(ClientDisconnect):
        read(part(b"1"), {"type": "http.disconnect"})


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DatabaseBusy(), (503, "database_busy")),
        (ClientDisconnect(), (400, "line_failed")),
        (TarahumError("scope_denied"), (403, "scope_denied")),
        (TarahumError("something_new"), (400, "something_new")),
        (ValueError("a name that must not travel"), (500, "unexpected")),
    ],
)
def test_failures_are_named_by_code_and_tell_nothing_more(error, said):
    assert refusal(error) == said
