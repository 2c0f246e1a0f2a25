"""A register becomes families: read as it is written, saved so that it travels, undone as a whole."""

import itertools

import pytest
from sqlalchemy import select

from tarahum_desktop.casework.errors import NotAllowed
from tarahum_desktop.casework.imports.check import check_register, finished
from tarahum_desktop.casework.imports.checked import Checked, Choices, Fate, Progress
from tarahum_desktop.casework.imports.errors import ImportRefused
from tarahum_desktop.casework.imports.mapping import Matching, suggest_matching
from tarahum_desktop.casework.imports.runs import import_lines
from tarahum_desktop.casework.imports.saving import Imported, begin_import, go_on, stop_import, waiting_import
from tarahum_desktop.casework.imports.undo import Undone, undo_import
from tarahum_desktop.casework.search.find import find
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.import_columns import Column, Layout
from tarahum_desktop.models import (
    Case,
    CaseMove,
    CustodyEpisode,
    Household,
    ImportRun,
    Membership,
    Person,
    ScopeState,
)
from tests.casework.imports.sheets import FAMILY, checked, codes, imported, opened
from tests.casework.worlds import SCOPE, a_person

HEAD = FAMILY[0]


def rows_of(office, model):
    with UnitOfWork(office.desk()) as work:
        query = select(model).where(model.removed_at.is_(None)).order_by(model.id)
        return list(work.session.scalars(query))


def person_named(office, first):
    return next(one for one in rows_of(office, Person) if one.first_name == first)


@pytest.fixture
def desk(office):
    return office.desk("office_admin")


def numbered(count, start=100):
    """Families of one person each."""
    names = itertools.cycle(("سعيد", "ماجد", "تركي", "بندر", "فيصل"))
    return [
        HEAD,
        *(
            (
                str(at),
                f"{next(names)} {at % 7 * 'عبد ' or ''}سالم علي القرني",
                "رب الأسرة",
                "",
                f"{1380 + at % 40}",
                "",
                "",
            )
            for at in range(start, start + count)
        ),
    ]


def test_a_family_of_three_is_registered_as_its_sheet_says(office, desk):
    done = imported(desk, FAMILY)
    assert (done.rows, done.accepted, done.refused) == (3, 3, 0)
    home = next(one for one in rows_of(office, Household) if one.id != office.household)
    assert (home.file_number, home.annual_rent_halalas) == ("RYD-00034", 1_200_050)
    head = person_named(office, "سعيد")
    assert (head.father_name, head.grandfather_name, head.family_name) == ("علي", "محمد", "القرني")
    assert (head.id_number, head.mobile, head.birth) == ("1000000008", "+966551234567", "h1400-07-01")
    assert home.head_person_id == head.id
    relations = {
        one.person_id: one.relation for one in rows_of(office, Membership) if one.household_id == home.id
    }
    assert sorted(relations.values()) == ["self", "son", "spouse"]
    assert person_named(office, "هدى").gender == "female"
    case = next(one for one in rows_of(office, Case) if one.household_id == home.id)
    assert (case.state, case.officer_id) == ("draft", None)


def test_the_number_on_the_paper_file_finds_the_family(desk):
    imported(desk, FAMILY)
    assert [hit.file_number for hit in find(desk, "RYD-00034")] == ["RYD-00034"]


def test_everything_saved_is_in_the_outbox_and_so_travels(desk):
    with desk.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
    imported(desk, FAMILY)
    with desk.reading() as connection:
        after = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
    assert after - before == 3 + 3 + 1 + 1 + 1  # persons, memberships, household, case, the import itself


def test_the_record_of_the_import_has_its_counts_and_columns(office, desk):
    done = imported(desk, [*FAMILY, ("35", "123", "رب الأسرة", "", "1400", "", "")])
    (run,) = rows_of(office, ImportRun)
    assert (run.id, run.rows, run.accepted, run.refused) == (done.run_id, 4, 3, 1)
    assert run.mapping["columns"]["full_name"] == 1
    (line,) = import_lines(desk)
    assert line.here
    assert line.undone_at is None


