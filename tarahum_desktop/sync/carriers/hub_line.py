"""Opens a line to an office's hub: looks at its card, believes it by the device key known here, pins its certificate."""

import http.client
import ssl
from dataclasses import dataclass
from typing import Final

from tarahum_desktop.sync.carriers.http import HttpCarrier
from tarahum_desktop.sync.carriers.trust import Trust, checked_address
from tarahum_desktop.sync.codec.envelope import Signer
from tarahum_desktop.sync.exchange.carrier import LineFailed
from tarahum_desktop.sync.exchange.hub_card import CARD_PATH, MAX_CARD_BYTES, HubCard, known_hub, read_card
from tarahum_desktop.sync.exchange.relay import OtherSide
from tarahum_desktop.sync.replica import Replica

_LOOK_SECONDS: Final = 5.0
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class HubLine:
    """An open line, closed by whoever opened it, and whom it leads to."""

    line: HttpCarrier
    hub: OtherSide


def open_hub_line(replica: Replica, signer: Signer, address: str, committee: str) -> HubLine:
    """A line to the hub at an address.

    Raises:
        CentreUntrusted: whoever answers is no office of this committee, by what this replica knows.
        LineFailed: nobody answers.
        SyncError: ``address_refused``.
    """
    card = read_card(_look(address))
    with replica.engine.execution_options(read_only=True).connect() as connection:
        device = known_hub(connection, card, committee)
    line = HttpCarrier(address, replica.device, signer, replica.now, Trust(pin=card.fingerprint))
    return HubLine(line, OtherSide(device.number, device.signing_key, is_centre=False))


def look_at(address: str) -> HubCard:
    """The card shown at an address, nothing verified; raises LineFailed or CentreUntrusted."""
    return read_card(_look(address))


def _look(address: str) -> bytes:
    """What is shown there; nothing is said to whoever it is, and nothing believed yet."""
    parts = checked_address(address)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    line = http.client.HTTPSConnection(
        parts.hostname or "", parts.port, timeout=_LOOK_SECONDS, context=context
    )
    try:
        line.request("GET", CARD_PATH)
        answer = line.getresponse()
        shown = answer.read(MAX_CARD_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise LineFailed from error
    finally:
        line.close()
    if answer.status != _OK:
        raise LineFailed(status=answer.status)
    return shown
