"""Whom a line may believe to be the centre: a pinned certificate, a pinned authority, or the machine's own authorities.

At its first call a new machine holds the fingerprint that came with its one-time code. It looks at the certificate
the other side shows before it says anything, and then opens a real connection that accepts that certificate alone.
The answer brings the centre's own authority, which is what later calls trust, so that a renewed certificate needs
no new fingerprint.
"""

import hashlib
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tarahum_desktop.sync.carriers.resume import resuming_sockets
from tarahum_desktop.sync.errors import SyncError

FINGERPRINT_BYTES: Final = 32
# Of the fingerprint, as it travels beside a one-time code: 96 bits against a second certificate that fits.
PIN_BYTES: Final = 12
_HTTPS_PORT: Final = 443


class CentreUntrusted(SyncError):
    """Whoever answered could not prove to be the centre: nothing was said to them."""

    code = "centre_untrusted"


@dataclass(frozen=True, slots=True)
class Trust:
    """``pin`` is the beginning of the SHA-256 of the certificate, ``authority`` the PEM of the only one trusted."""

    pin: bytes = b""
    authority: str = ""


def checked_address(address: str) -> SplitResult:
    """The parts of a centre's address; raises SyncError ``address_refused`` unless it is https, or http on loopback."""
    try:
        parts = urlsplit(address.strip())
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise SyncError("address_refused") from error
    plain_allowed = parts.scheme == "http" and host is not None and _is_loopback(host)
    if not host or parts.username or parts.query or not (parts.scheme == "https" or plain_allowed):
        raise SyncError("address_refused")
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def tls_context(parts: SplitResult, trust: Trust, timeout: float) -> ssl.SSLContext:
    """How a connection to this address proves who answers.

    Raises:
        CentreUntrusted: the certificate shown is not the pinned one.
        OSError: the line failed while looking.
    """
    if trust.authority:
        context = ssl.create_default_context(cadata=trust.authority)
        # This authority signs for the centre alone, whatever its address is today.
        context.check_hostname = False
    elif trust.pin:
        context = ssl.create_default_context(cadata=_pinned_certificate(parts, trust.pin, timeout))
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the certificate itself is the anchor
        context.check_hostname = False  # the pin names the certificate more exactly than a host name does
    else:
        context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = resuming_sockets()
    return context


def _pinned_certificate(parts: SplitResult, pin: bytes, timeout: float) -> bytes:
    """The certificate the other side shows, if it is the pinned one; no data is sent to whoever it is."""
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_mode = ssl.CERT_NONE
    host = parts.hostname or ""
    with (
        socket.create_connection((host, parts.port or _HTTPS_PORT), timeout) as line,
        looking.wrap_socket(line, server_hostname=host) as tls,
    ):
        shown = tls.getpeercert(binary_form=True) or b""
    if len(pin) < PIN_BYTES or not hashlib.sha256(shown).digest().startswith(pin):
        raise CentreUntrusted
    return shown
