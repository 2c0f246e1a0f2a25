"""A pouch, a stick and a request to join that were written once are read for ever."""

import io
import json
from pathlib import Path

import pytest

from tarahum_desktop.sync.codec.envelope import open_batch
from tarahum_desktop.sync.exchange.enrol import code_hash
from tarahum_desktop.sync.pouch.bech32 import read_bech32, write_bech32
from tarahum_desktop.sync.pouch.frames import Kind
from tarahum_desktop.sync.pouch.header import fingerprint_digits, read_header
from tarahum_desktop.sync.pouch.newcomer import proves, read_request
from tarahum_desktop.sync.pouch.opened import look_through, read_again
from tarahum_desktop.sync.pouch.stick import MARKER, read_stick
from tarahum_desktop.sync.signatures import verify

HERE = Path(__file__).parent / "sync"
TOLD = json.loads((HERE / "pouch-1.json").read_text("utf-8"))
POUCH = (HERE / "pouch-1.bin").read_bytes()


def key(name: str) -> bytes:
    return bytes.fromhex(TOLD[name])


@pytest.mark.parametrize("receiver", ["office", "centre"])
def test_each_receiver_opens_the_pouch_and_finds_what_its_maker_signed(receiver):
    private, file = key(f"{receiver}_sealing_private"), io.BytesIO(POUCH)
    opened = look_through(file, private, lambda _head: key("maker_signing_public"))
    head, tail = opened.head, opened.tail
    assert (head.number, head.maker, head.receivers) == (TOLD["number"], TOLD["maker"], TOLD["receivers"])
    assert head.made_at == TOLD["made_at"]
    assert tail.scopes["ryd"].changes == len(TOLD["file_numbers"])
    found = []

    def take(_place, part):
        if part.kind == Kind.BATCH:
            batch = open_batch(part.content, lambda _device: key("maker_signing_public"), verify)
            (group,) = batch.inserts
            found.extend(group.columns[group.names.index("file_number")])

    read_again(file, opened, private, take)
    assert sorted(found) == TOLD["file_numbers"]


def test_the_outside_names_numbers_and_nothing_else():
    header = read_header(io.BytesIO(POUCH))
    assert header.file_name == "000001-3-2.tarahum-pouch"
    assert len(fingerprint_digits(header.fingerprint)) == 19
    assert b"ryd" not in POUCH
    assert b"VECTOR" not in POUCH


def test_the_stick_and_the_request_are_read_as_they_were_written(tmp_path):
    (tmp_path / MARKER).write_bytes(key("stick"))
    stick, _, _ = read_stick(tmp_path)
    assert (stick.said.committee, stick.said.device, stick.said.registered_at) == ("ryd", 2, TOLD["made_at"])
    request = read_request(key("request"))
    assert (request.name, request.login) == ("prison", "clerk")
    assert proves(request, code_hash(TOLD["code"]))
    assert not proves(request, code_hash("1" * 20))


def test_keys_are_written_as_the_published_examples_of_the_format():
    """BIP-173's own valid strings, and a recipient of age's documentation."""
    assert write_bech32("a", b"") == "a12uel5l"
    recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    assert write_bech32("age", read_bech32("age", recipient)) == recipient
    with pytest.raises(ValueError, match="bech32"):
        read_bech32("age", recipient[:-1] + "q")
