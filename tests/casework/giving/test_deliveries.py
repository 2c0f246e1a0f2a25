import datetime as dt
import uuid

import pytest

from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing, RecordMissing
from tarahum_desktop.casework.giving.deliver import NewDelivery, Proof, record_delivery, take_back
from tarahum_desktop.casework.giving.errors import GivingRefused
from tarahum_desktop.casework.giving.hand_over import hand_over
from tarahum_desktop.casework.giving.status import StepKind, find_items, item_chain
from tarahum_desktop.casework.giving.waiting import WaitingFilter, to_deliver
from tarahum_desktop.models import Delivery, PlanItem
from tests.casework.giving.giving_worlds import APPROVED_ON, approve, row_of, rows_of
from tests.casework.worlds import STAFF, TODAY

SIGNED = (Proof(0, "٤٤"),)


def refusal(giving, role="officer", **values) -> GivingRefused:
    with pytest.raises(GivingRefused) as caught:
        record_delivery(giving.desk(role), NewDelivery(**{"proofs": SIGNED, **values}))
    return caught.value


def test_a_basket_is_handed_over_and_counts(giving):
    item = approve(giving)
    made = record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED))
    row = row_of(giving, Delivery, made.delivery_id)
    assert (row.quantity, row.amount_halalas, row.fund) == (1, 30_000, "zakat")
    assert (row.delivered_on, row.receiver_kind, row.person_kind) == (TODAY, "self", "family_member")
    assert row.confirmed_by == STAFF["officer"]
    assert row.confirmed_at is not None
    assert row.evidence == [{"ar": "محضر تسليم موقّع", "en": "Signed record", "number": "٤٤", "day": ""}]
    assert made.completed
    assert row_of(giving, PlanItem, item).state == "completed"


def test_a_prisoner_is_a_prisoner_on_the_day_of_delivery(giving):
    item = approve(giving, person_id=giving.prisoner)
    made = record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED, receiver_kind="facility"))
    assert row_of(giving, Delivery, made.delivery_id).person_kind == "prisoner"


def test_twelve_cards_are_given_one_at_a_time_until_none_is_left(giving):
    item = approve(giving, quantity=3, amount_halalas=100_000)
    amounts = [
        row_of(giving, Delivery, record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED)).delivery_id)
        for _ in range(3)
    ]
    assert sorted(row.amount_halalas for row in amounts) == [33_333, 33_333, 33_334]
    assert refusal(giving, plan_item_id=item).code == "delivery_too_much"


def test_more_than_was_approved_is_refused_with_what_is_left(giving):
    item = approve(giving, quantity=2, amount_halalas=30_000)
    error = refusal(giving, plan_item_id=item, quantity=3)
    assert (error.code, error.facts) == ("delivery_too_much", {"quantity": 2, "riyals": "300.00"})
    assert refusal(giving, plan_item_id=item, amount_halalas=30_001).code == "delivery_too_much"
    assert refusal(giving, plan_item_id=item, quantity=0, amount_halalas=0).code == "delivery_nothing"
    assert rows_of(giving, Delivery) == []


def test_neither_a_day_to_come_nor_one_before_the_approval_is_taken(giving):
    item = approve(giving)
    assert refusal(giving, plan_item_id=item, day=TODAY + dt.timedelta(days=1)).code == "delivery_in_future"
    early = APPROVED_ON - dt.timedelta(days=1)
    assert refusal(giving, plan_item_id=item, day=early).code == "delivery_before_approval"


@pytest.mark.parametrize("state", ["proposed", "refused", "cancelled"])
def test_what_was_not_approved_is_not_given(giving, state):
    assert refusal(giving, plan_item_id=approve(giving, state=state)).code == "delivery_not_approved"


def test_evidence_is_asked_for_unless_a_session_proves_the_delivery(giving):
    item = approve(giving, quantity=2)
    assert refusal(giving, plan_item_id=item, proofs=()).code == "delivery_evidence_missing"
    assert refusal(giving, plan_item_id=item, proofs=(Proof(9),)).code == "delivery_evidence_missing"
    record_delivery(giving.desk(), NewDelivery(item, session_id=uuid.uuid4()))


def test_a_proxy_needs_a_name_and_a_document(giving):
    item = approve(giving)
    assert refusal(giving, plan_item_id=item, receiver_kind="proxy").code == "delivery_receiver_missing"
    named = {"plan_item_id": item, "receiver_kind": "proxy", "receiver": "سالم القحطاني"}
    assert refusal(giving, **named).code == "proxy_document_missing"
    made = record_delivery(giving.desk(), NewDelivery(**named, proxy_document="وكالة 4412", proofs=SIGNED))
    assert row_of(giving, Delivery, made.delivery_id).proxy_document == "وكالة 4412"


