"""Giving and paying without widgets: what is read, what is recorded, and what is said about it."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from tarahum_desktop.casework.giving.confirmations import Applied, Confirmations
from tarahum_desktop.casework.giving.deliver import Delivered, NewDelivery, Proof
from tarahum_desktop.casework.giving.fund_book import NewEntry
from tarahum_desktop.casework.giving.hand_over import HandedOver
from tarahum_desktop.casework.giving.payees import ProxyPayee
from tarahum_desktop.casework.giving.sheets import SheetFile, SheetMade
from tarahum_desktop.casework.giving.status import ItemChain, ItemLine
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.text import clean
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.ui.giving.ports import GivingPorts, Lists
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

LONGEST_QUERY = 100
GIVEN_KINDS = frozenset({"delivery", "plan_item", "entitlement"})
PAID_KINDS = frozenset({"payment", "payment_sheet", "delivery", "plan_item", "person"})
FUND_KINDS = frozenset({"fund_entry"})


class GivingScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_lists(self, lists: Lists) -> None:
        """What can be chosen."""

    def show_rows(self, place: str, rows: Sequence[Any]) -> None:
        """These rows stand in a list: ``deliver``, ``pay``, ``sheets``, ``failed``, ``funds`` or ``fund_rows``."""

    def show_loading(self, place: str) -> None:
        """A list is being read."""

    def show_error(self, place: str, sentence: str) -> None:
        """A list could not be read."""

    def show_found(self, rows: Sequence[ItemLine] | None) -> None:
        """Requests that fit what was typed; none when nothing is typed any more."""

    def show_chain(self, chain: ItemChain) -> None:
        """Every step of a request."""

    def show_preview(self, preview: Confirmations) -> None:
        """What finance answers, before it is applied."""

    def say(self, sentence: str, tone: Tone = "accent") -> None:
        """Tell what was done, or why not."""

    def done(self, what: str, kinds: frozenset[str]) -> None:
        """Something was recorded: ``what`` is the list it was done in."""


class GivingPresenter:
    """Reads lists, records, and reads again."""

    def __init__(self, screen: GivingScreen, ports: GivingPorts, background: Background, kit: Kit) -> None:
        self._screen, self.ports, self._background, self._kit = screen, ports, background, kit
        self.service = self.place = self.fund = ""
        self.of_fund: tuple[str, str] | None = None
        self.file: Path | None = None
        self.sending = False

    def open(self) -> None:
        """Read what can be chosen, and what waits."""
        self._background.query(
            self.ports.lists,
            self._screen.show_lists,
            lambda error: self._screen.show_error("deliver", error_sentence(self._kit.words, error)),
            replaces="lists",
        )

    def read(self, place: str) -> None:
        """Read one list anew."""
        readers: dict[str, Callable[[], Sequence[Any]]] = {
            "deliver": lambda: self.ports.to_deliver(self.service, self.place),
            "pay": self._payable,
            "sheets": self.ports.sheets,
            "failed": self.ports.failed,
            "funds": self.ports.funds,
            "fund_rows": lambda: self.ports.fund_rows(*self.of_fund) if self.of_fund else (),
        }
        self._screen.show_loading(place)
        self._background.query(
            readers[place],
            lambda rows: self._screen.show_rows(place, rows),
            lambda error: self._screen.show_error(place, error_sentence(self._kit.words, error)),
            replaces=place,
        )

    def _payable(self) -> Sequence[Any]:
        """What the fund chosen may pay; without one, read the funds, so that trouble is not told as an empty list."""
        if self.fund:
            return self.ports.payable(self.fund)
        self.ports.lists()
        return ()

    def search(self, text: str) -> None:
        """Where does the request of this person stand; asked with each key."""
        typed = clean(text[:LONGEST_QUERY])

        def found(rows: Sequence[ItemLine]) -> None:
            self._screen.show_found(rows if typed else None)

        self._background.query(
            lambda: self.ports.find(typed) if typed else (), found, self._tell, replaces="find"
        )

    def open_chain(self, item_id: uuid.UUID) -> None:
        """Show every step of a request."""
        self._background.query(
            lambda: self.ports.chain(item_id), self._screen.show_chain, self._tell, replaces="chain"
        )

    def record(self, new: NewDelivery) -> None:
        """Record one hand-over."""

        def told(made: Delivered) -> None:
            t = self._kit.words.t
            self._screen.say(t("Recorded. All of it is given.") if made.completed else t("Recorded."))
            self._screen.done("deliver", GIVEN_KINDS)

        self._send(lambda: self.ports.record(new), told)

    def hand_over(self, items: Sequence[uuid.UUID], proofs: tuple[Proof, ...], day: dt.date | None) -> None:
        """Record the marked ones of a list."""

        def told(made: HandedOver) -> None:
            words, formats = self._kit.words, self._kit.formats
            said = words.n("{count} hand-over recorded", "{count} hand-overs recorded", made.recorded)
            sentence = said.format(count=formats.number(made.recorded))
            if made.refused:
                error = next(iter(made.refused.values()))
                left = words.n("{count} was not: {why}", "{count} were not: {why}", len(made.refused))
                why = error_sentence(words, error)
                sentence = f"{sentence}. {left.format(count=formats.number(len(made.refused)), why=why)}"
            self._screen.say(sentence, "attention" if made.refused else "accent")
            self._screen.done("deliver", GIVEN_KINDS)

        self._send(lambda: self.ports.hand_over(items, proofs, day), told)

    def take_back(self, delivery_id: uuid.UUID, reason: str, item_id: uuid.UUID) -> None:
        """Undo a wrong record and show the request again."""

        def told(_made: object) -> None:
            self._screen.say(
                self._kit.words.t("The record was taken back; it stays on file with your reason.")
            )
            self._screen.done("deliver", GIVEN_KINDS)
            self.open_chain(item_id)

        self._send(lambda: self.ports.take_back(delivery_id, reason), told)

    def make_sheet(
        self, items: Sequence[uuid.UUID], proxies: dict[uuid.UUID, ProxyPayee], justification: str
    ) -> None:
        """List payments, then ask where the workbook goes."""
        fund = self.fund

        def told(made: SheetMade) -> None:
            words, formats = self._kit.words, self._kit.formats
            said = words.n(
                "Sheet {number}: {count} payment, {total}",
                "Sheet {number}: {count} payments, {total}",
                made.payments,
            )
            self._screen.say(
                said.format(
                    number=formats.code(made.number), count=formats.number(made.payments),
                    total=formats.money(made.total_halalas),
                )
            )  # fmt: skip
            self._screen.done("pay", PAID_KINDS)
            self.save_sheet(made.sheet_id)

        self._send(lambda: self.ports.make_sheet(fund, items, proxies, justification), told)

    def save_sheet(self, sheet_id: uuid.UUID) -> None:
        """Write the workbook where the person says; only then it counts as sent."""
        t = self._kit.words.t

        def save(file: SheetFile) -> None:
            try:
                saved = self.ports.save_file(file.name, file.content)
            except TarahumError as error:
                self._tell(error)
                return
            if not saved:
                waits = t("The sheet waits under “Payment sheets” until its file is saved.")
                self._screen.say(waits, "attention")
            else:
                self._send(lambda: self.ports.mark_sent(file.sheet_id, file.sha256), told)

        def told(_made: object) -> None:
            self._screen.say(self._kit.words.t("The file is saved. Please send it to finance."))
            self._screen.done("sheets", PAID_KINDS)

        self._background.query(lambda: self.ports.sheet_file(sheet_id), save, self._tell, replaces="file")

    def withdraw(self, sheet_id: uuid.UUID, reason: str) -> None:
        """Take an unpaid sheet back."""

        def told(_made: object) -> None:
            self._screen.say(self._kit.words.t("The sheet was taken back. Its payments can be listed again."))
            self._screen.done("sheets", PAID_KINDS)

        self._send(lambda: self.ports.withdraw(sheet_id, reason), told)

    def choose_answers(self) -> None:
        """Ask for the file that finance sent back, and lay it beside what was sent."""
        self.file = self.ports.open_file()
        if self.file is not None:
            path = self.file
            self._background.query(
                lambda: self.ports.read_confirmations(path),
                self._screen.show_preview,
                self._tell,
                replaces="answers",
            )

    def apply_answers(self) -> None:
        """Take over what the preview showed without a problem."""
        path = self.file
        if path is None:
            return

        def told(made: Applied) -> None:
            words, formats = self._kit.words, self._kit.formats
            paid = words.n("{count} payment confirmed", "{count} payments confirmed", made.paid)
            failed = words.n("{count} could not be paid", "{count} could not be paid", made.failed)
            self._screen.say(
                f"{paid.format(count=formats.number(made.paid))} · "
                f"{failed.format(count=formats.number(made.failed))}"
            )
            self._screen.show_preview(made.rows)
            self._screen.done("sheets", PAID_KINDS)

        self._send(lambda: self.ports.apply_confirmations(path), told)

    def correct_iban(self, person_id: uuid.UUID, typed: str) -> None:
        """Put a correct account on record."""

        def told(_made: object) -> None:
            self._screen.say(
                self._kit.words.t("The account is corrected. The payment waits for the next sheet.")
            )
            self._screen.done("failed", PAID_KINDS)

        self._send(lambda: self.ports.correct_iban(person_id, typed), told)

    def enter_money(self, new: NewEntry) -> None:
        """Enter what a fund received."""

        def told(_made: object) -> None:
            self._screen.say(self._kit.words.t("Entered."))
            self._screen.done("funds", FUND_KINDS)

        self._send(lambda: self.ports.enter_money(new), told)

    def _send(self, work: Callable[[], Any], told: Callable[[Any], None]) -> None:
        """Carry out once, however often the key is pressed."""
        if self.sending:
            return
        self.sending = True

        def done(answer: Any) -> None:
            self.sending = False
            told(answer)

        def failed(error: TarahumError) -> None:
            self.sending = False
            self._tell(error)

        self._background.command(work, done, failed)

    def _tell(self, error: TarahumError) -> None:
        self._screen.say(error_sentence(self._kit.words, error), "danger")
