"""Rules by day, limits passed together, and where a request is."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tarahum_desktop.casework.errors import NotAllowed, RecordMissing
from tarahum_desktop.casework.giving import catalogue as giving
from tarahum_desktop.casework.giving.entitlements import reserve
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.over_cap import FUND, YEARLY_AMOUNT, YEARLY_TIMES, over_cap
from tarahum_desktop.casework.plans.propose import withdraw
from tarahum_desktop.casework.plans.publish import NewRules, publish_rules, rules_catalogue
from tarahum_desktop.casework.plans.rules import rules_on
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.casework.plans.status import request_status
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.service_rules import RulesRefused
from tarahum_desktop.models import Delivery, Entitlement, FundEntry, PlanItem
from tests.casework.plans.plan_world import BEGAN, SERVICES, ask, headquarters
from tests.casework.worlds import SCOPE, STAFF, TODAY

RULES = SERVICES["BC-01"]["rules"]


def new(day=TODAY, **changed):
    values = {"level": "L2", "amount_kind": "yes", "kinds": ["released"], "rules": RULES, **changed}
    return NewRules("BC-01", day, **values)


def version_on(office, day):
    with office.desk().reading() as connection:
        return rules_on(connection, "BC-01", day).version


def test_the_rules_of_a_day_are_the_version_that_had_begun(plans):
    publish_rules(headquarters(plans), new(TODAY + dt.timedelta(days=10)))
    days = (BEGAN - dt.timedelta(days=1), BEGAN, TODAY + dt.timedelta(days=9), TODAY + dt.timedelta(days=10))
    assert [version_on(plans, day) for day in days] == [1, 2, 2, 3]
    with plans.desk().reading() as connection:
        assert rules_on(connection, "ZZ-99", TODAY) is None


def test_only_headquarters_publishes(plans):
    for role in ("officer", "supervisor", "panel", "office_admin", "analyst"):
        assert not rules_catalogue(plans.desk(role)).may_publish
        with pytest.raises(NotAllowed):
            publish_rules(plans.desk(role), new())
    catalogue = rules_catalogue(headquarters(plans))
    assert catalogue.may_publish
    assert [one.version for one in catalogue.services["BC-01"]] == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (new(TODAY - dt.timedelta(days=1)), "rules_day_past"),
        (new(kinds=["tourist"]), "rules_kind_unknown"),
        (new(kinds=[]), "rules_kinds_empty"),
        (new(level="L5"), "rules_level_unknown"),
        (new(rules=RULES | {"annual_cap": -1}), "rules_number_wrong"),
        (new(rules=RULES | {"debt_cap_halalas": 10**13}), "rules_number_wrong"),
        (new(rules=RULES | {"fund_sources": ["x"]}), "rules_fund_unknown"),
    ],
)
def test_rules_that_could_not_be_applied_are_not_published(plans, wanted, code):
    with pytest.raises(RulesRefused) as refused:
        publish_rules(headquarters(plans), wanted)
    assert refused.value.code == code
    assert version_on(plans, TODAY + dt.timedelta(days=999)) == 2


def test_rules_do_not_slip_under_a_version_that_is_to_come(plans):
    publish_rules(headquarters(plans), new(TODAY + dt.timedelta(days=10)))
    with pytest.raises(RulesRefused) as refused:
        publish_rules(headquarters(plans), new(TODAY))
    assert refused.value.code == "rules_not_later"


def test_rules_of_a_service_nobody_knows_are_refused(plans):
    with pytest.raises(RecordMissing):
        publish_rules(headquarters(plans), NewRules("ZZ-99", TODAY, "L1", "yes", ["released"], RULES))


def granted(office, code="BC-01", **values):
    given = {
        "scope": SCOPE, "case_id": office.case, "household_id": office.household, "person_id": office.child,
        "committee_code": SCOPE, "service_code": code, "state": "approved", "quantity": 1, "amount_halalas": 30_000,
        "fund": "zakat", "level": "L1", "proposed_on": TODAY, "decided_on": TODAY, **values,
    }  # fmt: skip
    item = PlanItem(**given)
    office.add(item)
    return item.id


def found(office):
    with office.desk().reading() as connection:
        return over_cap(connection, (SCOPE,), TODAY)


def test_grants_that_pass_a_yearly_limit_together_are_found_once_merged(plans):
    granted(plans, quantity=6)
    last_year = TODAY.replace(year=2025)
    granted(plans, quantity=6, decided_on=last_year)
    assert found(plans) == ()
    late = granted(plans, quantity=7, decided_on=TODAY + dt.timedelta(days=1))
    (one,) = found(plans)
    assert (one.kind, one.limit, one.total, one.item_ids[-1]) == (YEARLY_TIMES, 12, 13, late)
    assert one.household_id == plans.household


def test_a_yearly_sum_is_watched_where_the_rules_set_one(plans):
    publish_rules(
        headquarters(plans),
        new(level="L1", kinds=["family_member"], rules=RULES | {"yearly_amount_halalas": 50_000}),
    )
    granted(plans)
    assert found(plans) == ()
    granted(plans)
    assert [(one.kind, one.total) for one in found(plans)] == [(YEARLY_AMOUNT, 60_000)]


def test_a_fund_promised_beyond_what_it_holds_is_found(plans):
    entry = FundEntry(
        scope=SCOPE, committee_code=SCOPE, fund="zakat", kind="in", entered_on=TODAY, amount_halalas=70_000
    )
    plans.add(entry)
    granted(plans)
    granted(plans, "BC-08")
    assert found(plans) == ()
    granted(plans, "BC-06", amount_halalas=20_000)
    (one,) = found(plans)
    assert (one.kind, one.fund, one.limit, one.total) == (FUND, "zakat", 70_000, 80_000)


def steps(office, item):
    return [step.code for step in request_status(office.desk(), item).steps]


def test_a_request_can_be_followed_from_proposal_to_hand_over(plans):
    item = ask(plans, quantity=2)
    assert steps(plans, item) == ["proposed", "waiting"]
    assert request_status(plans.desk(), item).waiting_days == 0
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.APPROVE))
    plans.add(
        Delivery(
            scope=SCOPE, plan_item_id=item, person_id=plans.child, household_id=plans.household, committee_code=SCOPE,
            service_code="BC-01", delivered_on=TODAY, quantity=1, amount_halalas=15_000, person_kind="family_member",
            confirmed_by=STAFF["office_admin"],
        )
    )  # fmt: skip
    status = request_status(plans.desk(), item)
    assert [step.code for step in status.steps] == ["proposed", "approved", "reserved", "delivered"]
    assert (status.steps[-1].facts["done"], status.steps[-1].facts["planned"]) == (1, 2)
    assert status.steps[1].by_ar == "موظف supervisor"
    assert status.waiting_days is None


def test_a_return_shows_its_reason_on_the_way(plans):
    item = ask(plans)
    decide_item(plans.desk("supervisor"), item, ItemDecision(Verdict.RETURN, "ينقص العقد"))
    assert request_status(plans.desk(), item).steps[-1].note == "ينقص العقد"


def test_whoever_may_not_see_the_case_may_not_follow_its_request(plans):
    item = ask(plans)
    with pytest.raises(NotAllowed):
        request_status(plans.desk("stranger"), item)


def test_what_is_given_follows_the_version_of_its_day_and_once_means_once(plans):
    publish_rules(
        headquarters(plans),
        new(
            TODAY + dt.timedelta(days=10), rules=RULES | {"once_in_life": True, "fund_sources": ["endowment"]}
        ),
    )
    with plans.desk().reading() as connection:
        before = giving.service(connection, "BC-01", TODAY)
        after = giving.service(connection, "BC-01", TODAY + dt.timedelta(days=10))
        assert (before.once.once_in_life, after.once.once_in_life) == (False, True)
        assert after.funds == ("endowment",)
        assert before.funds != after.funds
        assert giving.services(connection, TODAY)["BC-01"] == before
        assert giving.service(connection, "ZZ-99", TODAY) is None


def test_a_plan_item_that_is_withdrawn_gives_its_claim_back(plans):
    item_id = ask(plans)
    with UnitOfWork(plans.desk()) as work:
        reserve(work.session, plans.desk(), work.session.get_one(PlanItem, item_id))
    withdraw(plans.desk(), item_id, "لم تعد الأسرة تحتاجه")
    with Session(plans.replica.engine) as session:
        assert session.scalars(select(Entitlement.state)).all() == ["released"]
