"""The minute on the screen: cases with one key each, the sitting's head behind a tab, one signature at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget

from tarahum_desktop.casework.plans.minute_sign import OWN_PLAN, SignedMinute
from tarahum_desktop.casework.plans.minute_view import AgendaLine, MinuteFile
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.plan_words import fund_words, level_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.plans.decision_panel import DecisionPanel
from tarahum_desktop.ui.plans.minute_head import MinuteHeadCard
from tarahum_desktop.ui.plans.minute_presenter import CHANGED, MinutePresenter
from tarahum_desktop.ui.plans.minute_tables import agenda_table
from tarahum_desktop.ui.plans.ports import MinutePorts
from tarahum_desktop.ui.plans.tabs import Tabs
from tarahum_desktop.ui.plans.terms import in_language
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.widgets.banner import Banner
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.scrolling import scrolling
from tarahum_desktop.ui.widgets.state_panel import StatePanel

GROUP = msgid("Minute")
NARROW = 820
CASES, SITTING = range(2)

NARROW = 820
CASES, SITTING = range(2)


class MinuteView(Screen):
    """What is typed is kept at once, so the sitting can be left and gone on with at any time."""

    def __init__(self, context: ScreenContext, ports: MinutePorts) -> None:
        super().__init__(context)
        kit = self.kit
        self.presenter = MinutePresenter(self, ports, context.background, kit)
        self.table = agenda_table(kit)
        self.panel = DecisionPanel(kit)
        self.head = MinuteHeadCard(kit, ports.today)
        self.banner = Banner(kit)
        self.states = StatePanel(kit, self.table)
        self.table.moved.connect(self._stand_on)
        self.table.decided.connect(lambda _row, verdict: self.presenter.decide(self._at(), verdict))
        self.table.opened.connect(self._open_plan)
        self.panel.chosen.connect(self._chosen)
        self.panel.left.connect(self.table.setFocus)
        self.panel.amount_given.connect(
            lambda: self.presenter.give_amount(self._at(), self.panel.amount.value())
        )
        self.head.given.connect(self.presenter.describe)
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Show the sitting ``minute``."""
        self.banner.clear()
        self.tabs.choose(CASES)
        self.presenter.open(params.get("minute", ""))

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what others may have decided."""
        if changed & CHANGED:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("minute.rest", msgid("Approve all that have no decision"), self.presenter.approve_rest, "Ctrl+Return", "check", self._is_open, GROUP),
            Action("minute.sign", msgid("Sign the minute"), self._confirm, "Ctrl+S", "signature", self._may_sign, GROUP),
            Action("minute.head", msgid("Date and attendance"), lambda: self.tabs.choose(SITTING), "Ctrl+2", "calendar", group=GROUP),
            Action("minute.cases", msgid("Cases of the sitting"), lambda: self.tabs.choose(CASES), "Ctrl+1", "inbox", group=GROUP),
            Action("minute.refresh", msgid("Take up what came to wait since"), self.presenter.refresh_agenda, "Ctrl+R", "sync", self._is_open, GROUP),
            Action("minute.paper", msgid("Save the signed minute as a file"), self.presenter.save_paper, "Ctrl+P", "pdf", self._is_signed, GROUP),
            Action("minute.cancel", msgid("Give this sitting up"), self._confirm_cancel, "", "delete", self._is_open, GROUP),
        ]  # fmt: skip

    def show_loading(self) -> None:
        """The minute is being read."""
        self._offer(None)
        self.states.show_loading(self.kit.words.t("Opening the minute…"))

    def show_minute(self, minute: MinuteFile) -> None:
        """Show everything, standing where the person stood, or on the first case without a decision."""
        words, formats = self.kit.words, self.kit.formats
        before = self.table.current_row()
        held = (
            formats.date(minute.head.held_on) if minute.head.held_on else words.t("No day of the sitting yet")
        )
        title = words.t("Minute {number}").format(number=formats.code(minute.number))
        self._header.set_texts(title, f"{level_words(words, minute.level.value)} · {held}")
        self.table.set_rows(minute.lines)
        first = next((at for at, line in enumerate(minute.lines) if line.verdict is None), 0)
        if minute.lines:
            self.table.stand_on_id("line_id", before.line_id if before else None, first)
            self.states.show_content()
        else:
            self.states.show_empty(
                words.t("Nothing is on the agenda"),
                words.t("Everything was decided or withdrawn elsewhere."),
                icon="inbox",
            )
        self.head.show_head(minute.head, editable=minute.open)
        self.panel.allow(decisions=minute.open, amount=True)
        self._offer(minute)
        self.show_counts(minute)
        if self.tabs.chosen == CASES and self.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_line(self, at: int, line: AgendaLine) -> None:
        """One case changed."""
        self.table.put_row(at, line)

    def show_counts(self, minute: MinuteFile) -> None:
        """How many cases are decided, beside the list's name."""
        number = self.kit.formats.number
        done = len(minute.lines) - minute.undecided
        said = self.kit.words.t("Cases: {done} of {all} decided").format(
            done=number(done), all=number(len(minute.lines))
        )
        self.tabs.rename(CASES, said)
        self._rest.setEnabled(minute.undecided > 0)

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""
        self._offer(None)
        self.states.show_error(sentence, self.presenter.reload)

    def show_trouble(self, sentence: str) -> None:
        """What was typed stays."""
        self.banner.say(sentence, "danger")

    def ask_reason(self, at: int, line: AgendaLine) -> None:
        """Words first."""
        del at
        if line.verdict is not None:
            self.panel.ask_reason(line.verdict, line.person_name)

    def go_on(self, after: int) -> None:
        """Stand on the next case; after the last one, stay."""
        self.banner.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        last = len(self.table.rows_model.rows) - 1
        if after < last:
            self.table.stand_at(after + 1)
        elif (row := self.table.current_row()) is not None:
            self._stand_on(row)

    def show_signing(self) -> None:
        """It takes a moment."""
        self.banner.say(self.kit.words.t("The minute is being made and signed…"), "info")

    def show_signed(self, signed: SignedMinute) -> None:
        """Say what was decided and what was left out, and why."""
        words, number = self.kit.words, self.kit.formats.number
        parts = [
            words.n("Signed: {count} case decided.", "Signed: {count} cases decided.", signed.decided).format(
                count=number(signed.decided)
            )
        ]
        own = sum(one.code == OWN_PLAN for one in signed.left_out)
        if own:
            message = words.n(
                "{count} case was left out because you wrote it; a colleague must decide it.",
                "{count} cases were left out because you wrote them; a colleague must decide them.", own,
            )  # fmt: skip
            parts.append(message.format(count=number(own)))
        other = len(signed.left_out) - own
        if other:
            message = words.n(
                "{count} case was left out because it was decided elsewhere.",
                "{count} cases were left out because they were decided elsewhere.", other,
            )  # fmt: skip
            parts.append(message.format(count=number(other)))
        self.banner.say(" ".join(parts), "accent", words.t("Save as a file"), self.presenter.save_paper)
        self.context.changed(CHANGED)
        self.presenter.reload()

    def show_fetching(self) -> None:
        """It may take a while on a slow line."""
        self.banner.say(self.kit.words.t("The signed minute is being fetched from the centre…"), "info")

    def show_saved(self) -> None:
        """The file is there."""
        self.banner.clear()
        self.context.announce(self.kit.words.t("The minute was saved."))

    def show_cancelled(self) -> None:
        """Its cases go on waiting."""
        self.context.announce(self.kit.words.t("The sitting was given up. Its cases go on waiting."))
        self.context.changed(CHANGED)
        self.context.navigate("approvals", {})

    def _offer(self, minute: MinuteFile | None) -> None:
        """Show the buttons that make sense; none of a minute that is not there."""
        for one in (self._rest, self._cancel):
            one.setVisible(minute is not None and minute.open)
        self._sign.setVisible(minute is not None and minute.open and minute.may_sign)
        self._paper.setVisible(minute is not None and not minute.open)

    def _stand_on(self, row: AgendaLine) -> None:
        kit, words = self.kit, self.kit.words
        who = in_language(kit, row.proposer_ar, row.proposer_en)
        facts = [
            kit.formats.code(row.file_number), fund_words(words, row.fund),
            words.t("Proposed by {name}").format(name=isolate(who)) if who else "",
        ]  # fmt: skip
        title = f"{isolate(row.person_name)} · {in_language(kit, row.service_ar, row.service_en)}"
        self.panel.show_item(title, " · ".join(filter(None, facts)), row.answers, row.rules_now)
        self.panel.amount.set_value(row.amount or None)
        self.panel.reason.set_value(row.reason)
        self.panel.allow(decisions=self._is_open(), amount=bool(row.asked))
        if row.own:
            said = words.t(
                "You wrote this proposal: your signature leaves it out, and it goes on waiting for a colleague."
            )
            self.panel.banner.say(said, "info")

    def _chosen(self, verdict: Verdict) -> None:
        at, reason = self._at(), self.panel.reason.value()
        if self.panel.asked is verdict and reason:
            self.presenter.give_reason(at, reason)
        else:
            self.presenter.decide(at, verdict)

    def _confirm(self) -> None:
        words, minute = self.kit.words, self.presenter.minute
        if minute is not None:
            count = len(minute.lines)
            asked = words.n(
                "Signing decides {count} case for good; it cannot be undone.",
                "Signing decides {count} cases for good; it cannot be undone.", count,
            ).format(count=self.kit.formats.number(count))  # fmt: skip
            self.banner.say(asked, "attention", words.t("Sign now"), self.presenter.sign)
            self._stand_on_answer()

    def _stand_on_answer(self) -> None:
        """Enter answers the question in the banner, Tab leaves it."""
        answers = [one for one in self.banner.findChildren(QPushButton) if one.isVisibleTo(self.banner)]
        if answers:
            answers[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm_cancel(self) -> None:
        words = self.kit.words
        asked = words.t("The decisions typed here will be lost; the cases go on waiting.")
        self.banner.say(asked, "attention", words.t("Give it up"), self.presenter.cancel)
        self._stand_on_answer()

    def _open_plan(self, row: AgendaLine) -> None:
        if row.household_id is not None:
            self.context.navigate("plan", {"household": str(row.household_id)})

    def _at(self) -> int:
        return self.table.currentIndex().row()

    def _is_open(self) -> bool:
        return self.presenter.minute is not None and self.presenter.minute.open

    def _is_signed(self) -> bool:
        return self.presenter.minute is not None and not self.presenter.minute.open

    def _may_sign(self) -> bool:
        minute = self.presenter.minute
        return minute is not None and minute.open and minute.may_sign

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        self._header = PageHeader(kit, words.t("Minute"))
        self._cancel = button(kit, words.t("Give this sitting up"), self._confirm_cancel, role="quiet")
        self._rest = button(kit, words.t("Approve the rest"), self.presenter.approve_rest, icon="check")
        self._paper = button(kit, words.t("Save as a file"), self.presenter.save_paper, icon="pdf")
        self._sign = button(kit, words.t("Sign the minute"), self._confirm, role="primary", icon="signature")
        for made in (self._cancel, self._rest, self._paper, self._sign):
            self._header.add_button(made)
        page.add(self._header)
        page.add(self.banner)
        self.tabs = Tabs(kit, [words.t("Cases"), words.t("Date and attendance")])
        page.add(self.tabs)
        cases = Card(kit)
        cases.add(self.states, 1)
        columns = Reflow(kit, NARROW)
        columns.add(cases, 5)
        side = scrolling(self.panel)
        self.states.turned.connect(lambda state: side.setVisible(state == "content"))
        columns.add(side, 3)
        faces = QStackedWidget()
        faces.addWidget(columns)
        faces.addWidget(scrolling(self.head))
        self.tabs.chose.connect(faces.setCurrentIndex)
        page.add(faces, 1)
        self.box.addWidget(page)
