"""A device's keys sign, are stored whole, and nothing malformed passes for a signature."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tarahum_desktop.sync.signatures import verify
from tarahum_desktop.vault.device_keys import DeviceKeys

KEYS = DeviceKeys.from_bytes(b"\x01" + bytes(range(32)) + bytes(range(32, 64)))


def test_the_first_vector_of_rfc_8032_holds() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    keys = DeviceKeys.from_bytes(b"\x01" + seed + bytes(32))
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert keys.signing_public.hex() == public
    assert keys.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974")


@given(data=st.binary(max_size=200), at=st.integers(0, 511))
def test_a_signature_holds_for_its_data_and_key_only(data: bytes, at: int) -> None:
    signature = KEYS.sign(data)
    assert verify(KEYS.signing_public, signature, data)
    flipped = bytearray(signature)
    flipped[at // 8] ^= 1 << (at % 8)
    assert not verify(KEYS.signing_public, bytes(flipped), data)
    assert not verify(KEYS.signing_public, signature, data + b"\x00")
    assert not verify(DeviceKeys.generate().signing_public, signature, data)


@given(public=st.binary(max_size=40), signature=st.binary(max_size=70))
def test_malformed_keys_and_signatures_are_simply_not_valid(public: bytes, signature: bytes) -> None:
    assert not verify(public, signature, b"data")


def test_keys_come_back_whole_from_their_bytes() -> None:
    keys = DeviceKeys.generate()
    again = DeviceKeys.from_bytes(keys.to_bytes())
    assert again.signing_public == keys.signing_public
    assert again.sealing_public == keys.sealing_public
    assert len({keys.signing_private, keys.sealing_private}) == 2


def test_two_devices_agree_on_a_secret_by_their_sealing_keys() -> None:
    stranger = X25519PrivateKey.generate()
    ours = X25519PrivateKey.from_private_bytes(KEYS.sealing_private)
    public = X25519PublicKey.from_public_bytes(KEYS.sealing_public)
    assert ours.exchange(stranger.public_key()) == stranger.exchange(public)


@pytest.mark.parametrize(
    "stored", [b"", bytes(65), b"\x02" + bytes(64), b"\x01" + bytes(63), b"\x01" + bytes(65)]
)
def test_other_bytes_are_no_keys(stored: bytes) -> None:
    with pytest.raises(ValueError, match="not a device key record"):
        DeviceKeys.from_bytes(stored)


def test_showing_keys_shows_no_private_part() -> None:
    assert KEYS.signing_private.hex() not in repr(KEYS)
    assert KEYS.sealing_private.hex() not in repr(KEYS)
