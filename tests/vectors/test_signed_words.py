"""The frozen words that are signed beside batches and pages: read, verified and made again, byte for byte."""

import io
import json
from pathlib import Path

import msgspec
import pytest

from tarahum_desktop.sync.blobs.words import BlobReceipt
from tarahum_desktop.sync.exchange.hub_card import HubCard, read_card
from tarahum_desktop.sync.exchange.messages import decode
from tarahum_desktop.sync.exchange.vector import VectorReceipt
from tarahum_desktop.sync.pouch.errors import PouchTampered
from tarahum_desktop.sync.pouch.header import check_whole, read_header
from tarahum_desktop.sync.pouch.manifest import check_head, read_head, read_tail, sign_head, sign_tail
from tarahum_desktop.sync.pouch.newcomer import proves, read_request, read_welcome
from tarahum_desktop.sync.signatures import SigningKey, verify

FOLDER = Path(__file__).parent / "sync"
KINDS = {kind.__name__: kind for kind in (VectorReceipt, BlobReceipt, HubCard)}


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("case", read("words")["signed"], ids=lambda case: case["kind"])
def test_a_word_is_read_and_verified(case):
    data = bytes.fromhex(case["bytes"])
    word = decode(data, KINDS[case["kind"]])
    assert word.signed_bytes().hex() == case["signed"]
    assert verify(bytes.fromhex(case["public_key"]), word.signature, word.signed_bytes())
    assert msgspec.msgpack.encode(word) == data
    if case["kind"] == "HubCard":
        assert read_card(data) == word


def test_the_clear_beginning_of_a_pouch_is_read():
    vector = read("pouch")
    data = bytes.fromhex(vector["header"])
    file = io.BytesIO(data + b"age-encryption.org/v1 ...")
    header = read_header(file)
    check_whole(file, header)
    assert header.pack() == data
    assert header.file_name == vector["file_name"]


def fields_of(signed):
    return msgspec.msgpack.decode(msgspec.msgpack.decode(signed)[0], strict=True)


def test_head_and_tail_of_a_pouch_are_read_and_signed_the_same():
    vector = read("pouch")
    key = SigningKey(bytes([7]) * 32)
    head, tail = bytes.fromhex(vector["head"]), bytes.fromhex(vector["tail"])
    check_head(head, key.public)
    kept = fields_of(head)
    again = fields_of(sign_head(read_head(head), key))
    assert again[: len(kept)] == kept  # fields are only ever added behind these, and may be missing
    assert again[len(kept) :] == [[]]
    assert sign_tail(read_tail(tail, key.public), key) == tail
    with pytest.raises(PouchTampered):
        read_tail(head, key.public)


def test_a_request_to_join_and_its_welcome_are_read():
    vector = read("joining")
    content = bytes.fromhex(vector["request"])
    request = read_request(content)
    assert proves(request, bytes.fromhex(vector["code_hash"]))
    assert not proves(request, bytes(32))
    welcome = read_welcome(bytes.fromhex(vector["welcome"]), bytes.fromhex(vector["pin"]), content)
    assert (welcome.reply.device, welcome.office) == (9, 12)
    with pytest.raises(PouchTampered):
        read_welcome(bytes.fromhex(vector["welcome"]), bytes(12), content)
