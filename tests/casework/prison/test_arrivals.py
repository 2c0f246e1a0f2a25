import datetime as dt
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tarahum_desktop.casework.errors import DraftMissing, NotAllowed
from tarahum_desktop.casework.prison.arrival_drafts import KeptRow, discard_rows, keep_rows, open_arrivals
from tarahum_desktop.casework.prison.arrival_people import alike, known_by_numbers
from tarahum_desktop.casework.prison.arrivals import ArrivalNameDiffers, ArrivalNotReady, record_arrival
from tarahum_desktop.casework.prison.custody_faults import custody_faults
from tarahum_desktop.casework.prison.leaving import mark_released
from tarahum_desktop.casework.prison.name_hints import name_hints
from tarahum_desktop.domain.custody_order import CustodyOrderError
from tarahum_desktop.domain.names import split_name
from tarahum_desktop.models import Case, CaseMove, CustodyEpisode, CustodyMove, Outbox, Person
from tarahum_desktop.models.ids import new_id
from tests.casework.prison.prison_world import HAIR, KNOWN_ID, MALAZ, NAME, NEW_ID, furnish, typed
from tests.casework.worlds import SCOPE, TODAY, Office, a_person, reopen


def rows_of(office: Office, entity: type) -> list:
    with office.vault.engine.connect() as connection:
        return list(connection.execute(select(entity.__table__)))


def stay_of(office: Office, person: uuid.UUID) -> list:
    return [row for row in rows_of(office, CustodyEpisode) if row.person_id == person]


def test_a_new_arrival_is_a_person_in_four_parts_and_a_stay_that_begins_today(office: Office) -> None:
    done = record_arrival(office.desk("clerk"), typed(number="٤٥١٢٣"))
    person = next(row for row in rows_of(office, Person) if row.id == done.person_id)
    assert (person.first_name, person.father_name, person.grandfather_name, person.family_name) == tuple(
        NAME.split()
    )
    assert (person.id_number, person.gender, person.scope) == (NEW_ID, "male", SCOPE)
    (stay,) = stay_of(office, done.person_id)
    assert (stay.entry_day, stay.status, stay.facility_code, stay.inmate_number) == (
        TODAY,
        "detained",
        MALAZ,
        "45123",
    )
    assert done.new_person
    assert not done.returned


def test_compound_names_stay_together(office: Office) -> None:
    done = record_arrival(office.desk("clerk"), typed(name="عبد الرحمن بن أبو بكر بن نور الدين آل سعود"))
    person = next(row for row in rows_of(office, Person) if row.id == done.person_id)
    assert (person.first_name, person.father_name) == ("عبد الرحمن", "أبو بكر")
    assert (person.grandfather_name, person.family_name) == ("نور الدين", "آل سعود")


def test_a_number_on_record_takes_the_person_and_never_makes_a_second(office: Office) -> None:
    before = len(rows_of(office, Person))
    found = known_by_numbers(office.desk("clerk"), [KNOWN_ID])[KNOWN_ID]
    assert found.person_id == office.head
    arrival = replace(typed(id=KNOWN_ID, name=""), person_id=found.person_id)
    done = record_arrival(office.desk("clerk"), arrival)
    assert done.person_id == office.head
    assert len(rows_of(office, Person)) == before


def test_a_number_on_record_under_another_name_waits_for_the_clerk(office: Office) -> None:
    arrival = typed(id=KNOWN_ID)
    with pytest.raises(ArrivalNameDiffers):
        record_arrival(office.desk("clerk"), arrival)
    assert record_arrival(office.desk("clerk"), replace(arrival, another=True)).new_person


def test_a_row_sent_twice_makes_one_stay_and_one_set_of_changes(office: Office) -> None:
    arrival = typed()
    first = record_arrival(office.desk("clerk"), arrival)
    with office.vault.engine.connect() as connection:
        changes = connection.scalar(select(func.count()).select_from(Outbox))
    again = record_arrival(office.desk("clerk"), arrival)
    assert again.episode_id == first.episode_id
    with office.vault.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Outbox)) == changes


