"""The lock screen: one quiet card in the middle, and nothing personal behind it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.lock.enrol_panel import EnrolPanel
from tarahum_desktop.ui.lock.presenter import LockPresenter, LockServices, LockState
from tarahum_desktop.ui.lock.unlock_panel import UnlockPanel
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label, picture_label
from tarahum_desktop.ui.worker import Background


class LockScreen(QWidget):
    """Shows the presenter's state.

    Args:
        kit: words and look.
        background: a way to the worker.
        services: what the vault offers.
        opened: called on the Qt thread with what unlocking returned.
        tools: buttons of the program itself (language, colours) for the upper corner: (words, icon, action).
        preferred: the login offered first, after somebody switched the user.
        note: what is said while nothing is wrong, such as whose unsent work is kept here.
    """

    def __init__(
        self,
        kit: Kit,
        background: Background,
        services: LockServices,
        opened: Callable[[object], None],
        tools: tuple[tuple[str, str, Callable[[], None]], ...] = (),
        *,
        preferred: str = "",
        note: str = "",
    ) -> None:
        super().__init__()
        self.kit, self._note = kit, note
        self.setProperty("paper", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.presenter = LockPresenter(kit, background, services, self.show_state, opened)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.presenter.second_passed)
        self.banner = Banner(kit)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.unlock_panel = UnlockPanel(kit, self.presenter.unlock, self.presenter.show_enrolment)
        self.enrol_panel = EnrolPanel(kit, self.presenter.enrol, self.presenter.show_unlock)
        self.unlock_panel.prefer(preferred)
        self._lay_out(tools)
        self.presenter.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand ready in the first line to fill."""
        super().showEvent(event)
        self.enrol_panel.server.setFocus()
        self.unlock_panel.take_focus()

    def show_state(self, state: LockState) -> None:
        """Show what the presenter says."""
        arrives = state.mode == "enrol" and self.enrol_panel.isHidden()
        self.unlock_panel.setVisible(state.mode == "unlock")
        self.enrol_panel.setVisible(state.mode == "enrol")
        if arrives:
            self.enrol_panel.server.setFocus()
        self.unlock_panel.show_state(state)
        self.enrol_panel.show_state(state)
        self.progress.setVisible(state.busy or state.mode == "loading")
        if state.trouble:
            self.banner.say(state.trouble, "attention" if state.wait else "danger")
        elif self._note:
            self.banner.say(self._note, "info")
        else:
            self.banner.clear()
        if state.wait and not self._timer.isActive():
            self._timer.start()
        elif not state.wait:
            self._timer.stop()

    def _lay_out(self, tools: tuple[tuple[str, str, Callable[[], None]], ...]) -> None:
        sizes, words = self.kit.look.sizes, self.kit.words
        top = QHBoxLayout()
        top.addStretch(1)
        for text, icon, action in tools:
            top.addWidget(button(self.kit, text, action, role="quiet", icon=icon))
        self.card = Card(self.kit)
        self.card.setFixedWidth(self.kit.look.px(440))
        brand = QVBoxLayout()
        brand.setSpacing(0)
        center = Qt.AlignmentFlag.AlignHCenter
        brand.addWidget(picture_label(self.kit, "needs", "accent", 44), 0, center)
        brand.addWidget(label(words.t("Tarahum"), size="page"), 0, center)
        brand.addWidget(
            label(words.t("Care for prisoners, the released and their families"), tone="soft"), 0, center
        )
        self.card.body.addLayout(brand)
        for widget in (self.banner, self.unlock_panel, self.enrol_panel, self.progress):
            self.card.add(widget)
        middle = QWidget()
        middle.setProperty("paper", "clear")
        column = QVBoxLayout(middle)
        column.addStretch(2)
        across = (
            QHBoxLayout()
        )  # stretches and not an alignment: aligned items may be made smaller than they need
        across.addStretch(1)
        across.addWidget(self.card)
        across.addStretch(1)
        column.addLayout(across)
        column.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(middle)
        box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_4, sizes.space_3, sizes.space_4, sizes.space_3)
        box.addLayout(top)
        box.addWidget(scroll, 1)
