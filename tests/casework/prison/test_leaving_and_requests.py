import datetime as dt

import pytest
from sqlalchemy import select

from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing
from tarahum_desktop.casework.prison.arrivals import record_arrival
from tarahum_desktop.casework.prison.desk_place import choose_facility, prison_place
from tarahum_desktop.casework.prison.leaving import (
    NotInside,
    find_inside,
    leaving_soon,
    mark_released,
    move_to_facility,
)
from tarahum_desktop.casework.prison.requests import (
    ANSWERED,
    IN_HAND,
    REFUSED,
    NewRequest,
    RequestClosed,
    make_request,
    requests,
    settle_request,
)
from tarahum_desktop.domain.custody_order import CustodyOrderError
from tarahum_desktop.models import CustodyEpisode, CustodyMove
from tarahum_desktop.models.ids import new_id
from tests.casework.prison.prison_world import HAIR, MALAZ, furnish, typed
from tests.casework.worlds import TODAY, Office


def stay(office: Office):
    with office.vault.engine.connect() as connection:
        table = CustodyEpisode.__table__
        return connection.execute(select(table).where(table.c.person_id == office.prisoner)).one()


def test_the_facility_is_chosen_once_among_the_committees_own(office: Office) -> None:
    furnish(office)
    clerk = office.desk("clerk")
    assert prison_place(clerk).facility is None
    choose_facility(clerk, MALAZ)
    place = prison_place(clerk)
    assert place.facility is not None
    assert (place.facility.code, len(place.choices), place.scope) == (MALAZ, 2, "ryd")


def test_who_leaves_soon_is_listed_until_the_release_is_recorded(office: Office) -> None:
    clerk = office.desk("clerk")
    (line,) = leaving_soon(clerk)
    assert (line.person_id, line.days) == (office.prisoner, (dt.date(2026, 12, 1) - TODAY).days)
    mark_released(clerk, line.episode_id, "g2026-09-24", "sentence_served")
    assert leaving_soon(clerk) == ()
    row = stay(office)
    assert (row.status, row.release_day, row.release_type) == ("released", TODAY, "sentence_served")
    with pytest.raises(NotInside):
        mark_released(clerk, line.episode_id, "g2026-09-24", "pardon")


@pytest.mark.parametrize(
    ("release", "code"),
    [
        ("g2024-01-01", "custody_release_before_entry"),
        ("g2026-09-25", "custody_release_in_future"),
        ("x", "date_code_invalid"),
    ],
)
def test_a_release_out_of_order_is_refused(office: Office, release: str, code: str) -> None:
    with pytest.raises(CustodyOrderError) as refused:
        mark_released(office.desk("clerk"), stay(office).id, release, "pardon")
    assert refused.value.code == code
    assert stay(office).release is None


def test_a_move_keeps_where_the_person_was(office: Office) -> None:
    furnish(office)
    clerk = office.desk("clerk")
    done = record_arrival(clerk, typed(number="4512"))
    move_to_facility(clerk, done.episode_id, HAIR, TODAY, "قرب الأسرة")
    with office.vault.engine.connect() as connection:
        move = connection.execute(select(CustodyMove.__table__)).one()
    assert (move.from_facility, move.to_facility, move.moved_on) == (MALAZ, HAIR, TODAY)
    assert find_inside(clerk, "٤٥١٢")[0].facility_code == HAIR
    with pytest.raises(NotInside):
        move_to_facility(clerk, done.episode_id, HAIR, TODAY)
    with pytest.raises(CustodyOrderError):
        move_to_facility(clerk, done.episode_id, MALAZ, TODAY - dt.timedelta(days=5))


def test_people_inside_are_found_by_name_and_numbers(office: Office) -> None:
    clerk = office.desk("clerk")
    done = record_arrival(clerk, typed(number="4512"))
    for asked in ("محمد القحط", "10987", "4512"):
        assert [line.episode_id for line in find_inside(clerk, asked)] == [done.episode_id]
    assert find_inside(clerk, "") == ()
    assert find_inside(clerk, '"') == ()


def test_a_request_waits_is_taken_in_hand_and_answered_once(office: Office) -> None:
    clerk, officer = office.desk("clerk"), office.desk()
    made = make_request(
        clerk, NewRequest(office.prisoner, "family_contact", "يطلب الاتصال بأهله", MALAZ), new_id()
    )
    assert make_request(clerk, NewRequest(office.prisoner, "family_contact"), made) == made
    (line,) = requests(officer, household_id=office.household)
    assert (line.id, line.kind, line.state, line.household_id) == (
        made,
        "family_contact",
        "open",
        office.household,
    )
    settle_request(officer, made, IN_HAND)
    with pytest.raises(ReasonMissing):
        settle_request(officer, made, REFUSED)
    settle_request(officer, made, ANSWERED, "تم الاتصال")
    assert requests(clerk) == ()
    (done,) = requests(clerk, waiting=False)
    assert (done.state, done.answer, done.handled_by_en) == (ANSWERED, "تم الاتصال", "officer")
    with pytest.raises(RequestClosed):
        settle_request(clerk, made, REFUSED, "لا")


def test_the_panel_answers_no_requests(office: Office) -> None:
    with pytest.raises(NotAllowed):
        make_request(office.desk("panel"), NewRequest(office.prisoner, "visit"))
