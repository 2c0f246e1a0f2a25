"""The one chip that says where the work is: kept here, sent, confirmed, and when all was last complete."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.buttons import PressButton, put_icon

OVERDUE = timedelta(days=3)


@dataclass(frozen=True)
class SyncState:
    """``kept`` nobody else has, ``sent`` has left this machine, ``confirmed`` by signed receipts of the centre only.

    ``last_complete`` is an aware moment, or None for never.
    """

    kept: int
    sent: int
    confirmed: int
    last_complete: datetime | None
    running: bool = False


def sync_tone(state: SyncState, now: datetime) -> Tone:
    """Danger after three days without an exchange, attention while something waits here."""
    if state.last_complete is None or now - state.last_complete > OVERDUE:
        return "danger"
    return "attention" if state.kept or state.sent > state.confirmed else "soft"


def last_complete_words(kit: Kit, state: SyncState, now: datetime) -> str:
    """When everything was last complete, in words."""
    return kit.formats.ago(state.last_complete, now) if state.last_complete else kit.words.t("never")


def sync_sentence(kit: Kit, state: SyncState, now: datetime) -> str:
    """The chip's words."""
    words, formats = kit.words, kit.formats
    last = last_complete_words(kit, state, now)
    return words.t("Kept here {kept} · sent {sent} · confirmed {confirmed} · complete: {last}").format(
        kept=formats.number(state.kept),
        sent=formats.number(state.sent),
        confirmed=formats.number(state.confirmed),
        last=last,
    )


class SyncChip(PressButton):
    """Pressing it opens the sync centre."""

    def __init__(self, kit: Kit, on_press: Callable[[], None]) -> None:
        super().__init__()
        self.kit = kit
        self.setProperty("role", "chip")
        self.clicked.connect(lambda _checked=False: on_press())
        reading = kit.words.t("Sync state is being read…")
        self._texts = (reading, reading)
        self._brief = False
        self._set_text()
        put_icon(self, kit.look, "sync", kit.look.ink("soft"))

    def be_brief(self, *, brief: bool) -> None:
        """Where the window is narrow, show only when all was last complete; the tool tip has the rest."""
        if brief != self._brief:
            self._brief = brief
            self._set_text()

    def _set_text(self) -> None:
        self.setText(self._texts[1 if self._brief else 0])
        self.setToolTip(self._texts[0])

    def show_state(self, state: SyncState, now: datetime) -> None:
        """Show the true state; call it after each exchange, each save and each minute."""
        tone = sync_tone(state, now)
        text = sync_sentence(self.kit, state, now)
        self._texts = (text, last_complete_words(self.kit, state, now))
        self._set_text()
        icon = "sync" if state.running else {"danger": "danger", "attention": "sync"}.get(tone, "success")
        put_icon(self, self.kit.look, icon, self.kit.look.ink("accent" if tone == "soft" else tone))
        restyle(self, tone=tone)
        overdue = self.kit.words.t("No complete exchange for more than 3 days.") if tone == "danger" else ""
        self.setAccessibleName(f"{text} {overdue}".strip())
