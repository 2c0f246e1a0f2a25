"""Partners without widgets: reads the lists, previews what would go out, carries out what is decided."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from tarahum_desktop.casework.partners.consents import NewConsent, Withdrawn
from tarahum_desktop.casework.partners.referrals import NewReferral, Preview, Referred
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.error_words import error_sentence
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import ALL, FAMILY, PartnersBoard, PartnersPorts
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.worker import Background

SHOWN_KINDS = frozenset({"agreement", "referral", "consent", "person", "membership", "household", "delivery"})
Answer = TypeVar("Answer")


class PartnersScreen(Protocol):
    """What the presenter tells the widgets."""

    def show_loading(self) -> None:
        """The lists are read for the first time."""

    def show_error(self, sentence: str) -> None:
        """The lists could not be read."""

    def show_board(self, board: PartnersBoard) -> None:
        """The lists are read."""

    def show_preview(self, wanted: NewReferral, preview: Preview) -> None:
        """What would go out, and what speaks against it."""

    def show_preview_trouble(self, sentence: str) -> None:
        """The preview could not be made."""

    def show_referred(self) -> None:
        """The person was referred; what was chosen for it goes."""

    def show_consented(self) -> None:
        """The consent is on record."""

    def show_withdrawn(self, withdrawn: Withdrawn) -> None:
        """The consent ended; these must be told."""

    def show_refusal(self, sentence: str) -> None:
        """What was asked could not be done; what was typed stays."""

    def say(self, sentence: str, tone: Tone) -> None:
        """Something was done."""


class PartnersPresenter:
    """Call ``open`` each time the screen is opened."""

    def __init__(
        self,
        ports: PartnersPorts,
        background: Background,
        kit: Kit,
        screen: PartnersScreen,
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        self.ports, self._background, self.kit = ports, background, kit
        self._screen, self._changed = screen, changed
        self.board: PartnersBoard | None = None
        self.household: uuid.UUID | None = None
        self.which = ALL

    def open(self, household: uuid.UUID | None) -> None:
        """Show everything, with the choices of a family when it is opened for one."""
        if household != self.household:
            self.household, self.board = household, None
            self.which = FAMILY if household is not None else ALL
        self.reload()

    def choose(self, which: str) -> None:
        """List other referrals."""
        self.which = which
        self.reload()

    def reload(self) -> None:
        """Read everything anew; what was shown stays until the new is there."""
        if self.board is None:
            self._screen.show_loading()
        household, which = self.household, self.which
        self._background.query(
            lambda: self.ports.board(household, which), self._read, self._failed, replaces="board"
        )

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again if rows shown here changed."""
        if changed & SHOWN_KINDS:
            self.reload()

    def preview(self, wanted: NewReferral) -> None:
        """Show what a referral would share."""
        self._background.query(
            lambda: self.ports.preview(wanted),
            lambda preview: self._screen.show_preview(wanted, preview),
            lambda error: self._screen.show_preview_trouble(error_sentence(self.kit.words, error)),
            replaces="preview",
        )

    def refer(self, wanted: NewReferral) -> None:
        """Put the referral on record, then offer its letter for saving."""

        def done(made: Referred) -> None:
            self._screen.show_referred()
            self._done(msgid("The person was referred. What was shared is kept with its fingerprint."))
            self.save_letter(made.referral_id)

        self._do(lambda: self.ports.refer(wanted), done)

    def consent(self, given: NewConsent) -> None:
        """Put a consent to share on record."""

        def done(_made: object) -> None:
            self._done(msgid("The consent is on record."))
            self._screen.show_consented()

        self._do(lambda: self.ports.consent(given), done)

    def answer(self, referral: uuid.UUID, state: str, outcome: str) -> None:
        """Record what came of a referral."""
        said = msgid("The partner's answer is on record.")
        self._do(lambda: self.ports.answer(referral, state, outcome), lambda _made: self._done(said))

    def withdraw(self, consent: uuid.UUID) -> None:
        """End a consent and say who must be told."""

        def done(withdrawn: Withdrawn) -> None:
            self._screen.show_withdrawn(withdrawn)
            self._done(msgid("The consent is withdrawn. Nothing more is shared under it."))

        self._do(lambda: self.ports.withdraw(consent), done)

    def change(
        self, agreement: uuid.UUID, first: dt.date | None, last: dt.date | None, fields: Sequence[str]
    ) -> None:
        """Set an agreement's term and fields."""
        said = msgid("The agreement was changed. It holds in every office with the next exchange.")
        self._do(lambda: self.ports.change(agreement, first, last, fields), lambda _made: self._done(said))

    def save_letter(self, referral: uuid.UUID) -> None:
        """Make the letter and write it where the person chooses."""
        self._do(lambda: self.ports.letter(referral), lambda pdf: self._save(f"referral-{referral}.pdf", pdf))

    def save_notice(self, consent: uuid.UUID, referral: uuid.UUID) -> None:
        """Make the notice for one partner and write it where the person chooses."""
        name = f"withdrawal-{referral}.pdf"
        self._do(lambda: self.ports.notice(consent, referral), lambda pdf: self._save(name, pdf))

    def _save(self, name: str, pdf: bytes) -> None:
        try:
            saved = self.ports.save_file(name, pdf)
        except TarahumError as error:
            self._refused(error)
            return
        if saved:
            self._screen.say(self.kit.words.t("The paper was saved."), "accent")

    def _do(self, work: Callable[[], Answer], done: Callable[[Answer], None]) -> None:
        self._background.command(work, done, self._refused)

    def _done(self, sentence: str) -> None:
        self._screen.say(self.kit.words.t(sentence), "accent")
        self._changed(SHOWN_KINDS)
        self.reload()

    def _refused(self, error: TarahumError) -> None:
        self._screen.show_refusal(error_sentence(self.kit.words, error))

    def _read(self, board: PartnersBoard) -> None:
        self.board = board
        self._screen.show_board(board)

    def _failed(self, error: TarahumError) -> None:
        self.board = None
        self._screen.show_error(error_sentence(self.kit.words, error))
