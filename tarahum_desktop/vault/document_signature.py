"""A signature inside a PDF file (ISO 32000-2 §12.8, Ed25519 by ISO/TS 32002), made with the device's own key.

The certificate is made on the spot and vouches for nothing by itself: a reader compares its key with the keys the
centre knows of enrolled devices. No time server and no network: the library is given nothing it could fetch.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Protocol

from tarahum_desktop.vault.errors import VaultError

LARGEST_BYTES: Final = 50_000_000
_FIELD: Final = "TarahumSignature"
_LIFE: Final = dt.timedelta(days=3650)
_MECHANISM: Final = "ed25519"


class DocumentSigner(Protocol):
    """Holds an Ed25519 key; ``DeviceKeys`` does."""

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature of ``data``."""


class DocumentNotReadable(VaultError):
    """The file is no PDF with a signature of ours, or too large."""

    code = "document_not_readable"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, where they belong, with which public key (32 bytes), when (aware) and why."""

    name: str
    organisation: str
    public_key: bytes
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """The signed file and its SHA-256, by which the record names it."""

    content: bytes
    sha256: bytes


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """What a signature says. ``intact`` is true only when every byte of the file is as it was signed."""

    intact: bool
    public_key: bytes
    name: str
    signed_at: dt.datetime | None


def sign_document(content: bytes, signer: DocumentSigner, signing: Signing) -> SignedDocument:
    """Sign a PDF file; nothing on its pages changes."""
    # The PDF signature stack takes half a second to load, and few people sign.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import PdfSignatureMetadata, signers  # noqa: PLC0415
    from pyhanko.sign.fields import MDPPerm  # noqa: PLC0415

    meta = PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha512", reason=signing.reason, name=signing.name, certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    writer = IncrementalPdfFileWriter(BytesIO(content))
    out = signers.sign_pdf(writer, meta, signer=_key_signer(signer, signing)).getvalue()
    return SignedDocument(out, hashlib.sha256(out).digest())


def check_document(content: bytes) -> SignatureCheck:
    """Check the signature inside a PDF file, by its own certificate alone.

    Raises:
        DocumentNotReadable: no PDF, no signature, or more than ``LARGEST_BYTES``.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - as above
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    if len(content) > LARGEST_BYTES:
        raise DocumentNotReadable
    try:
        (embedded,) = PdfFileReader(BytesIO(content)).embedded_signatures
        certificate = embedded.signer_cert
        trust = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = validate_pdf_signature(embedded, signer_validation_context=trust)
    except Exception:  # noqa: BLE001 - the reader raises many kinds for damaged bytes; none of them tells people more
        raise DocumentNotReadable from None
    whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    return SignatureCheck(
        bool(status.intact and status.valid and whole),
        bytes(certificate.public_key["public_key"].native),
        str(embedded.sig_object.get("/Name", "")),
        embedded.self_reported_timestamp,
    )


def _key_signer(signer: DocumentSigner, signing: Signing) -> Any:
    """The library's signer over the device's key, which never leaves its holder."""
    from pyhanko.sign.signers import Signer  # noqa: PLC0415 - as above
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    class KeySigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002 - the library's signature
            return bytes(64) if dry_run else signer.sign(data)

    certificate = _certificate(signer, signing)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library's own gap
    store.register(certificate)
    return KeySigner(signing_cert=certificate, cert_registry=store)


def _name(signing: Signing) -> Any:
    """The subject of the certificate.

    A name that mixes scripts is no valid subject (RFC 4518 §2.4), so the key names itself then; the signature's own
    entry has the person's name in any case.
    """
    from asn1crypto import x509  # type: ignore[import-untyped]  # noqa: PLC0415 - as above; it carries no types

    name = x509.Name.build({"common_name": signing.name, "organization_name": signing.organisation})
    try:
        name.hashable  # noqa: B018 - reading it prepares the name, which is where a bad one fails
    except ValueError:
        return x509.Name.build({"common_name": f"key {signing.public_key.hex()[:16]}"})
    return name


def _certificate(signer: DocumentSigner, signing: Signing) -> Any:
    """A self-signed certificate (RFC 5280, RFC 8410) of the device's key in the signer's name."""
    from asn1crypto import keys, x509  # noqa: PLC0415 - as above

    name = _name(signing)
    key = keys.PublicKeyInfo({"algorithm": {"algorithm": _MECHANISM}, "public_key": signing.public_key})
    begins = signing.at.astimezone(dt.UTC).replace(microsecond=0)
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(hashlib.sha256(signing.public_key).digest()[:8]) | 1,
            "signature": {"algorithm": _MECHANISM},
            "issuer": name,
            "validity": {"not_before": x509.Time(name="general_time", value=begins - dt.timedelta(days=1)),
                         "not_after": x509.Time(name="general_time", value=begins + _LIFE)},
            "subject": name,
            "subject_public_key_info": key,
            "extensions": [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": False}},
                {"extn_id": "key_usage", "critical": True, "extn_value": {"digital_signature", "non_repudiation"}},
                {"extn_id": "key_identifier", "extn_value": key.sha1},
            ],
        }
    )  # fmt: skip
    return x509.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": {"algorithm": _MECHANISM},
            "signature_value": signer.sign(body.dump()),
        }
    )