def test_a_failed_check_digit_is_kept_as_a_warning(office: Office) -> None:
    done = record_arrival(office.desk("clerk"), typed(id="1098765433"))
    assert "person_id_check_digit" in done.warnings
    assert next(row for row in rows_of(office, Person) if row.id == done.person_id).id_warning


def test_without_a_document_a_reason_gives_a_temporary_key(office: Office) -> None:
    with pytest.raises(ArrivalNotReady) as refused:
        record_arrival(office.desk("clerk"), typed(id="بلا وثيقة"))
    assert refused.value.columns == {"id": "arrival_reason_missing"}
    keys = [
        record_arrival(office.desk("clerk"), typed(id="بلا وثيقة", reason="lost")).temporary_key
        for _ in range(2)
    ]
    assert keys == ["RYD-T12-00001", "RYD-T12-00002"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"status": ""}, "status"),
        ({"status": "سجين"}, "status"),
        ({"name": ""}, "name"),
        ({"name": "=HYPERLINK(1)"}, "name"),
        ({"id": ""}, "id"),
        ({"entry": "31/2/2026"}, "entry"),
        ({"entry": "2027/1/1"}, "entry"),
    ],
)
def test_what_cannot_be_kept_names_its_column_and_writes_nothing(
    office: Office, cells: dict[str, str], column: str
) -> None:
    before = len(rows_of(office, CustodyEpisode))
    with pytest.raises(ArrivalNotReady) as refused:
        record_arrival(office.desk("clerk"), typed(**cells))
    assert list(refused.value.columns) == [column]
    assert len(rows_of(office, CustodyEpisode)) == before


def test_who_is_inside_cannot_arrive_again(office: Office) -> None:
    arrival = replace(typed(), person_id=office.prisoner)
    with pytest.raises(CustodyOrderError) as refused:
        record_arrival(office.desk("clerk"), arrival)
    assert refused.value.code == "custody_open_twice"


def test_a_return_is_a_new_stay_and_opens_the_closed_case_again(office: Office) -> None:
    stay = stay_of(office, office.prisoner)[0]
    mark_released(office.desk("clerk"), stay.id, "g2026-09-10", "pardon")
    office_close(office)
    done = record_arrival(office.desk("clerk"), replace(typed(), person_id=office.prisoner))
    assert done.returned
    stays = stay_of(office, office.prisoner)
    assert len(stays) == 2
    assert {row.release_day for row in stays} == {dt.date(2026, 9, 10), None}
    assert next(row for row in rows_of(office, Case) if row.id == office.case).state == "reopened"
    assert any(move.to_state == "reopened" for move in rows_of(office, CaseMove))


def office_close(office: Office) -> None:
    from tarahum_desktop.casework.unit_of_work import UnitOfWork

    with UnitOfWork(office.desk("supervisor")) as work:
        case = work.session.get(Case, office.case)
        assert case is not None
        case.state = "closed_other"


def test_the_same_name_is_shown_and_two_valid_numbers_are_two_people(office: Office) -> None:
    twin = a_person("محمد", "القحطاني", father_name="عبد الله", grandfather_name="سعد", gender="male",
                    birth="g1990", birth_first=dt.date(1990, 1, 1), birth_last=dt.date(1990, 12, 31))  # fmt: skip
    office.add(twin)
    desk = office.desk("clerk")
    (found,) = alike(desk, split_name(NAME))
    assert not found.same_birth
    assert alike(desk, split_name(NAME), birth="g1990-05-03")[0].same_birth
    other = a_person("سالم", "الحربي", father_name="سعد", id_number=KNOWN_ID, gender="male")
    office.add(other)
    assert not alike(desk, split_name("سالم سعد الحربي"), id_number="1000000008")


