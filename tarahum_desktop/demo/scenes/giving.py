"""The office gives: funds are opened, baskets handed over, a sheet goes to finance and comes back with one failure."""

import csv
import io
from collections.abc import Callable
from typing import Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.giving.confirmations import apply_confirmations
from tarahum_desktop.casework.giving.deliver import Proof
from tarahum_desktop.casework.giving.fund_book import NewEntry, enter_money, fund_lines
from tarahum_desktop.casework.giving.hand_over import hand_over
from tarahum_desktop.casework.giving.payees import PayableFilter, payable
from tarahum_desktop.casework.giving.sheet_rows import pay_lines
from tarahum_desktop.casework.giving.sheets import NewSheet, SheetMade, make_sheet, mark_sent, sheet_file
from tarahum_desktop.casework.giving.waiting import WaitingFilter, to_deliver
from tarahum_desktop.domain.funds import EntryKind
from tarahum_desktop.domain.money import SAR
from tarahum_desktop.reports.payment_sheet.columns import COLUMNS, FAILED_WORD, PAID_WORD, Field

_OPENING: Final = 400_000 * SAR
_RECEIPT: Final = 25_000 * SAR
_BASKETS: Final = 4
_PAID: Final = 5
_SEVERAL: Final = 3
_WHY: Final = "لا يصرف إلا للحسابات التي تأكدت منها الباحثة هاتفيًا"


def play(desk_of: Callable[[str], Desk]) -> None:
    """Play the office's week with its funds."""
    admin = desk_of("admin")
    for line in fund_lines(admin):
        enter_money(admin, NewEntry(line.committee_code, line.fund, EntryKind.OPENING, _OPENING))
        enter_money(
            admin,
            NewEntry(line.committee_code, line.fund, EntryKind.RECEIPT, _RECEIPT, reference="سند قبض 118"),
        )
    officer = desk_of("officer1")
    baskets = to_deliver(officer, WaitingFilter(money=False), _BASKETS)
    hand_over(officer, [line.item_id for line in baskets], (Proof(0, "م-214"),))
    promised = list(dict.fromkeys(line.fund for line in to_deliver(admin, WaitingFilter(money=True))))
    for fund in promised[1:]:  # the first fund is left to whoever looks at the demonstration
        _pay(admin, fund)


def _pay(admin: Desk, fund: str) -> None:
    committee = admin.user.committee_code or ""
    good = [line for line in payable(admin, PayableFilter(committee, fund)) if line.ready][:_PAID]
    if not good:
        return
    items = tuple(line.line.item_id for line in good)
    made = make_sheet(admin, NewSheet(committee, fund, items, justification=_WHY))
    mark_sent(admin, made.sheet_id, sheet_file(admin, made.sheet_id).sha256)
    apply_confirmations(admin, _answers(admin, made))


def _answers(admin: Desk, made: SheetMade) -> bytes:
    """The file as finance returns it: the first failed, the last is still to be answered."""
    with admin.reading() as connection:
        lines = pay_lines(connection, made.sheet_id)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow([column.heading for column in COLUMNS])
    for line in lines[: len(lines) - (len(lines) >= _SEVERAL)]:
        failed = line.position == 1 and len(lines) > 1
        values = {
            Field.SHEET: made.number, Field.POSITION: line.position, Field.IBAN: line.iban,
            Field.AMOUNT: f"{line.amount_halalas / SAR:.2f}", Field.OUTCOME: FAILED_WORD if failed else PAID_WORD,
            Field.REFERENCE: "" if failed else f"FT{line.position:06}",
            Field.PAID_ON: admin.today().isoformat(), Field.REASON: "الحساب مغلق" if failed else "",
        }  # fmt: skip
        rows.writerow([values.get(column.field, "") for column in COLUMNS])
    return text.getvalue().encode()
