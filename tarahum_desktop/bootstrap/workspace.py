"""What one unlocking builds: the window with its screens, the exchange, and the way to take it all down."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QTimer

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.hub_keeper import HubKeeper
from tarahum_desktop.bootstrap.kept_words import kept_sentence
from tarahum_desktop.bootstrap.looker import Looker
from tarahum_desktop.bootstrap.screens import screen_specs
from tarahum_desktop.bootstrap.search_keeper import SearchKeeper
from tarahum_desktop.bootstrap.sweeping import spare_anew, spare_what_stays, sweep_everything_again
from tarahum_desktop.bootstrap.visible import for_person
from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.kept_work import KeptWork, kept_work
from tarahum_desktop.casework.saved_lists.saved_lists import KeptList, saved_lists
from tarahum_desktop.casework.search.find import FamilyHit, How, find
from tarahum_desktop.casework.sync_state import SyncState, sync_state
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.names import fold
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.command_box import Found
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import Params
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.widgets.sync_chip import SyncState as ChipState
from tarahum_desktop.ui.worker import Worker

CHIP_MILLISECONDS = 60_000


class Workspace:
    """The work of one person between unlocking and locking.

    Attributes:
        window: the main window; made anew when the look changes.
        place: the unlocked machine.
        exchanger: runs exchanges beside the typing.
        looker: looks for what people must decide, beside both.
        hub: serves the committee's laptops, on an office's machine that was told to.
    """

    def __init__(
        self,
        place: Workplace,
        worker: Worker,
        preferences: Preferences,
        lock: Callable[[], None],
        choose: Callable[[Preferences], None],
        switch_user: Callable[[], None] | None = None,
    ) -> None:
        self.place, self._worker, self._preferences = place, worker, preferences
        self._lock, self._choose, self._switch_user = lock, choose, switch_user
        self._background = worker.background()
        self.exchanger = Exchanger(place, self._exchanged)
        self.looker = Looker(place, self._looked)
        self.hub = HubKeeper(place)
        self._search = SearchKeeper(place)
        self._chip_timer = QTimer()
        self._chip_timer.timeout.connect(self.count_chip)
        self.window: MainWindow | None = None

    def build(self, kit: Kit) -> MainWindow:
        """The window on its first screen."""
        window = self._make(kit)
        window.open_screen("today")
        self._chip_timer.start(CHIP_MILLISECONDS)
        self.exchanger.start()
        self.looker.start()
        self.hub.start()
        self._search.start()
        self._background.query(
            lambda: kept_work(self.place.desk), self._tell_kept, lambda _error: None, replaces="kept"
        )
        spare_what_stays()
        return window

    def rebuild(self, kit: Kit, preferences: Preferences) -> MainWindow | None:
        """The window with another look, on the same screen; None when something typed must be settled first."""
        if self.window is None or not self.window.take_down():
            return None
        current = self.window.current
        self._preferences = preferences
        window = self._make(kit)
        window.open_screen(*(current or ("today", {})))
        spare_anew()
        return window

    def close(self) -> bool:
        """Take everything down and lock the vault; False keeps the person here to settle what is typed."""
        if self.window is not None and not self.window.take_down():
            return False
        sweep_everything_again()
        self._chip_timer.stop()
        self.exchanger.stop()
        self.looker.stop()
        self.hub.stop()
        self._search.stop()
        self._background.close()
        self._worker.finish()
        self.place.lock()
        return True

    def left_behind(self, kit: Kit) -> str:
        """What the person leaves on this machine, in words; empty for nothing."""
        mine = [kept for kept in kept_work(self.place.desk) if kept.user_id == self.place.desk.user.id]
        return kept_sentence(kit, mine[0]) if mine else ""

    def count_chip(self) -> None:
        """Count again what is kept, sent and confirmed."""
        self._background.query(
            lambda: sync_state(self.place.desk), self._show_chip, lambda _error: None, replaces="chip"
        )

    def _make(self, kit: Kit) -> MainWindow:
        desk = self.place.desk
        name = desk.user.name_en if kit.words.language == "en" else desk.user.name_ar
        parts = WindowParts(
            kit=kit,
            preferences=self._preferences,
            specs=for_person(screen_specs(self.place, kit, self.exchanger, self.looker, self.hub), desk),
            person=Person(name or desk.user.login),
            background=self._worker.background,
            lock=self._lock,
            switch_user=self._switch_user,
            choose=self._choose,
            find=self._find,
            on_changed=self._changed,
            on_built=spare_what_stays,
        )
        self.window = MainWindow(parts)
        self.count_chip()
        return self.window

    def _tell_kept(self, everybody: Sequence[KeptWork]) -> None:
        """Say that others' work is safe here, so that nobody looks for it or sends the machine away."""
        here = set(self.place.vault.users()) - {self.place.vault.login}
        others = [kept for kept in everybody if kept.login in here]
        if others and self.window is not None:
            self.window.announce(" ".join(kept_sentence(self.window.kit, kept) for kept in others), "info")

    def _changed(self, _kinds: frozenset[str]) -> None:
        self.count_chip()

    def _find(self, typed: str) -> Sequence[Found]:
        desk, wanted = self.place.desk, fold(typed).split()
        lists = [kept for kept in saved_lists(desk) if all(word in fold(kept.title) for word in wanted)]
        families = [hit for hit in find(desk, typed, 8) if hit.household_id is not None]
        return [*map(self._found, families), *map(self._found_list, lists)]

    def _found(self, hit: FamilyHit) -> Found:
        household = str(hit.household_id)
        assert self.window is not None
        kit = self.window.kit
        similar = kit.words.t("Similar name") if hit.how is How.SIMILAR else ""
        place = hit.place_en if kit.words.language == "en" else hit.place_ar
        known = (kit.formats.code(hit.file_number), place, hit.district, similar)
        where = " · ".join(part for part in known if part)
        return Found(
            hit.person_name, where, "families", lambda: self._open("family", {"household": household})
        )

    def _found_list(self, kept: KeptList) -> Found:
        assert self.window is not None
        told = self.window.kit.words.t("My list")
        return Found(kept.title, told, "filter", lambda: self._open("families", {"list": str(kept.id)}))

    def _open(self, screen: str, params: Params) -> None:
        if self.window is not None:
            self.window.open_screen(screen, params)

    def _show_chip(self, state: SyncState) -> None:
        if self.window is not None:
            shown = ChipState(
                state.only_here,
                state.sent,
                state.confirmed,
                state.last_complete_at,
                self.exchanger.runner.running,
            )
            self.window.header.chip.show_state(shown, self._now())

    def _now(self) -> datetime:
        return self.place.desk.now().astimezone(SAUDI_TIME)

    def _exchanged(self, touched: frozenset[str]) -> None:
        """An exchange ended: grants may be others now, and the open screen may show rows it brought."""
        self.place.reseat()
        if self.window is not None and touched:
            self.window.rows_changed(touched)
        if touched - {"exchange_record", "outbox"}:
            self.looker.look()
        self.count_chip()

    def _looked(self, touched: frozenset[str]) -> None:
        """A pass ended: what it found is listed."""
        if self.window is not None:
            self.window.rows_changed(touched)