def test_a_name_that_lacks_a_part_is_found_where_its_birth_agrees(office: Office) -> None:
    office.add(
        a_person("ابراهيم", "الزهراني", father_name="عبدالرحمن", grandfather_name="سعد", gender="male",
                 birth="g1990-05-03", birth_first=dt.date(1990, 5, 3), birth_last=dt.date(1990, 5, 3))
    )  # fmt: skip
    name = split_name("إبراهيم عبد الرحمن الزهرانى")
    (found,) = alike(office.desk("clerk"), name, birth="g1990-05-03")
    assert found.same_birth
    assert alike(office.desk("clerk"), name) == (), "three parts are the name of many"
    assert alike(office.desk("stranger"), name, birth="g1990-05-03") == ()


def test_unfinished_rows_survive_a_kill_and_belong_to_who_typed_them(office: Office) -> None:
    clerk = office.desk("clerk")
    kept = open_arrivals(clerk, MALAZ)
    row = KeptRow(new_id(), 1, {"id": "10987", "name": "محمد عب"})
    keep_rows(clerk, kept.draft_id, [row])
    folder = office.vault.folder
    office.vault.lock()
    vault, replica = reopen(folder)
    with vault:
        again = Office(vault, replica, office.wall, *([uuid.uuid4()] * 5))
        assert open_arrivals(again.desk("clerk"), MALAZ).rows == (row,)
        other = again.desk("officer")
        assert open_arrivals(other, MALAZ).rows == ()
        with pytest.raises(DraftMissing):
            keep_rows(other, kept.draft_id, [row])
        discard_rows(other, kept.draft_id, [str(row.row_id)])
        assert open_arrivals(again.desk("clerk"), MALAZ).rows == (row,)


def test_a_recorded_row_leaves_the_draft_in_the_same_transaction(office: Office) -> None:
    clerk = office.desk("clerk")
    kept = open_arrivals(clerk, MALAZ)
    arrival = typed()
    keep_rows(clerk, kept.draft_id, [KeptRow(arrival.row_id, 1, arrival.cells)])
    record_arrival(clerk, arrival, kept.draft_id)
    assert open_arrivals(clerk, MALAZ).rows == ()


def test_who_has_no_part_in_custody_records_none(office: Office) -> None:
    with pytest.raises(NotAllowed):
        record_arrival(office.desk("panel"), typed())


def test_common_names_are_offered_by_their_place(office: Office) -> None:
    hints = name_hints(office.desk("clerk"))
    assert "فا" + hints.rest("فا") == "فاطمة"
    assert hints.rest("فاطمة سعد خالد الغ") == "امدي"
    assert hints.rest("") == ""
    assert hints.rest("ظظ") == ""


def test_stays_that_came_by_an_exchange_are_found_as_faults(office: Office) -> None:
    furnish(office)
    later = CustodyEpisode(
        id=new_id(), scope=SCOPE, person_id=office.prisoner, status="detained", entry="g2026-01-01",
        entry_day=dt.date(2026, 1, 1), facility_code=HAIR,
    )  # fmt: skip
    backwards = CustodyEpisode(
        id=new_id(), scope=SCOPE, person_id=office.child, status="released", entry="g2026-05-01",
        entry_day=dt.date(2026, 5, 1), release="g2026-04-01", release_day=dt.date(2026, 4, 1),
    )  # fmt: skip
    move = CustodyMove(scope=SCOPE, episode_id=later.id, to_facility=MALAZ, moved_on=dt.date(2025, 1, 1))
    office.add(later, backwards, move)
    with office.vault.engine.connect() as connection:
        found = {(line.code, line.person_id) for line in custody_faults(connection, [SCOPE])}
    assert found == {
        ("custody_open_twice", office.prisoner),
        ("custody_move_outside", office.prisoner),
        ("custody_release_before_entry", office.child),
    }
