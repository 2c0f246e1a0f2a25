"""The committee's sitting: agenda from the queue, decisions kept as typed, a signature after which nothing changes."""

import hashlib
import uuid

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing
from tarahum_desktop.casework.plans.decide import ItemDecision, decide_item
from tarahum_desktop.casework.plans.errors import DecisionRefused, MinuteRefused
from tarahum_desktop.casework.plans.minute_paper import paper_of
from tarahum_desktop.casework.plans.minute_sign import sign_minute
from tarahum_desktop.casework.plans.minute_view import minute_file
from tarahum_desktop.casework.plans.minutes import (
    Attendant,
    MinuteHead,
    cancel_minute,
    describe_minute,
    keep_decisions,
    list_minutes,
    open_minute,
    refresh_agenda,
)
from tarahum_desktop.casework.plans.queue import approval_queue
from tarahum_desktop.casework.plans.states import Verdict
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.models import MinuteDecision, RoleGrant
from tarahum_desktop.sync.capture import captured_session
from tarahum_desktop.vault.document_signature import check_document
from tests.casework.plans.plan_world import ask, committee_desk, item_of, later, many
from tests.casework.worlds import STAFF, TODAY

L1 = ApprovalLevel.L1
YES = ItemDecision(Verdict.APPROVE)
WORDS = load_words("ar")
FORMATS = Formatter(WORDS)
MEMBERS = (Attendant("هند السبيعي", "رئيسة", present=True), Attendant("سعد المالكي", "عضو", present=False))
HEAD = MinuteHead(TODAY, "مقر اللجنة", "هند السبيعي", MEMBERS)


def opened(office, role="supervisor", level=L1):
    minute = open_minute(committee_desk(office, role), level)
    describe_minute(office.desk(role), minute, HEAD)
    return minute


def decide_all(office, minute, decision=YES, role="supervisor"):
    lines = minute_file(office.desk(role), minute).lines
    keep_decisions(office.desk(role), minute, {line.line_id: decision for line in lines})
    return lines


def sign(office, minute, role="supervisor"):
    return sign_minute(office.desk(role), minute, WORDS, FORMATS)


def test_the_agenda_is_what_waits_at_the_level_and_grows_with_the_queue(plans):
    ask(plans)
    ask(plans, "BC-08", amount=150_000)
    minute = opened(plans)
    (line,) = minute_file(plans.desk("supervisor"), minute).lines
    assert (line.position, line.service_ar, line.verdict) == (1, "خدمة BC-01", None)
    gone = line.item_id
    ask(plans, person_id=plans.head)
    decide_item(plans.desk("panel"), gone, YES)
    refresh_agenda(plans.desk("supervisor"), minute)
    (line,) = minute_file(plans.desk("supervisor"), minute).lines
    assert line.person_name.startswith("فاطمة")


def test_a_sitting_has_the_offices_next_number_and_remembers_who_sits(plans):
    ask(plans)
    first = opened(plans)
    assert minute_file(plans.desk("supervisor"), first).number == "RYD-2026-M12-001"
    assert open_minute(plans.desk("supervisor"), L1) == first
    decide_all(plans, first)
    sign(plans, first)
    ask(plans, person_id=plans.head, justification="حاجة ملحة")
    second = minute_file(plans.desk("supervisor"), open_minute(plans.desk("supervisor"), L1))
    assert second.number == "RYD-2026-M12-002"
    assert (second.head.chair, second.head.attendance) == (HEAD.chair, HEAD.attendance)
    assert [one.state for one in list_minutes(plans.desk("supervisor"))] == ["open", "signed"]


def test_nothing_to_decide_opens_no_sitting(plans):
    with pytest.raises(MinuteRefused) as refused:
        open_minute(committee_desk(plans, "supervisor"), L1)
    assert refused.value.code == "minute_nothing_to_decide"
    assert list_minutes(plans.desk("supervisor")) == ()


