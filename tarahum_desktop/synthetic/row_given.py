"""Rows of what was promised and given: plan items, deliveries, follow-ups."""

from uuid import UUID

from tarahum_desktop.models.ids import seed_id
from tarahum_desktop.synthetic.filing import CaseFile
from tarahum_desktop.synthetic.giving import Item
from tarahum_desktop.synthetic.row_book import Filed, RowBook
from tarahum_desktop.synthetic.world import KINDS, World

_APPROVERS = ("supervisor", "executive", "panel", "panel")


def add_items(
    book: RowBook, world: World, filed: Filed, case: CaseFile, case_id: UUID, visits: list[UUID]
) -> None:
    """Write the case's plan items with their deliveries, each tied to the visit that proposed it."""
    for item, visit in zip(case.items, case.item_visits, strict=True):
        _add_item(book, world, filed, case_id, item, visits[visit])


def _add_item(book: RowBook, world: World, filed: Filed, case_id: UUID, item: Item, visit: UUID) -> None:
    service = world.services[item.service]
    person = filed.persons[item.member]
    item_id = book.add(
        "plan_item", book.moment(item.proposed, 13), filed.officer,
        {
            "case_id": case_id, "household_id": filed.household, "person_id": person, "visit_id": visit,
            "committee_code": book.committee, "service_code": service.code, "state": item.state,
            "priority": book.rng.choices(("urgent", "important", "desired"), (18, 60, 22))[0],
            "quantity": item.quantity, "amount_halalas": item.amount, "fund": item.fund,
            "proposed_by": filed.officer, "proposed_on": item.proposed,
            "decided_by": book.staff(_APPROVERS[item.level]), "decided_on": item.decided,
            "decision_reason": None,
        },
    )  # fmt: skip
    agreement = _agreement(book, world, item, service.code)
    kind = KINDS[filed.file.family.members[item.member].kind]
    for given in item.deliveries:
        moment = book.moment(given.recorded, 11)
        book.add(
            "delivery", moment, book.staff("office_admin"),
            {
                "plan_item_id": item_id, "person_id": person, "household_id": filed.household,
                "committee_code": book.committee, "service_code": service.code, "delivered_on": given.day,
                "quantity": 1, "amount_halalas": given.amount, "fund": item.fund, "person_kind": kind,
                "receiver": "self" if kind != "prisoner" else "facility", "proxy_document": None,
                "evidence": list(service.evidence[:1]), "confirmed_at": moment,
                "confirmed_by": book.staff("office_admin"), "agreement_id": agreement,
            },
        )  # fmt: skip


def _agreement(book: RowBook, world: World, item: Item, service: str) -> UUID | None:
    if item.fund != "agreement":
        return None
    codes = world.agreements.get(f"{book.committee}/{service}") or world.agreements.get(f"/{service}")
    return seed_id("agreement", book.rng.choice(codes)) if codes else None


def add_contacts(book: RowBook, world: World, filed: Filed, case: CaseFile, case_id: UUID) -> None:
    """Write the follow-ups that were made or are due."""
    for contact in case.contacts:
        notes = world.phrases["follow_up"].get(contact.outcome or "")
        days = (contact.due, contact.done, case.closed, book.period.ends)
        known = min(day for day in days if day)
        book.add(
            "follow_up", book.moment(known, 9), filed.officer,
            {
                "case_id": case_id,
                "person_id": None if contact.member is None else filed.persons[contact.member],
                "officer_id": filed.officer, "kind": contact.kind, "due_on": contact.due,
                "done_on": contact.done, "outcome": contact.outcome,
                "note": book.rng.choice(notes) if notes else None,
            },
        )  # fmt: skip
