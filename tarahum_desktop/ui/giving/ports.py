"""What the deliveries and payments screen needs from the rest of the program; each function runs on the worker's thread."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tarahum_desktop.casework.giving.catalogue import GivenService, Named
from tarahum_desktop.casework.giving.confirmations import Applied, Confirmations
from tarahum_desktop.casework.giving.deliver import Delivered, NewDelivery, Proof
from tarahum_desktop.casework.giving.fund_book import FundLine, FundRow, NewEntry
from tarahum_desktop.casework.giving.hand_over import HandedOver
from tarahum_desktop.casework.giving.payees import PayableLine, ProxyPayee
from tarahum_desktop.casework.giving.sheet_rows import FailedLine
from tarahum_desktop.casework.giving.sheets import SheetFile, SheetLine, SheetMade
from tarahum_desktop.casework.giving.status import ItemChain, ItemLine
from tarahum_desktop.casework.giving.waiting import WaitingLine
from tarahum_desktop.casework.unit_of_work import ChangeSummary


@dataclass(frozen=True)
class Lists:
    """What is chosen from: services, places and funds, and the committee of the person at the desk."""

    services: Sequence[GivenService]
    places: Sequence[Named]
    funds: Sequence[Named]
    committee: str
    may_pay: bool
    may_keep_funds: bool


@dataclass(frozen=True)
class GivingPorts:
    """Functions of the casework room, and the two windows that ask for a file."""

    lists: Callable[[], Lists]
    to_deliver: Callable[[str, str], Sequence[WaitingLine]]
    record: Callable[[NewDelivery], Delivered]
    take_back: Callable[[uuid.UUID, str], ChangeSummary]
    hand_over: Callable[[Sequence[uuid.UUID], tuple[Proof, ...], dt.date | None], HandedOver]
    find: Callable[[str], Sequence[ItemLine]]
    chain: Callable[[uuid.UUID], ItemChain]
    payable: Callable[[str], Sequence[PayableLine]]
    make_sheet: Callable[[str, Sequence[uuid.UUID], dict[uuid.UUID, ProxyPayee], str], SheetMade]
    sheets: Callable[[], Sequence[SheetLine]]
    sheet_file: Callable[[uuid.UUID], SheetFile]
    mark_sent: Callable[[uuid.UUID, bytes], ChangeSummary]
    withdraw: Callable[[uuid.UUID, str], ChangeSummary]
    read_confirmations: Callable[[Path], Confirmations]
    apply_confirmations: Callable[[Path], Applied]
    failed: Callable[[], Sequence[FailedLine]]
    correct_iban: Callable[[uuid.UUID, str], ChangeSummary]
    funds: Callable[[], Sequence[FundLine]]
    fund_rows: Callable[[str, str], Sequence[FundRow]]
    enter_money: Callable[[NewEntry], ChangeSummary]
    save_file: Callable[[str, bytes], bool]
    open_file: Callable[[], Path | None]
    today: Callable[[], dt.date]
