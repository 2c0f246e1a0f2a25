"""The family file on a real encrypted vault, through the real use cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from tarahum_desktop.casework.attachments.pictures import picture_content
from tarahum_desktop.casework.conflicts.restore import put_back_edit
from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_edit import edit_address, edit_contact, end_membership
from tarahum_desktop.casework.family_signals import open_conflicts_of, reference_lists
from tarahum_desktop.casework.history.answer_names import answer_name
from tarahum_desktop.casework.history.field_changes import field_changes
from tarahum_desktop.casework.history.timeline import family_timeline
from tarahum_desktop.casework.history.visit_reading import read_submitted
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.visit_slip import print_visit_slip
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.models import Person as Stored
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.spec import spec as family_spec
from tarahum_desktop.ui.family.view import FamilyView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate
from tests.casework.answers import a_draft
from tests.casework.worlds import Office, new_office
from tests.ui.typing_keys import press, type_text


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "vault")
    with made.vault:
        yield made


@pytest.fixture
def window(kit: Kit, qtbot: QtBot, office: Office) -> MainWindow:
    desk = office.desk()
    family = FamilyPorts(
        load=lambda household: family_file(desk, household),
        conflicts=lambda file: open_conflicts_of(desk, file, "ar"),
        lists=lambda: reference_lists(desk, "ar"),
        begin_visit=lambda household: begin_visit(desk, household),
        print_visit=lambda visit: print_visit_report(desk, visit, kit.words, kit.formats),
        print_slip=lambda visit: print_visit_slip(desk, visit, kit.words, kit.formats),
        save_file=lambda _name, _content: True,
        today=desk.today,
        timeline=lambda household, kinds, first: family_timeline(desk, household, kinds, first),
        changes=lambda household, row: field_changes(desk, household, row),
        put_back=lambda row, field, stamp: put_back_edit(desk, row, field, stamp),
        read_visit=lambda visit: read_submitted(desk, visit),
        picture=lambda sha256: picture_content(desk, sha256),
        fetch=lambda _sha256, done, _failed: done(),
        named=lambda name, code: answer_name(desk, name, code, "ar"),
        edit_contact=lambda person, entered: edit_contact(desk, person, entered),
        edit_address=lambda home, entered: edit_address(desk, home, entered),
        end_membership=lambda membership, day, reason: end_membership(desk, membership, day, reason),
        reach=lambda: frozenset({"family"}),
    )
    specs = [family_spec(family)]
    made = MainWindow(
        WindowParts(kit, Preferences(), specs, Person("نورة"), Immediate, lambda: None, lambda _chosen: None)
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def file_of(window: MainWindow) -> FamilyView:
    view = window.stack.currentWidget()
    assert isinstance(view, FamilyView)
    assert view.states.state == "content"
    return view


def test_a_submitted_visit_fills_the_file_and_can_be_looked_at_as_printed(
    window: MainWindow, office: Office
) -> None:
    submit_visit(office.desk(), a_draft(office))
    window.open_screen("family", {"household": str(office.household)})
    view = file_of(window)
    page = view.presenter.page
    assert page is not None
    assert page.matrix is not None
    assert len(page.matrix.domains) == 13
    assert [row.printable for row in page.visits] == [True]
    assert len(page.plan) == 2
    assert window.actions_table.run("family.print")
    assert view.previewing
    assert view.presenter.printed is not None
    assert len(view.presenter.printed.pages) >= 1


def test_a_visit_is_read_from_the_file_with_its_answers_in_words(window: MainWindow, office: Office) -> None:
    submit_visit(office.desk(), a_draft(office))
    window.open_screen("family", {"household": str(office.household)})
    view = file_of(window)
    assert view.content is not None
    assert view.content.visits is not None
    view.content.visits.setFocus()
    press(view.content.visits, Qt.Key.Key_Return)
    shown = {line.first: line.second for line in view.faces.visit.table.rows_model.rows}
    assert "ثلاجة: موجود" in " ".join(shown.values()) or any(
        "3" in said or "٣" in said for said in shown.values()
    )
    assert not any(said == str(office.prisoner) for said in shown.values()), (
        "people are named and never numbered"
    )
    assert view.faces.visit.slip_button.isVisible()


def test_a_mended_phone_shows_at_once_in_who_changed_what(window: MainWindow, office: Office) -> None:
    window.open_screen(
        "family", {"household": str(office.household), "part": "person", "id": str(office.head)}
    )
    view = file_of(window)
    face = view.faces.person
    face.mobile.edit.clear()
    type_text(face.mobile.edit, "0551112223")
    face.presenter.keep_contact(office.head, {"mobile": face.mobile.value()})
    assert face.banner.isVisible()
    window.actions_table.run("family.changes")
    first = view.faces.changes.table.rows_model.rows[0]
    assert "55 111 2223" in first.detail.replace("\u2066", "")
    assert "موظف officer" in first.detail


def test_an_earlier_value_is_put_back_from_who_changed_what(window: MainWindow, office: Office) -> None:
    for number in ("0551112223", "0559998887"):
        edit_contact(office.desk(), office.head, {"mobile": number})
        office.wall.now += 1000
    window.open_screen("family", {"household": str(office.household)})
    window.actions_table.run("family.changes")
    face = file_of(window).faces.changes
    [press_it] = [made for made, _enabled in face._on_line]
    lines = face.table.rows_model.rows
    newest, older = [at for at, line in enumerate(lines) if "الجوال" in line.second][:2]
    face.table.setCurrentIndex(face.table.rows_model.index(newest, 0))
    assert not press_it.isEnabled(), "what stands cannot be put back"
    face.table.setCurrentIndex(face.table.rows_model.index(older, 0))
    assert press_it.isEnabled()
    press_it.click()
    with Session(office.replica.engine) as session:
        assert session.get_one(Stored, office.head).mobile == "+966551112223"
    assert len(face.table.rows_model.rows) == len(lines) + 1, "the history tells of it"