def test_a_check_alone_writes_nothing(office, desk):
    before = len(rows_of(office, Person))
    result = checked(desk, FAMILY)
    assert [one.fate for one in result.rows] == [Fate.SAVE] * 3
    assert len(rows_of(office, Person)) == before
    assert waiting_import(desk) is None


def test_the_same_file_again_finds_everybody_on_record(desk):
    rows = [*FAMILY, ("34", "لين سعيد علي القرني", "ابنة", "", "1/2/1440", "", "")]
    imported(desk, rows)
    again = checked(desk, rows)
    assert [one.fate for one in again.rows] == [Fate.ON_RECORD] * 4
    with pytest.raises(ImportRefused, match="import_nothing_to_save"):
        begin_import(desk, again)


def test_a_row_mended_later_joins_the_family_that_was_saved_before(office, desk):
    bad = [*FAMILY, ("34", "لين سعيد علي القرني", "ابنة", "", "31/2/1440", "", "")]
    assert imported(desk, bad).refused == 1
    mended = checked(desk, [HEAD, ("34", "لين سعيد علي القرني", "ابنة", "", "1/2/1440", "", "")])
    assert codes(mended, 0) == {"import_joins_home"}
    begin_import(desk, mended)
    list(go_on(desk))
    assert len([one for one in rows_of(office, Household) if one.id != office.household]) == 1
    assert person_named(office, "لين").birth == "h1440-02-01"


def test_all_or_nothing_saves_nothing_while_a_row_is_bad(office, desk):
    result = checked(desk, [*FAMILY, ("35", "123", "رب الأسرة", "", "1400", "", "")])
    with pytest.raises(ImportRefused, match="import_has_errors"):
        begin_import(desk, result, all_or_nothing=True)
    assert len(rows_of(office, Household)) == 1


def test_a_bad_head_holds_the_family_back_and_says_which_row_to_mend(desk):
    rows = [HEAD, ("34", "سعيد علي القرني", "رب الأسرة", "", "31/2/1400", "", ""), FAMILY[2]]
    result = checked(desk, rows)
    assert [one.fate for one in result.rows] == [Fate.REFUSED] * 2
    (note,) = result.rows[1].row.errors
    assert (note.code, note.row) == ("import_head_first", 2)


def test_an_import_cut_short_goes_on_without_doubling(office, desk):
    begin_import(desk, checked(desk, numbered(400), hold=False))
    steps = go_on(desk)
    first = next(steps)
    assert isinstance(first, Progress)
    assert 0 < first.done < first.total
    steps.close()  # the program is killed between two transactions
    waiting = waiting_import(desk)
    assert waiting is not None
    assert waiting[1].done == first.done
    *_, done = go_on(office.desk("office_admin"))
    assert isinstance(done, Imported)
    assert done.accepted == 400
    assert len(rows_of(office, Household)) == 401
    assert waiting_import(desk) is None


def test_an_import_that_was_stopped_keeps_its_counts_and_can_be_undone(office, desk):
    begin_import(desk, checked(desk, numbered(400), hold=False))
    first = next(go_on(desk))
    done = stop_import(desk)
    assert done.stopped
    assert done.accepted == first.done
    *_, undone = undo_import(desk, done.run_id)
    assert isinstance(undone, Undone)
    assert undone.kept == ()
    assert len(rows_of(office, Household)) == 1


def test_a_second_import_waits_for_the_first(desk):
    begin_import(desk, checked(desk, FAMILY))
    with pytest.raises(ImportRefused, match="import_running"):
        begin_import(desk, checked(desk, numbered(2)))


def test_undoing_sets_aside_every_row_and_lists_nobody(office, desk):
    before = {model: len(rows_of(office, model)) for model in (Person, Household, Membership, Case)}
    done = imported(desk, FAMILY)
    *_, undone = undo_import(desk, done.run_id)
    assert undone == Undone(8, ())
    assert {model: len(rows_of(office, model)) for model in before} == before
    with pytest.raises(ImportRefused, match="import_undone"):
        list(undo_import(desk, done.run_id))


