"""A signed page can be checked by anybody, and no byte of it can change unnoticed."""

import datetime as dt
import hashlib
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from tarahum_desktop.vault.device_keys import DeviceKeys
from tarahum_desktop.vault.document_signature import (
    DocumentNotReadable,
    Signing,
    check_document,
    sign_document,
)

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def keys() -> DeviceKeys:
    return DeviceKeys.generate()


@pytest.fixture(scope="module")
def page() -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pageCompression=0)
    canvas.drawString(100, 700, "approved: 41 cases")
    canvas.save()
    return file.getvalue()


@pytest.fixture(scope="module")
def signed(keys: DeviceKeys, page: bytes) -> bytes:
    signing = Signing("سعد القحطاني", "لجنة القصيم", keys.signing_public, AT, "محضر اعتماد")
    made = sign_document(page, keys, signing)
    assert made.sha256 == hashlib.sha256(made.content).digest()
    return made.content


def test_a_signed_page_names_its_signer_and_the_devices_key(keys: DeviceKeys, signed: bytes) -> None:
    check = check_document(signed)
    assert check.intact
    assert (check.name, check.public_key) == ("سعد القحطاني", keys.signing_public)
    assert check.signed_at is not None


@pytest.mark.parametrize("name", ["موظف supervisor", "سعد 2", "ORG لجنة", "", "=,+\u200f"])
def test_any_name_people_have_can_sign(keys: DeviceKeys, page: bytes, name: str) -> None:
    check = check_document(
        sign_document(page, keys, Signing(name, name, keys.signing_public, AT, name)).content
    )
    assert (check.intact, check.name) == (True, name)


def test_the_page_itself_is_kept_byte_by_byte(page: bytes, signed: bytes) -> None:
    assert signed.startswith(page)


def test_a_changed_word_is_noticed(signed: bytes) -> None:
    forged = signed.replace(b"approved: 41", b"approved: 91")
    assert forged != signed
    assert not check_document(forged).intact


def test_something_added_after_signing_is_noticed(signed: bytes) -> None:
    assert not check_document(signed + b"\n% one more line\n").intact


@pytest.mark.parametrize("content", [b"", b"not a page", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_signed_page_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentNotReadable):
        check_document(content)


def test_an_unsigned_page_is_refused(page: bytes) -> None:
    with pytest.raises(DocumentNotReadable):
        check_document(page)


def test_no_line_is_opened_to_sign_or_to_check(
    keys: DeviceKeys, page: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    signing = Signing("A", "B", keys.signing_public, AT, "C")
    assert check_document(sign_document(page, keys, signing).content).intact
