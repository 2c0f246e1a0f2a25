"""What a desk answers for: the centre, or an office that serves its committee's laptops."""

import datetime as dt
import logging
from typing import Final, Protocol

from sqlalchemy.exc import SQLAlchemyError

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.sync.contacts import note_contact
from tarahum_desktop.sync.exchange.access import KnownDevice
from tarahum_desktop.sync.exchange.enrol import answer_enrol
from tarahum_desktop.sync.exchange.messages import LOWEST_VERSION, EnrolReply, EnrolRequest, HelloRequest
from tarahum_desktop.sync.permissions_check import centre_gate
from tarahum_desktop.sync.receive import Gate
from tarahum_desktop.sync.replica import Replica
from tarahum_server.centre import Centre
from tarahum_server.devices import has_left
from tarahum_server.relocations import settle

_LOG = logging.getLogger("tarahum.server")
_DAY: Final = dt.timedelta(days=1) // dt.timedelta(milliseconds=1)


class Place(Protocol):
    """A replica that others call, and what is its own way."""

    @property
    def replica(self) -> Replica:
        """Whose database is asked."""

    @property
    def gate(self) -> Gate:
        """Who decides on batches."""

    def admit(self, device: KnownDevice) -> KnownDevice:
        """The device with what it may do here; raises SyncError for one that is not served."""

    def greet(self, device: KnownDevice, told: HelloRequest) -> KnownDevice:
        """What is done before a device is told who has what; the device with what it may do then."""

    def taking(self, scope: str) -> None:
        """Somebody's batch for a scope is about to be applied."""

    def taken(self) -> None:
        """A batch was answered."""

    def lease_until(self) -> int:
        """How long a device may work without contact after this one, in UTC milliseconds; 0 says nothing of it."""

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Admit a new device; raises SyncError."""


class CentrePlace:
    """The centre's way: it leases, enrols, and acts upon what its batches ask of it."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._authority = centre.settings.authority_pem()
        self.replica = centre.replica
        self.gate = centre_gate()

    def admit(self, device: KnownDevice) -> KnownDevice:
        """Every device of the country."""
        return device

    def greet(self, device: KnownDevice, told: HelloRequest) -> KnownDevice:
        """See to what waits, so that the answer names it; what the device was to let go and did is no more its own."""
        self.taken()
        with self.replica.engine.begin() as connection:
            note_contact(connection, device.number, told, self.replica.wall())
        if device.leaving and told.highest > LOWEST_VERSION:
            return has_left(self._centre, device.number, told.scopes)
        return device

    def taking(self, scope: str) -> None:
        """Nothing: what arrives here has arrived."""

    def taken(self) -> None:
        """Act upon offers and late content; the caller's own request is answered whatever comes of it."""
        try:
            settle(self.replica)
        except (TarahumError, SQLAlchemyError) as error:
            # Everything it left undone is still in the database, and the next call tries again.
            _LOG.error("settling stopped by %s", type(error).__name__)

    def lease_until(self) -> int:
        """The days of the settings from now on."""
        return self.replica.wall() + self._centre.settings.lease_days * _DAY

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """By one-time code."""
        return answer_enrol(self.replica, request, self._centre.key.public, self._authority)
