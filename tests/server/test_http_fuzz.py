"""Whatever is said to the centre, signed or not, it answers with a documented status and code and never with a fault."""

import re
from contextlib import asynccontextmanager
from random import Random

import msgspec
import pytest
import schemathesis
import zstandard
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from starlette.testclient import TestClient

from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE
from tarahum_desktop.sync.codec.envelope import decompress, dictionary
from tarahum_desktop.sync.exchange import messages
from tarahum_desktop.sync.exchange.answers import ANSWERS
from tarahum_server.app import create_app
from tests.convergence.profiles import share
from tests.fuzz.least import least
from tests.fuzz.mutate import ODD, spoiled
from tests.server.centres import LOGIN, SCOPE, join, listening
from tests.server.http_description import description, limits
from tests.server.test_http_border import proof
from tests.sync.worlds import send

EXAMPLES = share(4, 3_000)
schemathesis.openapi.media_type(CONTENT_TYPE, st.binary(max_size=200))
SCHEMA = schemathesis.openapi.from_dict(description())
ASKS = {
    "hello": messages.HelloRequest,
    "pull": messages.PullRequest,
    "snapshot": messages.SnapshotRequest,
    "enrol": messages.EnrolRequest,
} | {name: answer.call.asks for name, answer in ANSWERS.items()}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
EDGES = (None, -1, 2**63 - 1, 2**63, "a\x00b", "", b"\xff" * 400, [], {"a": 1})
CODE = re.compile(r"[a-z][a-z0-9_]{1,40}")
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),  # what is found is found again; making it smaller takes minutes
    database=None,
    suppress_health_check=list(HealthCheck),
)

WHOLE = st.integers(-(2**63), 2**64 - 1) | st.sampled_from((0, 1, 5, 2**31, 2**62, 2**63 - 1, 2**63))
TEXT = st.sampled_from((SCOPE, "national", "", "a\x00b", "ب" * 70)) | st.text(max_size=20)
BYTES = st.sampled_from((b"", bytes(8), bytes(16), bytes(32), b"\xff" * 33)) | st.binary(max_size=40)


def of_type(kind):
    """Values that a field of a message may hold, with those at the edges among them."""
    match kind:
        case msgspec.inspect.IntType():
            return WHOLE
        case msgspec.inspect.StrType():
            return TEXT
        case msgspec.inspect.BytesType():
            return BYTES
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.ListType() | msgspec.inspect.VarTupleType():
            return st.lists(of_type(kind.item_type), max_size=3)
        case msgspec.inspect.TupleType():
            return st.tuples(*map(of_type, kind.item_types)).map(list)
        case msgspec.inspect.DictType():
            return st.dictionaries(of_type(kind.key_type), of_type(kind.value_type), max_size=3)
        case msgspec.inspect.StructType():
            return st.tuples(*(of_type(field.type) for field in kind.fields)).map(list)
        case msgspec.inspect.UnionType():
            return st.one_of(*map(of_type, kind.types))
    return st.sampled_from(ODD)


def at_the_edges(message):
    """A true message with one part of it replaced, each in turn by each odd value."""
    for path, _ in parts_of(message):
        for odd in share(EDGES, ODD):
            yield msgspec.msgpack.encode(replaced(message, path, odd))


def parts_of(value, path=()):
    if path:
        yield path, value
    if isinstance(value, dict):
        value = list(value.values())[:1]
    for at, part in enumerate(value if isinstance(value, list) else ()):
        yield from parts_of(part, (*path, at))


def replaced(value, path, odd):
    if not path:
        return odd
    if isinstance(value, dict):
        (key, first), *_ = value.items()
        return {key: replaced(first, path[1:], odd)}
    return [replaced(part, path[1:], odd) if at == path[0] else part for at, part in enumerate(value)]


def bodies(name, true):
    """Well-formed messages with odd values, true ones spoiled, and noise."""
    kinds = [st.binary(max_size=60)]
    if name in ASKS:
        kinds.append(of_type(msgspec.inspect.type_info(ASKS[name])).map(msgspec.msgpack.encode))
    kinds.append(st.integers(0, 2**32).map(lambda seed: spoiled(true[name], Random(seed))))
    return st.one_of(*reversed(kinds))


@pytest.fixture(autouse=True)
def no_thread_left_behind():
    """The application keeps its worker threads from test to test; they end with the client."""


@asynccontextmanager
async def _all_the_while(_app):
    """Each call would end the application, and the centre with it."""
    yield


