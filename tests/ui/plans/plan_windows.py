"""A window on the screens of plans over a real small office, with a counter of the keys pressed."""

import hashlib
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.plans.board import plan_of, returned_to
from tarahum_desktop.casework.plans.decide import decide_item
from tarahum_desktop.casework.plans.minute_paper import paper_of
from tarahum_desktop.casework.plans.minute_sign import sign_minute
from tarahum_desktop.casework.plans.minute_view import minute_file
from tarahum_desktop.casework.plans.minutes import (
    cancel_minute,
    describe_minute,
    keep_decisions,
    list_minutes,
    open_minute,
    refresh_agenda,
)
from tarahum_desktop.casework.plans.propose import check_proposal, propose, withdraw
from tarahum_desktop.casework.plans.publish import publish_rules, rules_catalogue
from tarahum_desktop.casework.plans.queue import approval_queue
from tarahum_desktop.casework.plans.status import request_status
from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.sync.blobs.store import keep_blob
from tarahum_desktop.ui.catalogue.ports import CataloguePorts
from tarahum_desktop.ui.catalogue.spec import spec as catalogue_spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.ports import ApprovalsPorts, MinutePorts, PlanPorts
from tarahum_desktop.ui.plans.spec import approvals_spec, minute_spec, plan_spec
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenSpec
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate


class Blank(Screen):
    """Stands for the family file."""

    opened: Params | None = None

    def open_with(self, params: Params) -> None:
        self.opened = params


class PlanWindow:
    """The window of one person; ``keys`` counts what was pressed."""

    def __init__(self, kit: Kit, desk: Desk, look: Preferences | None = None) -> None:
        self.kit, self.desk = kit, desk
        self.keys = 0
        self.saved: dict[str, bytes] = {}
        self.arriving: list[bytes] = []
        specs = [
            approvals_spec(self._approvals()),
            plan_spec(self._plan()),
            minute_spec(self._minute()),
            catalogue_spec(self._catalogue(), in_navigation=True),
            ScreenSpec("family", "Family file", "file", Blank, in_navigation=False),
        ]
        parts = WindowParts(
            kit, look or Preferences(), specs, Person("سعد"), Immediate, lambda: None, lambda _chosen: None
        )
        self.window = MainWindow(parts)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()

    def open(self, screen: str, **params: object) -> Screen:
        self.window.open_screen(screen, {name: str(value) for name, value in params.items()})
        QApplication.processEvents()
        return self.screen()

    def screen(self) -> Screen:
        found = self.window.stack.currentWidget()
        assert isinstance(found, Screen)
        return found

    def focused(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def type(self, text: str) -> None:
        for char in text:
            self._send(Qt.Key.Key_unknown, char)

    def press(self, key: Qt.Key) -> None:
        self._send(key, "\r" if key is Qt.Key.Key_Return else "")

    def run(self, action: str) -> None:
        """A shortcut: two keys."""
        self.keys += 2
        assert self.window.actions_table.run(action), action

    def _send(self, key: Qt.Key, text: str) -> None:
        self.keys += 1
        target = self.focused()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _plan(self) -> PlanPorts:
        desk = self.desk
        return PlanPorts(
            load=lambda household: plan_of(desk, household),
            check=lambda proposal: check_proposal(desk, proposal),
            propose=lambda proposal: propose(desk, proposal),
            withdraw=lambda item, reason: withdraw(desk, item, reason),
            status=lambda item: request_status(desk, item),
        )

    def _approvals(self) -> ApprovalsPorts:
        desk = self.desk
        return ApprovalsPorts(
            queue=lambda: approval_queue(desk),
            returned=lambda: returned_to(desk),
            minutes=lambda: list_minutes(desk),
            decide=lambda item, decision: decide_item(desk, item, decision),
            open_minute=lambda level: open_minute(desk, level),
            may_keep=lambda: desk.may(Action.KEEP_MINUTE, desk.user.committee_code or ""),
        )

    def fetch(self, sha256: bytes, done: Callable[[], None], failed: Callable[[TarahumError], None]) -> None:
        """Brings what is on its way, and has nothing else."""
        found = [one for one in self.arriving if hashlib.sha256(one).digest() == sha256]
        if not found:
            failed(TarahumError("content_not_there"))
            return
        with self.desk.replica.engine.begin() as connection:
            keep_blob(connection, found[0], self.desk.now())
        done()

    def _minute(self) -> MinutePorts:
        desk, kit = self.desk, self.kit

        def save(name: str, content: bytes) -> bool:
            self.saved[name] = content
            return True

        return MinutePorts(
            load=lambda minute: minute_file(desk, minute),
            describe=lambda minute, head: describe_minute(desk, minute, head),
            keep=lambda minute, decisions: keep_decisions(desk, minute, decisions),
            refresh=lambda minute: refresh_agenda(desk, minute),
            cancel=lambda minute: cancel_minute(desk, minute),
            sign=lambda minute: sign_minute(desk, minute, kit.words, kit.formats),
            paper=lambda minute: paper_of(desk, minute),
            fetch=self.fetch,
            save_file=save,
            today=desk.today,
        )

    def _catalogue(self) -> CataloguePorts:
        desk = self.desk
        return CataloguePorts(
            load=lambda: rules_catalogue(desk), publish=lambda wanted: publish_rules(desk, wanted)
        )
