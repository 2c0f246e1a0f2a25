"""An office's desktop serves its replica to the committee's laptops, while it is unlocked and told to.

The answering code is the centre's own, over this machine's encrypted file and in a thread of its own; typing goes on
beside it. Certificate and key are made anew at each start: the key lies on the disk only encrypted, under a password
that never leaves the memory, for the moment in which the TLS library reads it.
"""

import asyncio
import datetime as dt
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import uvicorn
from fastapi import APIRouter, FastAPI, Response
from sqlalchemy import Connection

from tarahum_desktop.casework.office_exchange import CARRIER
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.sync.carriers.lan_search import Announcement, own_addresses
from tarahum_desktop.sync.carriers.signed_request import CONTENT_TYPE
from tarahum_desktop.sync.contacts import note_contact
from tarahum_desktop.sync.errors import SyncError
from tarahum_desktop.sync.exchange.access import KnownDevice, find_device
from tarahum_desktop.sync.exchange.answers import OF_A_HUB
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.hub_answers import expect_others, offer_own, peer_gate, served
from tarahum_desktop.sync.exchange.hub_card import CARD_PATH, OFFICE, sign_card
from tarahum_desktop.sync.exchange.messages import EnrolReply, EnrolRequest, HelloRequest
from tarahum_desktop.sync.exchange.relay import OtherSide, note_serving
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.replica import Replica
from tarahum_desktop.sync.settings import read_setting, write_setting
from tarahum_desktop.sync.trim import KEEP_DAYS, keep_log_days
from tarahum_server.desk import Desk
from tarahum_server.metrics import Metrics
from tarahum_server.routes import Counter, add_calls
from tarahum_server.settings import Settings
from tarahum_server.tls import PassingCertificate, make_passing_certificate

PORT: Final = 8444
_PORT_KEY: Final = "hub_port"
_CERTIFICATE_DAYS: Final = 30
_LOG_DAYS: Final = 180  # a laptop that was away longer takes what it lacks from the centre
_THREADS: Final = 3  # the encrypted file has one writer, and somebody types there
_WAITING: Final = 64
_BODY_MEGABYTES: Final = 32
_STOP_SECONDS: Final = 10
_KEEP_ALIVE_SECONDS: Final = 30


class HubPlace:
    """An office's own way to answer (see ``tarahum_server.place.Place``)."""

    def __init__(
        self, replica: Replica, centre: OtherSide, committee: str, taken: Callable[[], None] = lambda: None
    ) -> None:
        self.replica = replica
        self.gate: Gate = peer_gate(centre)
        self._committee = committee
        self._tell = taken

    def admit(self, device: KnownDevice) -> KnownDevice:
        """Devices of the committee, with those of their scopes that are whole here."""
        with self.replica.engine.execution_options(read_only=True).connect() as connection:
            return served(connection, device, self._committee)

    def greet(self, device: KnownDevice, told: HelloRequest) -> KnownDevice:
        """Its word is kept, and what was typed here is put where the device takes from."""
        with self.replica.engine.begin() as connection:
            note_contact(connection, device.number, told, self.replica.wall(), CARRIER)
        offer_own(self.replica, device)
        return device

    def taking(self, scope: str) -> None:
        """From now on the centre may lack what lies here."""
        expect_others(self.replica, scope)

    def taken(self) -> None:
        """Tell whoever shows the rows; called from a thread of the hub."""
        self._tell()

    def lease_until(self) -> int:
        """An office leases nothing."""
        return 0

    def enrol(self, request: EnrolRequest) -> EnrolReply:  # noqa: ARG002 - as above
        """Only the centre enrols."""
        raise SyncError("hub_foreign")


