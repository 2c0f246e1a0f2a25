"""Handing over, paying, and the funds."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tarahum_desktop.casework.giving import fund_book, payees, sheet_rows, sheets, waiting
from tarahum_desktop.casework.giving.catalogue import funds, services
from tarahum_desktop.casework.giving.confirmations import apply_confirmations, read_confirmations
from tarahum_desktop.casework.giving.deliver import record_delivery, take_back
from tarahum_desktop.casework.giving.hand_over import hand_over
from tarahum_desktop.casework.giving.status import find_items, item_chain
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.write_file import write_file
from tarahum_desktop.ui.giving.ports import GivingPorts, Lists
from tarahum_desktop.ui.giving.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The deliveries and payments screen."""
    words = kit.words
    ports = GivingPorts(
        lists=lambda: _lists(place),
        to_deliver=lambda service, where: waiting.to_deliver(
            place.desk, waiting.WaitingFilter(service, where)
        ),
        record=lambda new: record_delivery(place.desk, new),
        take_back=lambda row, reason: take_back(place.desk, row, reason),
        hand_over=lambda items, proofs, day: hand_over(place.desk, items, proofs, day),
        find=lambda typed: find_items(place.desk, typed),
        chain=lambda item: item_chain(place.desk, item),
        payable=lambda fund: payees.payable(place.desk, payees.PayableFilter(_committee(place), fund)),
        make_sheet=lambda fund, items, proxies, why: sheets.make_sheet(
            place.desk, sheets.NewSheet(_committee(place), fund, tuple(items), proxies, why)
        ),
        sheets=lambda: sheets.sheets(place.desk),
        sheet_file=lambda sheet: sheets.sheet_file(place.desk, sheet),
        mark_sent=lambda sheet, sha256: sheets.mark_sent(place.desk, sheet, sha256),
        withdraw=lambda sheet, reason: sheets.withdraw_sheet(place.desk, sheet, reason),
        read_confirmations=lambda path: read_confirmations(place.desk, path),
        apply_confirmations=lambda path: apply_confirmations(place.desk, path),
        failed=lambda: sheet_rows.failed_payments(place.desk),
        correct_iban=lambda person, typed: sheet_rows.correct_iban(place.desk, person, typed),
        funds=lambda: fund_book.fund_lines(place.desk),
        fund_rows=lambda committee, fund: fund_book.fund_rows(place.desk, committee, fund),
        enter_money=lambda new: fund_book.enter_money(place.desk, new),
        save_file=lambda name, content: _save(words, name, content),
        open_file=lambda: _open(words),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
    )
    return [spec(ports)]


def _committee(place: Workplace) -> str:
    return place.desk.user.committee_code or ""


def _lists(place: Workplace) -> Lists:
    desk, committee = place.desk, _committee(place)
    with desk.reading() as connection:
        known, of_funds = (
            list(services(connection, place.desk.today()).values()),
            list(funds(connection).values()),
        )
    return Lists(
        known,
        waiting.places_waiting(desk),
        of_funds,
        committee,
        desk.may(Action.MAKE_PAYMENTS, committee),
        desk.may(Action.KEEP_FUNDS, committee),
    )


def _save(words: Words, name: str, content: bytes) -> bool:
    """Ask where the sheet goes and write it whole; False when the person thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(None, words.t("Save the payment sheet"), name, "XLSX (*.xlsx)")
    if not chosen:
        return False
    write_file(Path(chosen), content)
    return True


def _open(words: Words) -> Path | None:
    """Ask for the file that finance sent back."""
    chosen, _ = QFileDialog.getOpenFileName(
        None, words.t("Choose the file of finance"), "", "XLSX, CSV (*.xlsx *.csv)"
    )
    return Path(chosen) if chosen else None