@pytest.fixture(scope="module")
def place(tmp_path_factory, seeded):
    """A centre's application without a line, an enrolled device, and something true to say at each call."""
    import shutil

    from tarahum_server.centre import open_centre
    from tarahum_server.settings import Settings
    from tests.server.centres import hurry

    folder = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(seeded, folder / "centre")
    centre = open_centre(Settings(folder=folder / "centre"))
    hurry(centre.engine)
    with listening(centre) as running:
        device = join(running.address, centre, folder, "a")
    centre = open_centre(Settings(folder=folder / "centre"))
    hurry(centre.engine)
    app = create_app(centre)
    app.router.lifespan_context = _all_the_while
    device.write_homes(3, "A")
    true = {"push": send(device.replica)} | {
        name: said(name, device.keys) for name in limits() if name != "push"
    }
    with TestClient(app) as client:
        yield client, device, true
    centre.close()


def said(name, keys):
    true = {
        "hello": messages.HelloRequest(1, 2, 1, 0, {SCOPE: messages.ScopeHave(0, 0, bytes(8), 0)}),
        "pull": messages.PullRequest(SCOPE, 0, 4096),
        "snapshot": messages.SnapshotRequest(SCOPE, b"", 100),
        "enrol": messages.EnrolRequest("0" * 20, "a", LOGIN, keys.signing_public, keys.sealing_public, 0),
    }
    return messages.encode(true[name]) if name in true else least(ASKS[name])


def post(client, name, body, headers):
    return client.post(f"/v1/{name}", content=body, headers=headers)


def judge(case, answer, name):
    """A documented status; in a refusal a code, and nothing of anybody."""
    case.validate_response(answer, checks=CHECKS)
    if name not in limits():
        return
    assert answer.headers["x-tarahum-time"].isdigit()
    assert len(answer.content) <= 16 * 1024 * 1024
    if answer.status_code != 200:
        told = msgspec.msgpack.decode(answer.content)
        assert set(told) == {"code"}
        assert CODE.fullmatch(told["code"]), told
        assert told["code"] != "unexpected"


@pytest.mark.parametrize("name", sorted(limits()))
def test_who_has_no_key_is_refused_whatever_they_say(place, name):
    client, _, true = place

    @QUIET
    @given(case=SCHEMA[f"/v1/{name}"]["POST"].as_strategy(), body=bodies(name, true))
    def look(case, body):
        case.body = body
        answer = post(client, name, body, dict(case.headers))
        judge(case, answer, name)
        assert answer.status_code in {400, 401, 403, 415}

    look()


@pytest.mark.parametrize("name", sorted(limits()))
def test_who_has_a_key_is_answered_or_refused_in_words(place, name):
    client, device, true = place

    @QUIET
    @given(case=SCHEMA[f"/v1/{name}"]["POST"].as_strategy(), body=bodies(name, true))
    def look(case, body):
        case.body = body
        judge(case, post(client, name, body, proof(device.keys, 2, f"/v1/{name}", body)), name)

    look()


@pytest.mark.parametrize("name", sorted(ASKS))
def test_a_true_message_with_one_part_at_its_edge_is_answered_or_refused(place, name):
    client, device, true = place
    wrong = []
    for body in at_the_edges(msgspec.msgpack.decode(true[name])):
        answer = post(client, name, body, proof(device.keys, 2, f"/v1/{name}", body))
        if answer.status_code not in {200, 400, 401, 403, 413} or b"unexpected" in answer.content:
            wrong.append((body, answer.content))
    assert not wrong


def test_a_device_may_sign_any_batch_and_no_fault_comes_of_it(place):
    client, device, true = place
    magic, header, random_parts, frame, _ = msgspec.msgpack.decode(true["push"])
    seed = msgspec.msgpack.encode([header, random_parts, msgspec.msgpack.decode(decompress(frame))])

    @QUIET
    @given(case=SCHEMA["/v1/push"]["POST"].as_strategy(), chance=st.integers(0, 2**32))
    def look(case, chance):
        try:
            head, ids, document = msgspec.msgpack.decode(
                spoiled(seed, Random(chance)), type=tuple[bytes, bytes, msgspec.Raw]
            )
        except (msgspec.DecodeError, ValueError):
            head, ids, document = header, random_parts, b"\xc0"
        packed = zstandard.ZstdCompressor(level=1, dict_data=dictionary()).compress(bytes(document))
        sizes = len(head).to_bytes(4, "big") + head + len(ids).to_bytes(4, "big") + ids
        signature = device.keys.sign(b"tarahum batch 1\x00" + sizes + packed)
        case.body = msgspec.msgpack.encode([magic, head, ids, packed, signature])
        judge(case, post(client, "push", case.body, proof(device.keys, 2, "/v1/push", case.body)), "push")

    look()


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_who_looks_in_is_answered_in_words(place, path):
    client, _, _ = place

    @settings(QUIET, max_examples=10)
    @given(case=SCHEMA[path]["GET"].as_strategy())
    def look(case):
        judge(case, client.get(path), path)

    look()


def test_the_description_names_every_call_and_its_limit(place):
    client, device, _ = place
    for name, most in limits().items():
        body = bytes(most + 1)
        answer = client.post(f"/v1/{name}", content=body, headers=proof(device.keys, 2, f"/v1/{name}", body))
        assert answer.status_code == 413, name
