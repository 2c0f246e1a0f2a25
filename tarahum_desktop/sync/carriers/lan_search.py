"""Finds an office's hub on the local network by multicast DNS (RFC 6762, RFC 6763), and announces one.

What is announced names nobody: a random word, a port, a salt, and a digest that only those can match who know the
committee and its centre. Whoever is found proves to be the hub when a line is opened, not here. Without a network both
halves fail at once and quietly.
"""

import secrets
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from zeroconf import Error as SearchError
from zeroconf import IPVersion, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.hub_card import SALT_BYTES, mark

SEARCH_SECONDS: Final = 3.0
_KIND: Final = "_tarahum._tcp.local."
_SALT: Final = b"s"
_MARK: Final = b"m"
_WORD_BYTES: Final = 6
_ANSWER_MILLISECONDS: Final = 1_000
_MOST_FOUND: Final = 16
_LOOPBACK: Final = "127.0.0.1"


class Announcement:
    """A hub made known on the local network until it is closed.

    Args:
        committee, centre_key: what those know who may find it.
        port: where it listens.
        interfaces: addresses of this machine's cards; all of them when empty.

    Raises:
        LineFailed: there is no network here.
    """

    def __init__(self, committee: str, centre_key: bytes, port: int, interfaces: Sequence[str] = ()) -> None:
        self._net = _open(interfaces)
        salt, word = secrets.token_bytes(SALT_BYTES), secrets.token_hex(_WORD_BYTES)
        self._info = ServiceInfo(
            _KIND,
            f"{word}.{_KIND}",
            parsed_addresses=list(interfaces or own_addresses()),
            port=port,
            properties={_SALT: salt, _MARK: mark(salt, committee, centre_key)},
            server=f"{word}.local.",
        )
        try:
            self._net.register_service(self._info)
        except (SearchError, OSError) as error:
            self._net.close()
            raise LineFailed from error

    def close(self) -> None:
        """Take it back, so that nobody goes on looking for it here."""
        try:
            self._net.unregister_service(self._info)
        except (SearchError, OSError):
            return  # the network went first; whoever looks finds nobody there
        finally:
            self._net.close()


class _Found(ServiceListener):
    """Collects names while the network answers; its methods are called from the library's thread."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._news = threading.Condition()

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:  # noqa: ARG002 - the library's shape
        with self._news:
            if len(self._names) < _MOST_FOUND:
                self._names.append(name)
            self._news.notify()

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        """Nothing of an announcement changes while it stands."""

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        """Whoever left does not answer."""

    def next_name(self, seen: int, seconds: float) -> str | None:
        with self._news:
            self._news.wait_for(lambda: len(self._names) > seen, seconds)
            return self._names[seen] if len(self._names) > seen else None


def find_hub(
    committee: str, centre_key: bytes, seconds: float = SEARCH_SECONDS, interfaces: Sequence[str] = ()
) -> str | None:
    """The address of a hub of this committee, None when none answers in time or there is no network."""
    try:
        net = _open(interfaces)
    except LineFailed:
        return None
    found = _Found()
    browser = ServiceBrowser(net, _KIND, listener=found)
    try:
        seen = 0
        while name := found.next_name(seen, seconds):
            seen += 1
            info = net.get_service_info(_KIND, name, timeout=_ANSWER_MILLISECONDS)
            if info is not None and _is_ours(info, committee, centre_key):
                return f"https://{info.parsed_addresses(IPVersion.V4Only)[0]}:{info.port}"
    except (SearchError, OSError):
        return None
    finally:
        browser.cancel()
        net.close()
    return None


def _is_ours(info: ServiceInfo, committee: str, centre_key: bytes) -> bool:
    salt, shown = info.properties.get(_SALT), info.properties.get(_MARK)
    return bool(salt and shown and info.parsed_addresses(IPVersion.V4Only)) and secrets.compare_digest(
        mark(salt or b"", committee, centre_key), shown or b""
    )


def _open(interfaces: Sequence[str]) -> Zeroconf:
    """The library on these cards; looked at first, because it leaves sockets open where it fails."""
    cards = list(interfaces) or [card for card in own_addresses() if card != _LOOPBACK]
    try:
        for card in cards:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                probe.bind((card, 0))
        if cards:
            return Zeroconf(interfaces=cards, ip_version=IPVersion.V4Only)
    except (SearchError, OSError) as error:
        raise LineFailed from error
    raise LineFailed


def own_addresses() -> list[str]:
    """The addresses under which others on the local network reach this machine; the loopback one alone without any."""
    found: set[str] = set()
    with suppress(OSError):  # a machine that does not know its own name may still have a card
        known = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found.update(str(entry[4][0]) for entry in known)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # a documentation address (RFC 5737); nothing is sent
        found.add(str(probe.getsockname()[0]))
    return sorted(address for address in found if not address.startswith("127.")) or [_LOOPBACK]
