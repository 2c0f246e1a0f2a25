"""Addresses, codes and pins, as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.sync.carriers.trust import PIN_BYTES, checked_address
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.enrol import BadInvitation, code_hash, read_invitation, write_invitation


@pytest.mark.parametrize(
    "address",
    [
        "https://centre.example",
        "https://10.0.0.1:8443/tarahum/",
        "http://127.0.0.1:80",
        "http://[::1]",
        "http://localhost",
    ],
)
def test_https_and_loopback_addresses_are_taken(address):
    assert checked_address(f" {address} ").hostname


@pytest.mark.parametrize(
    "address",
    ["", "centre.example", "http://centre.example", "http://10.0.0.1", "ftp://localhost", "https://", "https://u:p@x",
     "https://x:99999", "https://x?y=1", "http://127.0.0.1.example", "https://[::1", "file:///etc/passwd"],
)  # fmt: skip
def test_other_addresses_are_refused(address):
    with pytest.raises(SyncError, match="address_refused"):
        checked_address(address)


@given(st.binary(min_size=13, max_size=13), st.binary(min_size=32, max_size=32))
def test_a_code_is_read_as_it_was_written_however_it_is_typed(secret, fingerprint):
    written = write_invitation(secret, fingerprint)
    code, trust = read_invitation(written)
    assert trust.pin == fingerprint[:PIN_BYTES]
    sloppy = f" {written.lower().replace('-', ' ').replace('0', 'o').replace('1', 'i')} "
    assert read_invitation(sloppy) == (code, trust)
    assert len(code) == 20
    assert code_hash(write_invitation(secret, b"")) == code_hash(code)


@given(st.binary(min_size=13, max_size=13), st.binary(min_size=13, max_size=13))
def test_codes_differ_where_their_first_hundred_bits_do(one, two):
    same = int.from_bytes(one, "big") >> 4 == int.from_bytes(two, "big") >> 4
    assert (write_invitation(one, b"") == write_invitation(two, b"")) == same


@given(st.text(max_size=200))
def test_anything_else_is_no_code(typed):
    try:
        code, trust = read_invitation(typed)
    except BadInvitation:
        return
    assert len(code) == 20
    assert len(trust.pin) in {0, PIN_BYTES}


@pytest.mark.parametrize(
    "typed", ["", "0" * 19, "0" * 21, "U" * 20, "0" * 20 + "/", "0" * 20 + "/" + "0" * 19, "٠" * 20]
)
def test_codes_of_wrong_length_or_letters_are_refused(typed):
    with pytest.raises(BadInvitation):
        read_invitation(typed)
