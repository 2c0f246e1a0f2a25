"""Deciding: by level, by the right role today, never by whoever wrote any part of it."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.errors import DecisionRefused
from tarahum_desktop.casework.plans.publish import NewRules, publish_rules
from tarahum_desktop.casework.plans.queue import approval_queue
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.casework.plans.status import request_status
from tarahum_desktop.models import Case, CaseMove, Entitlement, PlanItem, RoleGrant
from tarahum_desktop.sync.capture import captured_session
from tests.casework.plans.plan_world import SERVICES, ask, executive, headquarters, item_of, later, many
from tests.casework.worlds import SCOPE, STAFF, TODAY

YES = ItemDecision(Verdict.APPROVE)
REASON = "يحتاج إلى استكمال"


def codes(queue):
    return [(item.service_code, item.level.value) for item in queue]


def test_each_sees_only_what_is_theirs_to_decide(plans):
    ask(plans)
    ask(plans, "BC-08", amount=200_000)
    ask(plans, "BC-06", amount=900_000)
    later(plans, 3)
    assert codes(approval_queue(plans.desk("supervisor"))) == [("BC-01", "L1")]
    assert {level for _code, level in codes(approval_queue(plans.desk("panel")))} == {"L1", "L2", "L3"}
    assert {level for _code, level in codes(approval_queue(executive(plans)))} == {"L1", "L2"}
    for role in ("officer", "clerk", "office_admin", "analyst", "stranger"):
        assert approval_queue(plans.desk(role)) == ()


def test_a_line_of_the_queue_says_all_a_decider_needs(plans):
    ask(plans, justification="", quantity=2)
    later(plans, 5)
    (line,) = approval_queue(plans.desk("supervisor"))
    assert (line.file_number, line.person_name, line.service_ar) == (
        "RYD-2026-12-00001", "أحمد بن خالد الغامدي", "خدمة BC-01",
    )  # fmt: skip
    assert (line.amount, line.quantity, line.fund, line.waiting_days) == (30_000, 2, "zakat", 5)
    assert (line.proposer_ar, line.own, line.answers.eligible) == ("موظف officer", False, True)


def test_a_need_nobody_proposed_is_in_no_queue_and_cannot_be_decided(plans):
    need = PlanItem(
        scope=SCOPE, case_id=plans.case, household_id=plans.household, person_id=plans.child, committee_code=SCOPE,
        service_code="BC-01", state="proposed", quantity=1, amount_halalas=25_000, proposed_on=TODAY,
    )  # fmt: skip
    plans.add(need)
    assert approval_queue(plans.desk("panel")) == ()
    with pytest.raises(DecisionRefused) as refused:
        decide_item(plans.desk("supervisor"), need.id, YES)
    assert refused.value.code == "plan_item_unchecked"


@pytest.mark.parametrize("verdict", [Verdict.APPROVE, Verdict.REFUSE])
def test_the_author_neither_approves_nor_refuses_but_may_take_it_back(plans, verdict):
    item = ask(plans, author="supervisor")
    (line,) = approval_queue(plans.desk("supervisor"))
    assert line.own
    with pytest.raises(NotAllowed) as refused:
        decide_item(plans.desk("supervisor"), item, ItemDecision(verdict, REASON))
    assert refused.value.code == "case_plan_author"
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.RETURN, REASON))


def test_whoever_proposed_an_officers_need_is_its_author_too(plans):
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.RETURN, REASON))
    ask(plans, author="supervisor", item_id=item)
    with pytest.raises(NotAllowed) as refused:
        decide_item(plans.desk("supervisor"), item, YES)
    assert refused.value.code == "case_plan_author"
    decide_item(plans.desk("panel"), item, YES)


def test_a_role_that_ended_yesterday_decides_nothing_today(plans):
    item = ask(plans)
    with captured_session(plans.replica, STAFF["officer"]) as session:
        grant = session.query(RoleGrant).filter_by(user_id=STAFF["supervisor"]).one()
        grant.last_day = TODAY
        session.commit()
    assert approval_queue(plans.desk("supervisor"))
    later(plans, 1)
    assert approval_queue(plans.desk("supervisor")) == ()
    with pytest.raises(NotAllowed) as refused:
        decide_item(plans.desk("supervisor"), item, YES)
    assert refused.value.code == "not_allowed"
    assert item_of(plans, item).state == "proposed"


@pytest.mark.parametrize("verdict", [Verdict.REFUSE, Verdict.RETURN])
def test_a_refusal_and_a_return_need_words(plans, verdict):
    item = ask(plans)
    with pytest.raises(ReasonMissing):
        decide_item(plans.desk("supervisor"), item, ItemDecision(verdict, "  "))
    decide_item(plans.desk("supervisor"), item, ItemDecision(verdict, REASON))
    assert item_of(plans, item).decision_reason == REASON


def test_a_decision_is_made_once(plans):
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, YES)
    for verdict in Verdict:
        with pytest.raises(DecisionRefused) as refused:
            decide_item(plans.desk("panel"), item, ItemDecision(verdict, REASON))
        assert refused.value.code == "plan_item_decided"


def test_what_is_postponed_waits_on(plans):
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.POSTPONE))
    (line,) = approval_queue(plans.desk("supervisor"))
    assert line.postponed
    decide_item(plans.desk("supervisor"), item, YES)
    assert item_of(plans, item).state == "approved"


def test_an_amount_may_be_changed_up_to_the_levels_limit(plans):
    item = ask(plans)
    with pytest.raises(DecisionRefused) as refused:
        decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.APPROVE, amount=100_001))
    assert (refused.value.code, refused.value.facts["level"]) == ("plan_amount_above_level", "L1")
    with pytest.raises(DecisionRefused):
        decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.APPROVE, amount=0))
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.APPROVE, amount=100_000))
    assert item_of(plans, item).amount_halalas == 100_000


def test_a_decision_keeps_the_version_it_was_proposed_under(plans):
    item = ask(plans)
    rules = SERVICES["BC-01"]["rules"] | {"repeat_guard_days": 60}
    day = TODAY + dt.timedelta(days=1)
    publish_rules(
        headquarters(plans), NewRules("BC-01", day, "L1", "in_kind_valued", ["family_member"], rules)
    )
    later(plans, 2)
    (line,) = approval_queue(plans.desk("supervisor"))
    assert (line.answers.version, line.rules_now) == (2, 3)
    decide_item(plans.desk("supervisor"), item, YES)
    assert item_of(plans, item).rules_version == 2


def test_rules_that_raise_the_level_meanwhile_raise_who_decides(plans):
    item = ask(plans)
    publish_rules(
        headquarters(plans),
        NewRules("BC-01", TODAY, "L3", "in_kind_valued", ["family_member"], SERVICES["BC-01"]["rules"]),
    )
    assert approval_queue(plans.desk("supervisor")) == ()
    with pytest.raises(NotAllowed):
        decide_item(plans.desk("supervisor"), item, YES)
    assert codes(approval_queue(plans.desk("panel"))) == [("BC-01", "L3")]
    decide_item(plans.desk("panel"), item, YES)


def test_an_approval_reserves_what_may_be_granted_once_and_shows_it_on_the_way(plans):
    item = ask(plans, "BC-08", amount=200_000)
    decide_item(plans.desk("panel"), item, YES)
    with Session(plans.replica.engine) as session:
        (claim,) = session.query(Entitlement).all()
        assert (claim.plan_item_id, claim.state, claim.service_code) == (item, "reserved", "BC-08")
    codes_of_way = [step.code for step in request_status(plans.desk(), item).steps]
    assert codes_of_way == ["proposed", "approved", "reserved"]


def test_the_case_moves_once_nothing_of_its_plan_waits(plans):
    with captured_session(plans.replica, STAFF["officer"]) as session:
        session.get_one(Case, plans.case).state = "plan_pending"
        session.commit()
    first, second = many(plans, 2)
    decide_item(plans.desk("supervisor"), first, ItemDecision(Verdict.REFUSE, REASON))
    assert state(plans) == "plan_pending"
    decide_item(plans.desk("supervisor"), second, YES)
    assert state(plans) == "approved"
    with Session(plans.replica.engine) as session:
        move = session.query(CaseMove).one()
        assert (move.role, move.moved_by, move.to_state) == ("panel", STAFF["supervisor"], "approved")


def test_a_plan_refused_as_a_whole_makes_the_case_ineligible_with_the_reason(plans):
    with captured_session(plans.replica, STAFF["officer"]) as session:
        session.get_one(Case, plans.case).state = "plan_pending"
        session.commit()
    decide_item(plans.desk("supervisor"), ask(plans), ItemDecision(Verdict.REFUSE, REASON))
    assert state(plans) == "ineligible"
    with Session(plans.replica.engine) as session:
        assert session.query(CaseMove).one().reason == REASON


def state(office):
    with Session(office.replica.engine) as session:
        return session.get_one(Case, office.case).state
