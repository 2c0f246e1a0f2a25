"""The head of the page: whose file it is, the way to a visit, and the ways to its other parts and desks."""

from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tarahum_desktop.ui.family.faces import Faces
from tarahum_desktop.ui.family.leads import Lead
from tarahum_desktop.ui.family.page_model import FamilyPage
from tarahum_desktop.ui.family.presenter import FamilyPresenter
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.buttons import button
from tarahum_desktop.ui.widgets.flow_layout import FlowLayout
from tarahum_desktop.ui.widgets.page import PageHeader
from tarahum_desktop.ui.widgets.reflow import Reflow

NARROW_HEADER = 700


class HeadOwner(Protocol):
    """What the head's buttons do."""

    presenter: FamilyPresenter
    faces: Faces

    def show_changes(self) -> None:
        """Who changed what."""

    def follow(self, screen: str) -> bool:
        """Go to another desk."""

    def leads_open(self) -> list[Lead]:
        """The desks that are open."""


class Head(QWidget):
    """``main_button`` begins a visit or goes on with one."""

    def __init__(self, kit: Kit, page: FamilyPage, owner: HeadOwner) -> None:
        super().__init__()
        words = kit.words
        self.setProperty("paper", "clear")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(kit.look.sizes.space_3)
        header = PageHeader(kit, page.title, page.subtitle)
        begun = page.draft_id is not None
        text = words.t("Go on with the visit") if begun else words.t("New visit")
        self.main_button = button(
            kit, text, owner.presenter.visit, role="primary", icon="edit" if begun else "add"
        )
        self.main_button.setEnabled(page.may_visit)
        top = Reflow(kit, NARROW_HEADER)
        top.add(header, 1)
        top.add(self.main_button)
        box.addWidget(top)
        ways = QWidget()
        ways.setProperty("paper", "clear")
        flow = FlowLayout(ways, kit.look.sizes.space_2)
        flow.addWidget(button(kit, words.t("Timeline"), owner.faces.show_timeline, icon="clock"))
        flow.addWidget(button(kit, words.t("Who changed what"), owner.show_changes, icon="edit"))
        for lead in owner.leads_open():
            flow.addWidget(button(kit, words.t(lead.title), partial(_go, owner, lead), icon=lead.icon))
        report = button(kit, words.t("Print the last visit report"), owner.presenter.print_last, icon="print")
        report.setEnabled(page.last_report is not None)
        flow.addWidget(report)
        box.addWidget(ways)


def _go(owner: HeadOwner, lead: Lead) -> None:
    owner.follow(lead.screen)
