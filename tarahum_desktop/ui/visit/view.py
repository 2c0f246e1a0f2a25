"""The visit form on the screen: sections at the side, one section in the middle, what is kept at the top."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tarahum_desktop.domain.forms.state import FormState, SectionState, SectionStatus
from tarahum_desktop.domain.forms.values import Row
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.theme import restyle
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.visit.closing import ClosingPanel
from tarahum_desktop.ui.visit.draft_kinds import submit_words
from tarahum_desktop.ui.visit.fields.editor import Surroundings
from tarahum_desktop.ui.visit.issue_words import shown
from tarahum_desktop.ui.visit.papers import PaperTray
from tarahum_desktop.ui.visit.pictures import PictureTaker
from tarahum_desktop.ui.visit.ports import DraftKind
from tarahum_desktop.ui.visit.presenter import VisitPresenter
from tarahum_desktop.ui.visit.reason_bar import ReasonBar
from tarahum_desktop.ui.visit.scrolling import scrolling
from tarahum_desktop.ui.visit.section_page import SectionPage
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import PageHeader
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.stepper import Step, Stepper, StepState

STEPPER_WIDTH = 250
_STATES: dict[SectionStatus, StepState] = {
    SectionStatus.CLOSED: "locked",
    SectionStatus.EMPTY: "todo",
    SectionStatus.IN_PROGRESS: "part",
    SectionStatus.COMPLETE: "done",
    SectionStatus.ERRORS: "problem",
}


class VisitView(QWidget):
    """Show it, then call ``presenter.open(visit id)``; ``again`` asks for it once more when it could not be read."""

    again = Signal()

    def __init__(
        self,
        kit: Kit,
        presenter: VisitPresenter,
        open_family: Callable[[str], None] = lambda _household: None,
    ) -> None:
        super().__init__()
        self.kit, self.presenter = kit, presenter
        self.page: SectionPage | None = None
        ports = presenter.ports
        lists = presenter.lists
        taker = PictureTaker(presenter)
        self._around = Surroundings(kit, lists.listed, ports.today, ports.now, lists.village, taker)
        self._open_family = open_family
        self._steps_shown: dict[str, tuple[StepState, int]] = {}
        self._lay_out()
        presenter.attach(self)

    def submit(self) -> None:
        """Finish what is being typed, then close the visit or show what it needs."""
        if self.presenter.draft.amends:
            self._reason.line.settle()
        if self.page is not None and self.may_leave():
            self.presenter.submit()

    def add_row(self) -> None:
        """Add a row to the group being written, or to the first on the page."""
        groups = self.page.groups() if self.page is not None else []
        focused = self.focusWidget()
        here = next((g for g in groups if focused is not None and g.isAncestorOf(focused)), None)
        chosen = here or (groups[0] if groups else None)
        if chosen is not None and not chosen.isHidden():
            if self.page is not None:
                self.page.settle()
            self._add_to(chosen.group.code)

    def show_form(self, focus: str) -> None:
        """Everything is loaded."""
        self.states.show_content()
        document = self.presenter.document
        words = self.kit.words
        title = self.presenter.draft.title or shown(words, document.title)
        self._header.set_texts(title, shown(words, document.title) if self.presenter.draft.title else "")
        draft = self.presenter.draft
        self._submit.setText(submit_words(words, draft))
        self._submit.setVisible(draft.kind is not DraftKind.SPECIMEN)
        if draft.kind is DraftKind.SPECIMEN:
            self._banner.say(
                words.t("This is how the form asks. Try its questions: nothing is kept."), "info"
            )
        self._reason.show_draft()
        self.show_section(focus)
        if self.presenter.locked:
            self.show_submitted(self.presenter.draft.receipt)
        elif self.presenter.draft.now_with:
            self._banner.say(self.presenter.draft.now_with, "attention")

    def show_section(self, focus: str) -> None:
        """Build the section that is open; one at a time, so that a long form opens at once."""
        if self.page is not None:
            self.page.hide()
            self._middle.removeWidget(self.page)
            self.page.deleteLater()
        page = SectionPage(self.presenter.current, self.presenter, self._around, self._scroll)
        page.ended.connect(self.step)
        page.adding.connect(self._add_to)
        page.removing.connect(self._remove)
        self.page = page
        self._middle.insertWidget(0, page)
        page.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._stepper.set_current(page.section.code)
        sections = self.presenter.document.sections
        self._back.setEnabled(page.section is not sections[0])
        self._next.setEnabled(page.section is not sections[-1])
        self.show_state(self.presenter.state)
        if not page.focus(focus):  # nothing to answer: Enter goes on, and never submits by surprise
            onward = self._next if self._next.isEnabled() else self._back
            onward.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_step()

    def show_state(self, state: FormState) -> None:
        """Answers changed."""
        form = self.presenter
        for section in form.document.sections:
            step = self._step_state(state.sections[section.code])
            differing = form.last_time.count(section, form.changed)
            if self._steps_shown.get(section.code) != (step, differing):
                self._steps_shown[section.code] = (step, differing)
                self._stepper.set_state(section.code, step)
                self._stepper.set_changed(section.code, differing)
        if self.page is not None:
            self.page.apply(state)

    def show_rows(self, group: str) -> None:
        """Rows were added or removed."""
        if self.page is not None:
            self.page.sync_rows(group)

    def show_saving(self, sentence: str, tone: Tone) -> None:
        """Whether what was answered is kept."""
        self._kept.setText(sentence)
        restyle(self._kept, tone=tone)

    def say(self, sentence: str, tone: Tone) -> None:
        """Something the person should know; before there is a form it stands in the form's place."""
        if self.page is None:
            self.states.show_error(sentence, self.again.emit)
            return
        self._banner.say(sentence, tone)
        self.show_state(self.presenter.state)

    def show_submitted(self, receipt: str) -> None:
        """The visit is closed and can be read, or the correction is proposed."""
        self._submit.setEnabled(False)
        self._banner.clear()
        self._reason.show_draft()
        if self.page is not None:
            self.show_section("")
        if self.presenter.draft.amends:
            self._closing.show_correction()
        elif self.presenter.draft.kind is DraftKind.QUESTIONNAIRE:
            self._closing.show_questionnaire()
        else:
            self._closing.show_visit(receipt, self.presenter.draft.now_with)

    def ask_reason(self) -> None:
        """A correction lacks its reason."""
        self._reason.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the banner away before it goes back."""
        if event.key() == Qt.Key.Key_Escape and self._banner.isVisible():
            self._banner.clear()
            return
        super().keyPressEvent(event)

    def _show_step(self) -> None:
        marked = next((b for b in self._stepper.findChildren(QPushButton) if b.isChecked()), None)
        if marked is not None:
            self._side.ensureWidgetVisible(marked)

    def _step_state(self, section: SectionState) -> StepState:
        if self.presenter.tried and section.missing:
            return "problem"
        return _STATES[section.status]

    def may_leave(self) -> bool:
        """Tell whether all that was typed is kept. Nothing typed is dropped: what cannot be read is put right first."""
        if self.page is None:
            return True  # nothing was asked yet
        self.page.settle()
        wrong = self.page.unreadable()
        if wrong is None:
            return True
        wrong.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._banner.say(
            self.kit.words.t("One answer cannot be kept as it is. Please correct or clear it."), "attention"
        )
        return False

    def _go(self, code: str) -> None:
        if self.page is not None and self.may_leave():
            self._banner.clear()
            self.presenter.go(code)

    def step(self, by: int) -> None:
        """Open another section; after the last one the button that submits is next."""
        if self.page is not None and self.may_leave():
            self._banner.clear()
            if not self.presenter.step(by) and by > 0:
                self._submit.setFocus(Qt.FocusReason.TabFocusReason)  # after the last answer, Enter submits

    def _add_to(self, group: str) -> None:
        row_id = self.presenter.add_row(group)
        if row_id and self.page is not None:
            self.page.sync_rows(group, row_id)
            self.page.focus_row(group, row_id)

    def _remove(self, group: str, row_id: str) -> None:
        row = self.presenter.answers.row(group, row_id)
        asked = self.presenter.remove_row(group, row_id)
        if asked and self.page is not None:
            self.page.focus(asked)
        elif row is not None and row.values:
            words = self.kit.words
            self._banner.say(
                words.t("One row was removed."), "info", words.t("Undo"), lambda: self._restore(group, row)
            )

    def _restore(self, group: str, row: Row) -> None:
        self._banner.clear()
        self.presenter.restore_row(group, row.id, row.values)

    def _lay_out(self) -> None:
        kit, sizes, words = self.kit, self.kit.look.sizes, self.kit.words
        box = QVBoxLayout(self)
        box.setContentsMargins(sizes.space_5, sizes.space_4, sizes.space_5, sizes.space_4)
        box.setSpacing(sizes.space_3)
        self._header = PageHeader(kit, "")
        self._kept = label("", size="caption", tone="soft")
        self._header.add_button(self._kept)
        self._submit = button(kit, words.t("Submit the visit"), self.submit, role="primary", icon="check")
        self._header.add_button(self._submit)
        self._submit.hide()
        box.addWidget(self._header)
        self._banner = Banner(kit)
        box.addWidget(self._banner)
        self._closing = ClosingPanel(kit, PaperTray(kit, self.presenter, self._open_family))
        box.addWidget(self._closing)
        self._reason = ReasonBar(kit, self.presenter)
        box.addWidget(self._reason)
        form = QWidget()
        form.setProperty("paper", "clear")
        across = QHBoxLayout(form)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(sizes.space_4)
        across.addWidget(self._make_stepper())
        across.addWidget(self._make_middle(), 1)
        self.states = StatePanel(kit, form)
        self.states.show_loading(words.t("The form is being opened…"))
        box.addWidget(self.states, 1)

    def _make_stepper(self) -> QWidget:
        words = self.kit.words
        steps = [
            Step(section.code, shown(words, section.title)) for section in self.presenter.document.sections
        ]
        self._stepper = Stepper(self.kit, steps)
        self._stepper.chosen.connect(self._go)
        self._stepper.setProperty("paper", "clear")
        self._side = scrolling(self._stepper)
        self._side.setFixedWidth(self.kit.look.px(STEPPER_WIDTH))
        return self._side

    def _make_middle(self) -> QWidget:
        kit, words = self.kit, self.kit.words
        content = QWidget()
        content.setProperty("paper", "clear")
        content.setMaximumWidth(kit.look.sizes.column_width)
        self._middle = QVBoxLayout(content)
        self._middle.setContentsMargins(0, 0, kit.look.sizes.space_1, 0)
        self._middle.setSpacing(kit.look.sizes.space_3)
        below = QHBoxLayout()
        self._back = button(kit, words.t("Previous section"), lambda: self.step(-1), icon="back")
        self._next = button(kit, words.t("Next section"), lambda: self.step(1), icon="next")
        below.addWidget(self._back)
        below.addStretch(1)
        below.addWidget(self._next)
        self._middle.addLayout(below)
        self._middle.addStretch(1)
        self._scroll = scrolling(content)
        return self._scroll
