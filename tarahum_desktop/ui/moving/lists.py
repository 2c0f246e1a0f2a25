"""The columns of the lists of this screen."""

from collections.abc import Callable
from datetime import datetime

from tarahum_desktop.casework.moving.addenda import AddendumLine
from tarahum_desktop.casework.moving.in_hand import CaseInHand, OfficerLine
from tarahum_desktop.casework.moving.offer_lists import IncomingOffer, OutgoingOffer
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.moving.words import (
    case_line,
    late_fields,
    named,
    officer_name,
    outgoing_state,
    outgoing_tone,
    place_of,
    record_name,
    since,
)
from tarahum_desktop.ui.widgets.marked_table import MarkedTable
from tarahum_desktop.ui.widgets.table import Column, DataTable

Now = Callable[[], datetime]


def officers_table(kit: Kit) -> DataTable:
    """Who carries how much."""
    words, number = kit.words, kit.formats.number
    columns = [
        Column[OfficerLine](words.t("Officer"), lambda line: officer_name(kit, line), 5),
        Column[OfficerLine](words.t("Open"), lambda line: number(line.open_cases), 3),
        Column[OfficerLine](
            words.t("Overdue"), lambda line: number(line.overdue), 3,
            lambda line: "attention" if line.overdue else "soft",
        ),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("Officers and their work"))


def cases_table(kit: Kit) -> MarkedTable:
    """The cases of one officer, to be marked; what is on its way already cannot be."""
    words = kit.words
    columns = [
        Column[CaseInHand](words.t("Family"), lambda case: case.head or kit.formats.code(case.file_number), 7),
        Column[CaseInHand](words.t("Place"), lambda case: named(kit, case.place_ar, case.place_en), 4),
        Column[CaseInHand](
            words.t("State"), lambda case: case_line(kit, case), 6,
            lambda case: "attention" if case.leaving else "text",
        ),
    ]  # fmt: skip
    return MarkedTable(
        kit, columns, words.t("Cases in hand"), lambda case: case.case_id, lambda case: not case.leaving
    )


def incoming_table(kit: Kit, now: Now) -> DataTable:
    """Families offered to us."""
    words = kit.words
    columns = [
        Column[IncomingOffer](words.t("Family"), lambda offer: offer.head or kit.formats.code(offer.file_number), 4),
        Column[IncomingOffer](words.t("Members"), lambda offer: kit.formats.number(offer.members), 1),
        Column[IncomingOffer](words.t("Place"), lambda offer: place_of(kit, offer), 3),
        Column[IncomingOffer](words.t("From"), lambda offer: named(kit, offer.from_ar, offer.from_en), 3),
        Column[IncomingOffer](words.t("Since"), lambda offer: since(kit, offer.offered_at, now()), 2),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("Offered to us"))


def outgoing_table(kit: Kit, now: Now) -> DataTable:
    """Families we offered."""
    words = kit.words
    columns = [
        Column[OutgoingOffer](words.t("Family"), lambda offer: offer.head or kit.formats.code(offer.file_number), 4),
        Column[OutgoingOffer](words.t("To"), lambda offer: named(kit, offer.to_ar, offer.to_en), 3),
        Column[OutgoingOffer](
            words.t("State"), lambda offer: outgoing_state(kit, offer), 3, outgoing_tone
        ),
        Column[OutgoingOffer](words.t("Since"), lambda offer: since(kit, offer.offered_at, now()), 2),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("Offered by us"))


def late_table(kit: Kit, now: Now) -> DataTable:
    """Edits made elsewhere after the family had come here."""
    words = kit.words
    columns = [
        Column[AddendumLine](words.t("Family"), lambda line: line.head or kit.formats.code(line.file_number), 4),
        Column[AddendumLine](words.t("Record"), lambda line: record_name(kit, line.entity), 2),
        Column[AddendumLine](words.t("Fields"), lambda line: late_fields(kit, line), 4),
        Column[AddendumLine](words.t("By"), lambda line: named(kit, line.by_ar, line.by_en), 3),
        Column[AddendumLine](words.t("When"), lambda line: since(kit, line.made_at, now()), 2),
    ]  # fmt: skip
    return DataTable(kit, columns, words.t("Late additions"))
