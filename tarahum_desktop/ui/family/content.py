"""The page of one family, built from its words."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from tarahum_desktop.ui.family.address_card import AddressCard, Keep
from tarahum_desktop.ui.family.cards import chips_row, facts_card, table_card, tile
from tarahum_desktop.ui.family.columns import Columns
from tarahum_desktop.ui.family.matrix_card import MatrixCard
from tarahum_desktop.ui.family.page_model import DeliveryRow, FamilyPage, MemberRow, PlanRow, VisitRow
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.card import Card
from tarahum_desktop.ui.widgets.labels import label
from tarahum_desktop.ui.widgets.page import Page
from tarahum_desktop.ui.widgets.reflow import Reflow
from tarahum_desktop.ui.widgets.table import Column, DataTable

NARROW_TILES = 820
MOST_MEMBERS = 10


@dataclass(frozen=True)
class Ways:
    """Where a page leads: ids of persons, visits and plan items; ``keep_address`` is None for who may not mend it."""

    person: Callable[[uuid.UUID], None]
    visit: Callable[[uuid.UUID], None]
    plan: Callable[[], None]
    keep_address: Keep | None
    address: Mapping[str, str]


class Content:
    """Fills a page's column; ``members``, ``plan`` and ``visits`` are its tables, None where they would be empty."""

    def __init__(self, kit: Kit, page: Page, family: FamilyPage, ways: Ways) -> None:
        self._kit, self._family, self._ways = kit, family, ways
        self.plan: DataTable | None = None
        self.members: DataTable | None = None
        self.visits: DataTable | None = None
        self.matrix: MatrixCard | None = None
        page.add(chips_row(kit, family.chips))
        page.add(self._tiles())
        page.add(self._people())
        page.add(self._plan())
        page.add(self._matrix())
        page.add(self._work())
        page.finish()

    def _tiles(self) -> QWidget:
        """Four in a row, or two and two."""
        row = Reflow(self._kit, NARROW_TILES)
        for at in range(0, len(self._family.tiles), 2):
            pair = Reflow(self._kit, 0)
            for given in self._family.tiles[at : at + 2]:
                pair.add(tile(self._kit, given), 1)
            row.add(pair, 1)
        return row

    def _conflicts(self) -> Card:
        words = self._kit.words
        card = facts_card(self._kit, words.t("Open conflicts"), "conflict", self._family.conflicts, "")
        hint = words.t(
            "Two people wrote here without knowing of each other. Nothing is lost; somebody will decide."
        )
        card.body.insertWidget(0, label(hint, tone="soft", wraps=True))
        return card

    def _people(self) -> QWidget:
        kit, words = self._kit, self._kit.words
        columns = [
            Column[MemberRow](words.t("Name"), lambda row: row.name, 27),
            Column[MemberRow](words.t("Relation"), lambda row: row.relation, 12),
            Column[MemberRow](words.t("Age"), lambda row: row.age, 6),
            Column[MemberRow](
                words.p("of a person", "Kind"), lambda row: row.kind, 10, lambda row: row.kind_tone
            ),
            Column[MemberRow](words.t("Identity number"), lambda row: row.id_number, 13),
        ]
        title = words.t("Who they are")
        card, self.members = table_card(
            kit,
            title,
            "families",
            columns,
            self._family.members,
            words.t("No members are recorded yet."),
            MOST_MEMBERS,
        )
        if self.members is not None:
            self.members.opened.connect(lambda row: self._ways.person(row.person_id))
            card.add(label(words.t("Enter opens a person."), size="caption", tone="soft"))
        both = Columns(kit)
        both.wide.addWidget(card)
        none = words.t("Nobody of this family is recorded in custody.")
        both.wide.addWidget(facts_card(kit, words.t("Custody"), "prison", self._family.custody, none))
        both.wide.addStretch(1)
        nothing = words.t("Nothing is due in the next 60 days.")
        both.side.addWidget(facts_card(kit, words.t("To do"), "clock", self._family.todo, nothing))
        if self._family.conflicts:
            both.side.addWidget(self._conflicts())
        self.address = AddressCard(
            kit, self._family.household_id, self._family.address, self._ways.address, self._ways.keep_address
        )
        both.side.addWidget(self.address)
        both.side.addStretch(1)
        return both

    def _plan(self) -> Card:
        words = self._kit.words
        columns = [
            Column[PlanRow](words.t("Service"), lambda row: row.service, 7),
            Column[PlanRow](words.t("For whom"), lambda row: row.person, 4),
            Column[PlanRow](words.t("Priority"), lambda row: row.priority, 3, lambda row: row.priority_tone),
            Column[PlanRow](words.t("State"), lambda row: row.state, 5, lambda row: row.state_tone),
            Column[PlanRow](words.t("What comes next"), lambda row: row.next_step, 6),
        ]
        none = words.t("Nothing is planned yet; needs are written down on a visit.")
        card, self.plan = table_card(
            self._kit, words.t("Needs and plan"), "plan", columns, self._family.plan, none
        )
        if self.plan is not None:
            self.plan.opened.connect(lambda _row: self._ways.plan())
        return card

    def _matrix(self) -> Card:
        if self._family.matrix is None:
            card = Card(self._kit, self._kit.words.t("Self-sufficiency matrix"), icon="chart")
            text = self._kit.words.t("Not rated yet; the first complete visit rates all domains.")
            card.add(label(text, tone="soft", wraps=True))
            return card
        self.matrix = MatrixCard(self._kit, self._family.matrix)
        return self.matrix

    def _work(self) -> QWidget:
        both = Columns(self._kit)
        both.wide.addWidget(self._visits())
        both.wide.addWidget(self._deliveries())
        both.wide.addStretch(1)
        words = self._kit.words
        unknown = words.t("Nothing is known yet; the first complete visit asks for it.")
        both.side.addWidget(facts_card(self._kit, words.t("Money"), "money", self._family.money, unknown))
        both.side.addWidget(self._consents())
        both.side.addStretch(1)
        return both

    def _consents(self) -> Card:
        words = self._kit.words
        asked = words.t("Nobody was asked for consent yet; a visit begins with it.")
        return facts_card(self._kit, words.t("Consents"), "shield", self._family.consents, asked)

    def _visits(self) -> Card:
        words = self._kit.words
        columns = [
            Column[VisitRow](words.t("Date"), lambda row: row.day, 25),
            Column[VisitRow](words.p("of a visit", "Kind"), lambda row: row.kind, 13),
            Column[VisitRow](words.t("Outcome"), lambda row: row.outcome, 13, lambda row: row.outcome_tone),
            Column[VisitRow](words.t("Officer"), lambda row: row.officer, 14),
        ]
        none = words.t("No visit yet. Begin one with the button above.")
        card, self.visits = table_card(
            self._kit, words.t("Visits"), "visit", columns, self._family.visits, none
        )
        if self.visits is not None:
            self.visits.opened.connect(lambda row: self._ways.visit(row.id))
            card.add(label(words.t("Enter opens the answers of a visit."), size="caption", tone="soft"))
        return card

    def _deliveries(self) -> Card:
        words = self._kit.words
        columns = [
            Column[DeliveryRow](words.t("Date"), lambda row: row.day, 25),
            Column[DeliveryRow](words.t("Service"), lambda row: row.service, 18),
            Column[DeliveryRow](words.t("Amount"), lambda row: row.amount, 13),
            Column[DeliveryRow](words.t("State"), lambda row: row.state, 11, lambda row: row.tone),
        ]
        none = words.t("Nothing was delivered yet.")
        return table_card(self._kit, words.t("Deliveries"), "money", columns, self._family.deliveries, none)[
            0
        ]