def test_after_undoing_the_same_register_can_be_brought_in_again(desk):
    done = imported(desk, FAMILY)
    list(undo_import(desk, done.run_id))
    assert imported(desk, FAMILY).accepted == 3


@pytest.mark.parametrize("how", ["edited", "moved"])
def test_a_family_that_others_worked_on_stays_and_is_listed(office, desk, how):
    done = imported(
        desk, [*FAMILY, ("35", "ماجد سالم علي الشهري", "رب الأسرة", "1000000032", "1390", "", "")]
    )
    home = next(one for one in rows_of(office, Household) if one.file_number == "RYD-00034")
    if how == "edited":
        with UnitOfWork(office.desk()) as work:
            work.session.get_one(Person, home.head_person_id).mobile = "+966500000000"
    else:
        case = next(one for one in rows_of(office, Case) if one.household_id == home.id)
        office.add(
            CaseMove(
                scope=SCOPE, case_id=case.id, from_state="draft", to_state="registered", role="officer",
                moved_at=desk.now(),
            )
        )  # fmt: skip
    *_, undone = undo_import(desk, done.run_id)
    assert isinstance(undone, Undone)
    assert [(one.file_number, one.edited) for one in undone.kept] == [("RYD-00034", how == "edited")]
    numbers = {one.file_number for one in rows_of(office, Household)}
    assert "RYD-00034" in numbers
    assert "RYD-00035" not in numbers


def test_columns_corrected_once_are_remembered_for_the_next_sheet(desk):
    rows = [("أ", "ب", "ج"), ("34", "سعيد علي القرني", "1400")]
    file = opened(rows)
    assert not suggest_matching(desk, file).remembered
    columns = {Column.HOUSEHOLD_KEY: 0, Column.FULL_NAME: 1, Column.BIRTH: 2}
    result = finished(check_register(desk, file, Matching(columns, Layout.BY_KEY, "lost"), Choices(SCOPE)))
    begin_import(desk, result)
    list(go_on(desk))
    found = suggest_matching(desk, opened([("أ", "ب", "ج"), ("35", "x", "1401")]))
    assert (found.columns, found.layout, found.reason, found.remembered) == (
        columns,
        Layout.BY_KEY,
        "lost",
        True,
    )


def test_a_prisoner_named_in_the_familys_row_becomes_a_person_in_custody(office, desk):
    rows = [
        ("اسم رب الأسرة", "رقم الهوية", "الجنس", "اسم النزيل", "صلة النزيل", "تاريخ دخول السجن", "المطالبات"),
        ("هدى سالم أحمد الشهري", "1000000016", "أنثى", "ريان سعد علي القرني", "زوج", "1446/02", "50,000"),
    ]
    imported(desk, rows)
    prisoner = person_named(office, "ريان")
    stay = next(one for one in rows_of(office, CustodyEpisode) if one.person_id == prisoner.id)
    assert (stay.status, stay.entry, stay.claims_halalas) == ("convicted", "h1446-02", 5_000_000)
    assert (prisoner.gender, prisoner.temporary_key is None) == ("male", False)
    member = next(one for one in rows_of(office, Membership) if one.person_id == prisoner.id)
    assert (member.relation, member.resident) == ("spouse", False)


def test_members_may_follow_their_head_without_any_key(desk):
    rows = [
        ("الاسم", "القرابة", "العمر"),
        ("سعيد علي محمد القرني", "رب الأسرة", "45"), ("ريان سعيد علي القرني", "ابن", "١٢ سنة"),
        ("ماجد سالم علي الشهري", "رب الأسرة", "50"), ("هدى أحمد سالم الحربي", "زوجة", ""),
    ]  # fmt: skip
    result = checked(desk, rows)
    assert result.matching.layout is Layout.BY_ORDER
    assert [len(home.members) for home in result.homes] == [2, 2]
    assert result.rows[1].person.entered["birth"] == "g2014~"


