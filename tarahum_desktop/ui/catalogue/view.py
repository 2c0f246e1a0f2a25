"""The catalogue: services at one side, at the other the rules of the one stood on with its versions, or the form."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from tarahum_desktop.i18n.plan_words import level_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.actions import Action
from tarahum_desktop.ui.catalogue.ports import CataloguePorts
from tarahum_desktop.ui.catalogue.presenter import CataloguePresenter, ServiceLine
from tarahum_desktop.ui.catalogue.rules_form import RulesForm
from tarahum_desktop.ui.catalogue.terms import rule_lines, service_name, version_words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import Params, Screen, ScreenContext
from tarahum_desktop.ui.theme import clear_layout
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page, PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.scrolling import scrolling
from tarahum_desktop.ui.widgets.state_panel import StatePanel
from tarahum_desktop.ui.widgets.table import Column, DataTable

GROUP = msgid("Catalogue of services")
NARROW = 820
SHOWN_KINDS = frozenset({"service", "service_rules", "approval_level"})


class CatalogueView(Screen):
    """Everybody reads; who manages the catalogue publishes."""

    def __init__(self, context: ScreenContext, ports: CataloguePorts) -> None:
        super().__init__(context)
        self.presenter = CataloguePresenter(self, ports, context.background, self.kit.words)
        self.table = services_table(self.kit)
        self.table.moved.connect(self._stand_on)
        self.table.opened.connect(lambda _row: self._begin())
        self.form = RulesForm(self.kit, self.presenter.publish)
        self.form.closed.connect(self._close)
        self.states = StatePanel(self.kit, self.table)
        self._may_publish = False
        self._lay_out()

    def open_with(self, params: Params) -> None:
        """Read the catalogue."""
        del params
        self._close()
        self.presenter.reload()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again when rules changed."""
        if changed & SHOWN_KINDS:
            self.presenter.reload()

    def screen_actions(self) -> list[Action]:
        """What can be done here."""
        return [
            Action("catalogue.new", msgid("Publish a new version"), self._begin, "Ctrl+N", "edit", self._may_begin, GROUP),
            Action("catalogue.save", msgid("Publish"), self.form.submit, "Ctrl+S", "check", lambda: self.writing, GROUP),
        ]  # fmt: skip

    @property
    def writing(self) -> bool:
        """Whether the form is open."""
        return self._side.currentWidget() is self._form_area

    def show_loading(self) -> None:
        """The catalogue is being read."""
        self.states.show_loading()

    def show_services(self, lines: Sequence[ServiceLine], *, may_publish: bool) -> None:
        """Show all services, standing where the person stood."""
        at = max(0, self.table.currentIndex().row())
        self._may_publish = may_publish
        self._new.setVisible(may_publish)
        self.table.set_rows(lines)
        words = self.kit.words
        if not lines:
            self.states.show_empty(
                words.t("No service is here yet"),
                words.t("The catalogue comes with the first exchange with the centre."),
            )
            return
        self.table.setCurrentIndex(self.table.rows_model.index(min(at, len(lines) - 1), 0))
        self.states.show_content()
        if not self.writing:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """It cannot be shown."""
        self.states.show_error(sentence, self.presenter.reload)

    def show_refusal(self, sentence: str) -> None:
        """What was typed stays."""
        self.form.banner.say(sentence, "danger")

    def show_published(self) -> None:
        """It reaches the offices with the next exchange."""
        told = self.kit.words.t(
            "The new version is published. It reaches each office with its next exchange."
        )
        self.context.announce(told)
        self._close()
        self.context.changed(frozenset({"service_rules"}))

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window while it closes the form."""
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.writing
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form."""
        if event.key() == Qt.Key.Key_Escape and self.writing:
            self._close()
        else:
            super().keyPressEvent(event)

    def _stand_on(self, line: ServiceLine) -> None:
        kit = self.kit
        self._name.setText(service_name(kit, line.now))
        clear_layout(self._rules)
        for one in line.versions:
            holds = one is line.now
            title = version_words(kit, one)
            text = kit.words.t("{version} (holds today)").format(version=title) if holds else title
            self._rules.addWidget(label(text, size="strong", tone="accent" if holds else "text", wraps=True))
            for said in rule_lines(kit, one):
                self._rules.addWidget(label(said, tone="text" if holds else "soft", wraps=True))
            if one.note:
                self._rules.addWidget(label(one.note, size="caption", tone="soft", wraps=True))
        self._rules.addStretch(1)

    def _begin(self) -> None:
        line = self.table.current_row()
        if self._may_publish and line is not None and self.presenter.catalogue is not None:
            self._side.setCurrentWidget(self._form_area)
            self.form.begin(line.now, self.presenter.catalogue.today)

    def _may_begin(self) -> bool:
        return self._may_publish and not self.writing and self.table.current_row() is not None

    def _close(self) -> None:
        self._side.setCurrentWidget(self._about_area)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        kit, words = self.kit, self.kit.words
        page = Page(kit, scrolls=False)
        header = PageHeader(kit, words.t("Catalogue of services"))
        self._new = button(kit, words.t("Publish a new version"), self._begin, role="primary", icon="edit")
        header.add_button(self._new)
        page.add(header)
        services = Card(kit)
        services.add(self.states, 1)
        about = Card(kit)
        self._name = label("", size="title", wraps=True)
        about.add(self._name)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(kit.look.sizes.space_1)
        about.body.addLayout(self._rules, 1)
        self._about_area, self._form_area = scrolling(about), scrolling(self.form)
        self._side = QStackedWidget()
        self._side.addWidget(self._about_area)
        self._side.addWidget(self._form_area)
        columns = Reflow(kit, NARROW)
        columns.add(services, 4)
        columns.add(self._side, 3)
        page.add(columns, 1)
        self.box.addWidget(page)


def services_table(kit: Kit) -> DataTable:
    """A table whose rows are ``ServiceLine``."""
    words, formats = kit.words, kit.formats
    columns = [
        Column[ServiceLine](words.t("Code"), lambda line: formats.code(line.now.service_code), 3),
        Column[ServiceLine](words.t("Service"), lambda line: service_name(kit, line.now), 8),
        Column[ServiceLine](
            words.t("Lowest level"), lambda line: level_words(words, line.now.rules.level.value), 6
        ),
        Column[ServiceLine](words.t("Version"), lambda line: formats.number(line.now.version), 2),
    ]
    return DataTable(kit, columns, words.t("Catalogue of services"))
