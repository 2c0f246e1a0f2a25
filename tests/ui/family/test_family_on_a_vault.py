"""Search, registration and family file on a real encrypted vault, through the real use cases."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_signals import family_signals, reference_lists
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.register import NewFamily, register_family
from tarahum_desktop.casework.search import find
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.ui.families.ports import FamiliesPorts
from tarahum_desktop.ui.families.spec import spec as families_spec
from tarahum_desktop.ui.families.view import FamiliesView
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.spec import spec as family_spec
from tarahum_desktop.ui.family.view import FamilyView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.worker import Immediate
from tests.casework.answers import a_draft
from tests.casework.worlds import SCOPE, Office, new_office
from tests.ui.typing_keys import press, type_text


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "vault")
    with made.vault:
        yield made


@pytest.fixture
def window(kit: Kit, qtbot: QtBot, office: Office) -> MainWindow:
    desk = office.desk()
    families = FamiliesPorts(
        lambda typed: find(desk, typed),
        lambda head, home: register_family(desk, NewFamily(SCOPE, head, home=home)),
        lambda: form_list(desk, uuid.UUID(int=0), "places", "ar"),
    )
    family = FamilyPorts(
        lambda household: family_file(desk, household),
        lambda household: family_signals(desk, household, "ar"),
        lambda: reference_lists(desk, "ar"),
        lambda household: begin_visit(desk, household),
        lambda visit: print_visit_report(desk, visit, kit.words, kit.formats),
        lambda _name, _content: True,
        desk.today,
    )
    specs = [families_spec(families), family_spec(family)]
    made = MainWindow(
        WindowParts(kit, Preferences(), specs, Person("نورة"), Immediate, lambda: None, lambda _chosen: None)
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.open_screen("families")
    return made


def families_of(window: MainWindow) -> FamiliesView:
    view = window.stack.currentWidget()
    assert isinstance(view, FamiliesView)
    return view


def file_of(window: MainWindow) -> FamilyView:
    view = window.stack.currentWidget()
    assert isinstance(view, FamilyView)
    assert view.states.state == "content"
    return view


def test_a_family_is_found_by_a_members_name_and_opened(window: MainWindow, office: Office) -> None:
    keys = "خالد"
    type_text(families_of(window).line, keys)
    press(families_of(window).line, Qt.Key.Key_Return)
    assert window.current == ("family", {"household": str(office.household)})
    page = file_of(window).presenter.page
    assert page is not None
    assert any(row.kind == "نزيل" for row in page.members)


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


def test_a_family_registered_by_keys_has_a_file_and_is_found_at_once(window: MainWindow) -> None:
    type_text(families_of(window).line, "صالح بن عمر الغامدي")
    window.actions_table.run("families.new")
    panel = families_of(window).panel
    panel.gender.set_value("male")
    type_text(panel.person_id, "1023456789")
    window.actions_table.run("families.save")
    QApplication.processEvents()
    page = file_of(window).presenter.page
    assert page is not None
    assert page.members[0].name == "صالح بن عمر الغامدي"
    assert page.members[0].id_number.strip("\u2066\u2069") == "1023456789"
    window.go_back()
    view = families_of(window)
    view.line.clear()
    type_text(view.line, "صالح")
    assert [hit.head_name for hit in view.table.rows_model.rows] == ["صالح بن عمر الغامدي"]