def test_only_funds_the_catalogue_allows_are_taken(giving):
    item = approve(giving, quantity=2)
    assert refusal(giving, plan_item_id=item, fund="grant").code == "fund_not_allowed"
    made = record_delivery(giving.desk(), NewDelivery(item, fund="charity", proofs=SIGNED))
    assert row_of(giving, Delivery, made.delivery_id).fund == "charity"
    assert refusal(giving, plan_item_id=approve(giving, fund=None)).code == "fund_missing"


def test_a_panel_member_hands_nothing_over(giving):
    with pytest.raises(NotAllowed):
        record_delivery(giving.desk("panel"), NewDelivery(approve(giving), proofs=SIGNED))
    with pytest.raises(RecordMissing):
        record_delivery(giving.desk(), NewDelivery(uuid.uuid4(), proofs=SIGNED))


def test_a_wrong_record_is_taken_back_with_a_reason_and_stays_on_file(giving):
    item = approve(giving)
    made = record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED))
    with pytest.raises(ReasonMissing):
        take_back(giving.desk(), made.delivery_id, "  ")
    take_back(giving.desk(), made.delivery_id, "سُجلت بالخطأ")
    row = row_of(giving, Delivery, made.delivery_id)
    assert row.removed_at is not None
    assert row.removed_reason == "سُجلت بالخطأ"
    assert row_of(giving, PlanItem, item).state == "approved"
    with pytest.raises(GivingRefused, match="delivery_removed"):
        take_back(giving.desk(), made.delivery_id, "مرة أخرى")
    record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED))


def test_sixty_baskets_are_handed_over_at_once_and_what_cannot_be_is_told(giving):
    items = [approve(giving, decided_on=APPROVED_ON) for _ in range(60)]
    wrong = approve(giving, state="proposed")
    done = hand_over(giving.desk(), [*items, wrong, items[0]], SIGNED)
    assert (done.recorded, done.amount_halalas, done.riyals) == (60, 1_800_000, 18_000)
    assert {key: error.code for key, error in done.refused.items()} == {wrong: "delivery_not_approved"}
    assert len(rows_of(giving, Delivery)) == 60


def test_the_list_shows_what_waits_the_urgent_first_and_what_is_due_of_it(giving):
    late = approve(giving, quantity=2, amount_halalas=60_000)
    urgent = approve(giving, "CA-01", priority="urgent", decided_on=TODAY)
    approve(giving, state="proposed")
    lines = to_deliver(giving.desk())
    assert [line.item_id for line in lines] == [urgent, late]
    assert (lines[1].due_quantity, lines[1].due_amount, lines[1].due_on) == (1, 30_000, APPROVED_ON)
    assert lines[1].file_number == "RYD-2026-12-00001"
    assert [line.item_id for line in to_deliver(giving.desk(), WaitingFilter("FB-01"))] == [late]
    assert [line.item_id for line in to_deliver(giving.desk(), WaitingFilter(money=True))] == [urgent]
    assert [line.item_id for line in to_deliver(giving.desk(), WaitingFilter(place_code="nowhere"))] == []
    assert len(to_deliver(giving.desk(), WaitingFilter(place_code="dawadmi"))) == 2
    assert to_deliver(giving.desk("stranger")) == []


def test_any_request_is_found_by_name_or_number_with_each_of_its_steps(giving):
    item = approve(giving, quantity=2, decision_reason="للحاجة")
    first = record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED))
    take_back(giving.desk(), first.delivery_id, "خطأ")
    record_delivery(giving.desk(), NewDelivery(item, proofs=SIGNED))
    for typed in ("فاطمه الغامدى", "1023456781", "RYD-2026-12-00001"):
        assert [line.item_id for line in find_items(giving.desk(), typed)] == [item]
    chain = item_chain(giving.desk(), item)
    assert [step.kind for step in chain.steps] == [
        StepKind.PROPOSED, StepKind.DECIDED, StepKind.TAKEN_BACK, StepKind.DELIVERED,
    ]  # fmt: skip
    assert chain.steps[1].note == "للحاجة"
    assert chain.line.promise.left_quantity == 1
    with pytest.raises(NotAllowed):
        item_chain(giving.desk("stranger"), item)