class Hub:
    """Serves from ``start`` to ``stop``.

    Attributes:
        port: where it listens; 0 while it does not.
        announced: whether the local network was told; an address typed by hand works without.
    """

    def __init__(self, place: Workplace, taken: Callable[[], None] = lambda: None) -> None:
        self._place, self._taken = place, taken
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._announcement: Announcement | None = None
        self.port = 0

    @property
    def announced(self) -> bool:
        """Whether laptops can find it by themselves."""
        return self._announcement is not None

    @property
    def addresses(self) -> list[str]:
        """What a person types at a laptop that does not find it; empty while it does not listen."""
        return [f"https://{address}:{self.port}" for address in own_addresses()] if self.port else []

    def switch(self, *, on: bool, port: int = PORT) -> None:
        """Start or stop for good, by whoever looks after this machine; remembered here.

        Raises:
            NotAllowed: the person may not.
            SyncError: ``hub_not_office``, or ``hub_port_taken``.
        """
        place = self._place
        place.desk.require(Action.BACK_UP, place.enrolment.committee)
        if on:
            self.start(port)
        else:
            self.stop()
        with place.replica.engine.begin() as connection:
            write_setting(connection, _PORT_KEY, self.port or None)
            note_serving(connection, on)
            keep_log_days(connection, _LOG_DAYS if on else KEEP_DAYS)

    def resume(self) -> None:
        """Start again after unlocking if it was left switched on; a taken port is tried again next time."""
        with self._place.replica.engine.connect() as connection:
            port = wanted_port(connection)
        if port:
            self.start(port)

    def start(self, port: int = PORT, host: str = "0.0.0.0") -> None:  # noqa: S104 - laptops come from the office's network
        """Listen; returns when callers are answered. ``port`` 0 takes any.

        Raises:
            SyncError: ``hub_not_office``, or ``hub_port_taken``.
        """
        if self._server is not None:
            return
        place = self._place
        _require_office(place)
        listener = _listen(host, port)
        certificate = make_passing_certificate(dt.datetime.now(dt.UTC), _CERTIFICATE_DAYS)
        app = _make_app(place, sign_card_of(place, certificate), self._taken)
        server = _Server(_config(app, certificate))
        thread = threading.Thread(target=server.run, args=([listener],), name="hub", daemon=True)
        thread.start()
        server.up.wait()
        self._server, self._thread = server, thread
        self.port = listener.getsockname()[1]

    def announce(self, interfaces: tuple[str, ...] = ()) -> None:
        """Make it known on the local network; without one it stays unknown until the next time."""
        known = self._place.enrolment
        try:
            self._announcement = Announcement(known.committee, known.centre_key, self.port, interfaces)
        except LineFailed:
            self._announcement = None

    def stop(self) -> None:
        """Answer what is being answered, then listen no more."""
        if self._announcement is not None:
            self._announcement.close()
            self._announcement = None
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(_STOP_SECONDS)
        self._server = self._thread = None
        self.port = 0


class _Server(uvicorn.Server):
    """A server that says when it listens, or that it ended."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            asyncio.run(self.serve(sockets))
        finally:
            self.up.set()


def wanted_port(connection: Connection) -> int:
    """Where this machine was told to serve; 0 when it was not."""
    return int(read_setting(connection, _PORT_KEY) or 0)


def sign_card_of(place: Workplace, certificate: PassingCertificate) -> bytes:
    """This machine's card for a certificate."""
    return sign_card(place.replica.device, certificate.fingerprint, place.replica.now(), place.keys)


def _require_office(place: Workplace) -> None:
    with place.replica.engine.execution_options(read_only=True).connect() as connection:
        kind = find_device(connection, place.replica.device).kind
    if kind != OFFICE or not place.enrolment.committee:
        raise SyncError("hub_not_office")


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=_WAITING)
    except OSError as error:
        raise SyncError("hub_port_taken", port=port) from error


def _make_app(place: Workplace, card: bytes, taken: Callable[[], None]) -> FastAPI:
    known = place.enrolment
    centre = OtherSide(known.centre_device, known.centre_key, is_centre=True)
    desk = Desk(HubPlace(place.replica, centre, known.committee, taken))
    settings = Settings(folder=Path(), threads=_THREADS, waiting=_WAITING, body_megabytes=_BODY_MEGABYTES)
    router = APIRouter()
    add_calls(router, Counter(desk, Metrics(), settings), desk, sorted(OF_A_HUB))

    async def show_card() -> Response:
        return Response(card, media_type=CONTENT_TYPE)

    router.add_api_route(CARD_PATH, show_card, methods=["GET"])
    app = FastAPI(title="Tarahum hub", openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router)
    return app


def _config(app: FastAPI, certificate: PassingCertificate) -> uvicorn.Config:
    with tempfile.TemporaryDirectory(prefix="tarahum-hub-", ignore_cleanup_errors=True) as folder:
        shown, key = Path(folder, "hub.pem"), Path(folder, "hub.key")
        shown.write_bytes(certificate.certificate)
        key.write_bytes(certificate.key)
        options: dict[str, Any] = {
            "log_config": None,
            "access_log": False,
            "server_header": False,
            "date_header": False,
            "proxy_headers": False,
            "lifespan": "off",
            "timeout_keep_alive": _KEEP_ALIVE_SECONDS,
            "timeout_graceful_shutdown": _STOP_SECONDS,
        }
        config = uvicorn.Config(
            app,
            ssl_certfile=shown,
            ssl_keyfile=key,
            ssl_keyfile_password=certificate.password.decode(),
            **options,
        )
        config.load()
    return config