def test_decisions_are_kept_as_they_are_typed_and_can_be_taken_back(plans):
    minute = opened(plans) if many(plans, 2) else None
    first, second = minute_file(plans.desk("supervisor"), minute).lines
    keep_decisions(plans.desk("supervisor"), minute, {first.line_id: ItemDecision(Verdict.REFUSE)})
    keep_decisions(
        plans.desk("supervisor"), minute, {second.line_id: ItemDecision(Verdict.APPROVE, amount=20_000)}
    )
    resumed = minute_file(plans.desk("supervisor"), minute)
    assert [line.verdict for line in resumed.lines] == [Verdict.REFUSE, Verdict.APPROVE]
    assert (resumed.lines[1].amount, resumed.lines[1].asked) == (20_000, 30_000)
    keep_decisions(plans.desk("supervisor"), minute, {first.line_id: None})
    assert minute_file(plans.desk("supervisor"), minute).undecided == 1


def test_an_amount_above_the_level_is_refused_while_it_is_typed(plans):
    ask(plans)
    minute = opened(plans)
    (line,) = minute_file(plans.desk("supervisor"), minute).lines
    with pytest.raises(DecisionRefused) as refused:
        keep_decisions(
            plans.desk("supervisor"), minute, {line.line_id: ItemDecision(Verdict.APPROVE, amount=100_001)}
        )
    assert refused.value.code == "plan_amount_above_level"


def test_signing_a_sitting_of_forty_decides_them_all_and_keeps_minute_level_and_version(plans):
    items = many(plans, 40)
    minute = opened(plans)
    lines = decide_all(plans, minute)
    returned, lowered = lines[3], lines[4]
    keep_decisions(
        plans.desk("supervisor"), minute,
        {returned.line_id: ItemDecision(Verdict.RETURN, "ينقص تقرير"),
         lowered.line_id: ItemDecision(Verdict.APPROVE, amount=10_000)},
    )  # fmt: skip
    done = sign(plans, minute)
    assert (done.decided, done.left_out) == (40, ())
    states = [item_of(plans, item).state for item in items]
    assert (states.count("approved"), states.count("returned")) == (39, 1)
    one = item_of(plans, lowered.item_id)
    assert (one.amount_halalas, one.minute_id, one.level, one.rules_version) == (10_000, minute, "L1", 2)
    assert (one.decided_by, one.decided_on) == (STAFF["supervisor"], TODAY)
    assert approval_queue(plans.desk("supervisor")) == ()
    with Session(plans.replica.engine) as session:
        versions = {row.rules_version for row in session.query(MinuteDecision)}
    assert versions == {2}


def test_the_paper_says_what_was_decided_and_its_signature_holds(plans):
    many(plans, 30)
    minute = opened(plans)
    lines = decide_all(plans, minute)
    keep_decisions(
        plans.desk("supervisor"), minute, {lines[0].line_id: ItemDecision(Verdict.REFUSE, "دخل كاف")}
    )
    done = sign(plans, minute)
    paper = paper_of(plans.desk("supervisor"), minute)
    assert hashlib.sha256(paper).digest() == done.document_hash
    check = check_document(paper)
    assert check.intact
    assert (check.public_key, check.name) == (plans.replica.signer.public, "موظف supervisor")
    pages = pypdfium2.PdfDocument(paper)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) > 1
    assert "2026-09-24" in text
    assert all(part in text for part in ("RYD", "12-001", "دخل", "كاف", "مقر"))
    assert not check_document(paper.replace(b"/Title", b"/Titlx", 1)).intact


def test_a_signed_sitting_does_not_change_any_more(plans):
    ask(plans)
    minute = opened(plans)
    (line,) = decide_all(plans, minute)
    sign(plans, minute)
    desk = plans.desk("supervisor")
    for change in (
        lambda: describe_minute(desk, minute, MinuteHead(TODAY)),
        lambda: keep_decisions(desk, minute, {line.line_id: None}),
        lambda: refresh_agenda(desk, minute),
        lambda: cancel_minute(desk, minute),
        lambda: sign(plans, minute),
    ):
        with pytest.raises(MinuteRefused) as refused:
            change()
        assert refused.value.code == "minute_signed"


def test_what_the_signer_wrote_is_left_out_and_goes_on_waiting(plans):
    mine = ask(plans, author="supervisor")
    other = ask(plans, person_id=plans.head)
    minute = opened(plans)
    assert sum(line.own for line in minute_file(plans.desk("supervisor"), minute).lines) == 1
    decide_all(plans, minute)
    done = sign(plans, minute)
    assert [(one.item_id, one.code) for one in done.left_out] == [(mine, "case_plan_author")]
    assert (item_of(plans, mine).state, item_of(plans, other).state) == ("proposed", "approved")
    signed = minute_file(plans.desk("supervisor"), minute)
    assert [line.left_out for line in signed.lines] == [line.item_id == mine for line in signed.lines]
    assert [line.item_id for line in approval_queue(plans.desk("panel"))] == [mine]