def test_only_who_may_import_can(office):
    with pytest.raises(NotAllowed):
        checked(office.desk("officer"), FAMILY)
    with pytest.raises(NotAllowed):
        checked(office.desk("supervisor"), FAMILY)


def test_what_a_check_found_says_how_many_families_are_new(desk):
    result = checked(desk, FAMILY)
    assert isinstance(result, Checked)
    assert (result.new_homes, result.joined_homes, result.doubtful) == (1, 0, 0)


def test_whoever_joins_a_family_on_record_travels_with_it(office, desk):
    with office.replica.engine.begin() as connection:
        state = ScopeState.__table__
        row = dict(connection.execute(select(state).where(state.c.scope == SCOPE)).mappings().one())
        connection.execute(state.insert(), {**row, "scope": "ryd/women", "row_count": 0, "digest": bytes(8)})
    head = a_person("هدى", id_number="1000000016", scope="ryd/women")
    office.add(head)
    home = Household(scope="ryd/women", file_number="RYD-00034", committee_code=SCOPE, head_person_id=head.id)
    office.add(home)
    office.add(
        Membership(scope="ryd/women", household_id=home.id, person_id=head.id, relation="self", resident=True)
    )
    imported(desk, [HEAD, ("34", "لين سعيد علي القرني", "ابنة", "", "1/2/1440", "", "")])
    child = person_named(office, "لين")
    member = next(one for one in rows_of(office, Membership) if one.person_id == child.id)
    assert (child.scope, member.scope, member.household_id) == ("ryd/women", "ryd/women", home.id)


def test_a_prisoner_whom_the_prison_desk_knows_is_joined_and_keeps_the_desks_stay(office, desk):
    known = a_person("ريان", "القرني", id_number="1000000024", gender="male", father_name="سعد")
    office.add(known)
    office.add(CustodyEpisode(scope=SCOPE, person_id=known.id, status="detained"))
    rows = [
        ("اسم رب الأسرة", "رقم الهوية", "اسم النزيل", "هوية النزيل", "صلة النزيل", "تاريخ دخول السجن"),
        ("هدى سالم أحمد الشهري", "1000000016", "ريان سعد علي القرني", "1000000024", "زوج", "1446/02"),
    ]
    imported(desk, rows)
    assert [one.status for one in rows_of(office, CustodyEpisode) if one.person_id == known.id] == [
        "detained"
    ]
    assert [one.relation for one in rows_of(office, Membership) if one.person_id == known.id] == ["spouse"]


def test_one_prisoner_named_by_two_families_is_one_person(office, desk):
    rows = [
        ("اسم رب الأسرة", "رقم الهوية", "اسم النزيل", "هوية النزيل", "صلة النزيل", "تاريخ دخول السجن"),
        ("هدى سالم أحمد الشهري", "1000000016", "ريان سعد علي القرني", "1000000024", "زوج", "1446/02"),
        ("منيرة صالح علي الدوسري", "1000000032", "ريان سعد علي القرني", "1000000024", "زوج", "1446/02"),
    ]
    done = imported(desk, rows)
    prisoners = [one for one in rows_of(office, Person) if one.id_number == "1000000024"]
    assert len(prisoners) == 1
    assert len([one for one in rows_of(office, Membership) if one.person_id == prisoners[0].id]) == 2
    assert len([one for one in rows_of(office, CustodyEpisode) if one.person_id == prisoners[0].id]) == 1
    *_, undone = undo_import(desk, done.run_id)
    assert isinstance(undone, Undone)
    assert undone.kept == ()


def test_an_undoing_cut_short_is_ended_by_the_next(office, desk):
    done = imported(desk, numbered(300), hold=False)
    for step in undo_import(desk, done.run_id):
        if isinstance(step, Progress) and step.done:
            break  # the program is killed
    *_, undone = undo_import(desk, done.run_id)
    assert isinstance(undone, Undone)
    assert undone.kept == ()
    assert len(rows_of(office, Household)) == 1
