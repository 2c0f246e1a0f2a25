"""A client written from the page alone reads the vectors and exchanges with a real centre."""

import ast
import datetime as dt
import hashlib
import hmac
import json
import secrets
import ssl
import urllib.request
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.msgpack import decode, encode
from sqlalchemy import select

from tarahum_desktop.models import Household
from tarahum_desktop.sync.capture import captured_session
from tarahum_server.devices import Invitee, invite
from tests.server.centres import LOGIN, SCOPE, listening, make_centre
from tests.vectors import other_client
from tests.vectors.other_client import Client, Tables

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors" / "sync"
TABLES = Tables.read((ROOT / "docs" / "sync-tables.md").read_text("utf-8"))


def read(name):
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def told(value):
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, dict):
        return {name: told(part) for name, part in value.items()}
    return [told(part) for part in value] if isinstance(value, (list, tuple)) else value


def test_it_imports_nothing_of_this_program():
    tree = ast.parse(Path(other_client.__file__).read_text("utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not [name for name in named if name.startswith(("tarahum", "tests"))]


@pytest.mark.parametrize("name", sorted(path.stem for path in VECTORS.glob("batch_*.json")))
def test_it_reads_every_batch(name):
    vector = read(name)
    _, rows = other_client.open_batch(
        bytes.fromhex(vector["payload"]), bytes.fromhex(vector["public_key"]), TABLES
    )
    strange = vector.get("strange", {})
    for row, wanted in zip(rows, vector["rows"], strict=True):
        assert {"hex": row["row_id"].hex()} == {"hex": wanted["row_id"]}
        assert row["stamp"].hex() == wanted["stamp"]
        assert told(row["author"]) == wanted["author"]
        if "values" in row:
            assert {
                name: told(value) for name, value in row["values"].items() if name not in strange
            } == wanted["values"]
        else:
            edits = {name: told(edit) for name, edit in row["edits"].items()}
            for edit in edits.values():
                edit["replaces"] = [one["hex"] for one in edit["replaces"]]
            assert edits == wanted["edits"]


def test_it_refuses_a_changed_batch():
    vector = read("batch_insert")
    payload = bytearray.fromhex(vector["payload"])
    payload[-1] ^= 1
    with pytest.raises(AssertionError, match="signature"):
        other_client.open_batch(bytes(payload), bytes.fromhex(vector["public_key"]), TABLES)


def test_it_reads_the_page_and_works_out_the_hashes():
    vector = read("page")
    scope, entity, rows = other_client.open_page(
        bytes.fromhex(vector["payload"]), bytes.fromhex(vector["public_key"]), TABLES
    )
    assert (scope, entity) == (vector["scope"], vector["entity"])
    assert [told(row["values"]) for row in rows] == [row["values"] for row in vector["rows"]]
    assert f"{other_client.hash_of(entity, rows[0]):016x}" == read("conflict")["hash_with_conflict"]
    hashes = read("digest")["rows"]
    assert f"{other_client.hash_of(entity, rows[1]):016x}" == hashes[0]["hash"]


def test_it_signs_a_request():
    case = read("request")
    key = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
    headers = other_client.signed_headers(
        key, 7, case["path"], bytes.fromhex(case["body"]), case["time"], bytes.fromhex(case["nonce"])
    )
    assert headers["X-Tarahum-Signature"] == case["signature"]


def test_it_joins_a_centre_pushes_a_batch_takes_a_snapshot_and_proves_its_digest(tmp_path):
    centre = make_centre(tmp_path / "centre")
    code = invite(centre, Invitee("other", "laptop", SCOPE, (SCOPE,)), dt.timedelta(hours=1))
    trust = ssl.create_default_context(cadata=centre.settings.authority_pem())
    trust.check_hostname = False
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
    )
    key = Ed25519PrivateKey.generate()
    with listening(centre) as running:
        client = Client(running.address, key, opener)
        device, user, scopes, _, _, centre_key, *_ = client.enrol(code, "other", LOGIN)
        assert SCOPE in scopes
        row_id = (1_795_000_000_000).to_bytes(6, "big") + secrets.token_bytes(10)
        values = {"file_number": "RYD-77", "committee_code": SCOPE, "rooms": 3}
        batch = other_client.seal_insert(key, [1, SCOPE, device, 1, 1, {}], "household", row_id, user, values)
        code, receipt = client.ask("push", batch)
        assert code == "ok"
        scope, number, sequence, time_ms, signature, *_ = receipt
        assert (scope, number, sequence) == (SCOPE, device, 1)
        word = b"tarahum receipt 1\x00" + encode([scope, number, sequence, time_ms])
        assert other_client.verified(centre_key, signature, word)
        with captured_session(centre.replica, None) as session:
            found = session.scalars(select(Household)).one()
            assert (found.id.bytes, found.file_number, found.rooms) == (row_id, "RYD-77", 3)
        hello = client.ask("hello", encode([1, 2, 1, 0, {SCOPE: [0, 1, bytes(8), 0]}]))
        for scope in (SCOPE, "national"):
            acknowledged, _, digest, rows, *_ = hello[4][scope]
            assert client.snapshot(scope, centre_key, TABLES) == (int.from_bytes(digest, "big"), rows)
            assert acknowledged == (scope == SCOPE)
        entries, *_ = client.ask("pull", encode(["national", 0, 65_536, True]))
        assert entries
        assert decode(entries[0][1])[0] in {b"TRH1", b"TRP1"}
        other_client.open_batch(entries[0][1], centre_key, TABLES)


def test_it_verifies_receipts_cards_and_the_head_of_a_pouch():
    for case in read("words")["signed"]:
        *said, signature = decode(bytes.fromhex(case["bytes"]))
        if case["kind"] == "VectorReceipt":
            said[1] = sorted(said[1].items())
        context = {"VectorReceipt": "vector", "BlobReceipt": "file", "HubCard": "hub"}[case["kind"]]
        signed = f"tarahum {context} 1\x00".encode() + encode(said)
        assert signed.hex() == case["signed"]
        assert other_client.verified(bytes.fromhex(case["public_key"]), signature, signed)
    pouch = read("pouch")
    for part in ("head", "tail"):
        body, signature = decode(bytes.fromhex(pouch[part]))
        signed = f"tarahum pouch {part} 1\x00".encode() + hashlib.sha256(body).digest()
        assert other_client.verified(bytes.fromhex(pouch["public_key"]), signature, signed)


def test_it_makes_the_proof_of_a_code():
    joining = read("joining")
    body, signature = decode(bytes.fromhex(joining["request"]))
    name, login, signing_key, sealing_key, made_at, proof, *_ = decode(body)
    known = hashlib.sha256(joining["code"].encode("ascii")).digest()
    told = b"tarahum code proof 1\x00" + encode([name, login, signing_key, sealing_key, made_at])
    assert hmac.digest(known, told, "sha256") == proof
    assert other_client.verified(signing_key, signature, b"tarahum join request 1\x00" + body)
    welcome, word = decode(bytes.fromhex(joining["welcome"]))
    named, reply, *_ = decode(welcome)
    assert named == hashlib.sha256(bytes.fromhex(joining["request"])).digest()
    assert hashlib.sha256(reply[5]).digest()[:12].hex() == joining["pin"]
    assert other_client.verified(reply[5], word, b"tarahum welcome 1\x00" + welcome)