def test_what_somebody_decided_meanwhile_is_left_out(plans):
    first, _second = many(plans, 2)
    minute = opened(plans)
    decide_all(plans, minute)
    decide_item(plans.desk("panel"), first, ItemDecision(Verdict.REFUSE, "مكرر"))
    done = sign(plans, minute)
    assert [(one.item_id, one.code) for one in done.left_out] == [(first, "plan_item_decided")]
    assert item_of(plans, first).state == "refused"


def test_the_office_keeps_a_minute_and_only_who_may_approve_signs_it(plans):
    ask(plans)
    minute = opened(plans, "office_admin")
    decide_all(plans, minute, role="office_admin")
    with pytest.raises(NotAllowed):
        sign(plans, minute, "office_admin")
    assert not minute_file(plans.desk("office_admin"), minute).may_sign
    assert sign(plans, minute, "panel").decided == 1


@pytest.mark.parametrize("role", ["officer", "clerk", "analyst", "stranger"])
def test_others_neither_keep_nor_read_nor_sign_minutes(plans, role):
    ask(plans)
    minute = opened(plans)
    decide_all(plans, minute)
    for attempt in (minute_file, refresh_agenda, lambda desk, one: sign_minute(desk, one, WORDS, FORMATS)):
        with pytest.raises(NotAllowed):
            attempt(plans.desk(role), minute)


def test_a_signature_by_a_role_that_ended_is_refused(plans):
    ask(plans)
    minute = opened(plans)
    decide_all(plans, minute)
    with captured_session(plans.replica, STAFF["officer"]) as session:
        session.query(RoleGrant).filter_by(user_id=STAFF["supervisor"]).one().last_day = TODAY
        session.commit()
    later(plans, 1)
    with pytest.raises(NotAllowed):
        sign(plans, minute)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (MinuteHead(None, "", "هند", MEMBERS), "minute_day_missing"),
        (MinuteHead(TODAY, "", "", MEMBERS), "minute_chair_missing"),
        (MinuteHead(TODAY, "", "هند", ()), "minute_nobody_present"),
        (MinuteHead(TODAY, "", "هند", MEMBERS[1:]), "minute_nobody_present"),
    ],
)
def test_a_sitting_that_lacks_something_is_not_signed(plans, head, code):
    ask(plans)
    minute = opened(plans)
    decide_all(plans, minute)
    describe_minute(plans.desk("supervisor"), minute, head)
    with pytest.raises(MinuteRefused) as refused:
        sign(plans, minute)
    assert refused.value.code == code


def test_a_sitting_is_never_in_the_future(plans):
    ask(plans)
    minute = opened(plans)
    with pytest.raises(MinuteRefused) as refused:
        describe_minute(plans.desk("supervisor"), minute, MinuteHead(TODAY.replace(day=25)))
    assert refused.value.code == "minute_day_ahead"


def test_every_case_has_a_decision_and_every_refusal_a_reason_before_signing(plans):
    many(plans, 2)
    minute = opened(plans)
    first, second = minute_file(plans.desk("supervisor"), minute).lines
    keep_decisions(plans.desk("supervisor"), minute, {first.line_id: ItemDecision(Verdict.REFUSE)})
    with pytest.raises(MinuteRefused) as refused:
        sign(plans, minute)
    assert (refused.value.code, refused.value.facts["count"]) == ("minute_undecided", 1)
    keep_decisions(plans.desk("supervisor"), minute, {second.line_id: YES})
    with pytest.raises(ReasonMissing):
        sign(plans, minute)


def test_a_sitting_given_up_leaves_everything_waiting(plans):
    item = ask(plans)
    minute = opened(plans)
    cancel_minute(plans.desk("supervisor"), minute)
    assert list_minutes(plans.desk("supervisor")) == ()
    assert item_of(plans, item).state == "proposed"
    assert open_minute(plans.desk("supervisor"), L1) != minute


def test_a_sitting_that_is_not_here_is_said_to_be_missing(plans):
    from tarahum_desktop.casework.errors import RecordMissing

    with pytest.raises(RecordMissing):
        minute_file(plans.desk("supervisor"), uuid.UUID(int=3))
