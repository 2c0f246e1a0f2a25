"""The forms through real widgets on a real vault: a file is refused with all its faults, put right, tried, published."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tarahum_desktop.bootstrap.form_bench import FormBench
from tarahum_desktop.bootstrap.visit_wiring import latest_form, visit_ports
from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.forms.file_kinds import preview_file
from tarahum_desktop.casework.forms.publish import publish_form
from tarahum_desktop.casework.forms.questionnaires import begin_questionnaire, family_questionnaires
from tarahum_desktop.casework.forms.versions import differences_to_before, list_forms
from tarahum_desktop.ui.forms.lines import place_words, said_problem
from tarahum_desktop.ui.forms.ports import FormsPorts
from tarahum_desktop.ui.forms.spec import spec as forms_spec
from tarahum_desktop.ui.forms.view import FormsView
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.questionnaires.ports import QuestionnairePorts
from tarahum_desktop.ui.questionnaires.spec import spec as questionnaires_spec
from tarahum_desktop.ui.questionnaires.view import QuestionnairesView
from tarahum_desktop.ui.shell.header import Person
from tarahum_desktop.ui.shell.settings import Preferences
from tarahum_desktop.ui.shell.window import MainWindow, WindowParts
from tarahum_desktop.ui.visit.screen import VisitFormScreen
from tarahum_desktop.ui.visit.screen import spec as visit_spec
from tarahum_desktop.ui.worker import Immediate
from tests.casework.forms.offices import HEADQUARTERS, with_headquarters, with_winter_survey
from tests.casework.worlds import STAFF, Office
from tests.ui.typing_keys import press

WINTER = Path(__file__).parents[2] / "vectors/xlsform"


class Place:
    """A workplace as far as these screens look."""

    def __init__(self, office: Office, user: uuid.UUID) -> None:
        self._office, self._user = office, user

    @property
    def desk(self) -> Desk:
        return open_desk(self._office.replica, self._user)


class World:
    """The window with these screens, seated as one person; ``file`` is what the person chooses."""

    def __init__(self, kit: Kit, office: Office, user: uuid.UUID) -> None:
        place: Any = Place(office, user)
        self.file = ""
        bench = FormBench(place)
        ports = FormsPorts(
            load=lambda: list_forms(place.desk),
            changes=lambda code, version: differences_to_before(place.desk, code, version),
            choose=lambda: self.file,
            read=lambda path: preview_file(place.desk, Path(path)),
            publish=lambda content: publish_form(place.desk, content),
            specimen=bench.specimen,
            candidate=bench.candidate,
        )
        asked = QuestionnairePorts(
            load=lambda household: family_questionnaires(place.desk, household),
            begin=lambda household, code: begin_questionnaire(place.desk, household, code),
            done=bench.done,
        )
        specs = [
            forms_spec(ports, in_navigation=True),
            questionnaires_spec(asked),
            visit_spec(lambda: latest_form(place), visit_ports(place, kit, bench)),
        ]
        self.window = MainWindow(
            WindowParts(
                kit, Preferences(), specs, Person("نورة"), Immediate, lambda: None, lambda _chosen: None
            )
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()

    def open(self, screen: str, **params: str) -> Any:
        self.window.open_screen(screen, params)
        return self.window.stack.currentWidget()

    @property
    def now(self) -> Any:
        return self.window.stack.currentWidget()


@pytest.fixture
def seated(qtbot: QtBot, kit: Kit, office: Office) -> Callable[[uuid.UUID], World]:
    def make(user: uuid.UUID) -> World:
        world = World(kit, office, user)
        qtbot.addWidget(world.window)
        return world

    return make


def spoilt(path: Path) -> Path:
    document = json.loads((WINTER / "winter-clothing.json").read_text("utf-8"))
    document["sections"][0]["fields"][0]["type"] = "slider"
    del document["sections"][0]["fields"][1]["label"]["ar"]
    document["sections"][0]["fields"][2]["visible_when"] = ["eq", "$nobody", 1]
    path.write_text(json.dumps(document, indent=1), "utf-8")
    return path


def test_a_file_with_faults_shows_all_of_them_and_publishes_nothing(
    seated: Callable[[uuid.UUID], World],
    office: Office,
    tmp_path: Path,
) -> None:
    with_headquarters(office)
    world = seated(HEADQUARTERS)
    view: FormsView = world.open("forms")
    assert view.states.state == "empty"
    world.file = str(spoilt(tmp_path / "form.json"))
    view.presenter.read_file()
    assert view.presenter.preview is not None
    found = view.presenter.preview.problems
    assert [one.code for one in found] == ["unknown_field_type", "words_expected", "unknown_field"]
    shown = {one.text() for one in view.file.findChildren(QLabel)}
    for one in found:
        assert {place_words(view.kit, one), said_problem(view.kit, one)} <= shown
    assert view.file.publish.isHidden()
    view.presenter.publish()
    assert list_forms(open_desk(office.replica, HEADQUARTERS)).lines == ()


def test_a_workbook_is_tried_and_published_by_keys(
    seated: Callable[[uuid.UUID], World],
    office: Office,
) -> None:
    with_headquarters(office)
    world = seated(HEADQUARTERS)
    view: FormsView = world.open("forms")
    world.file = str(WINTER / "winter-clothing.xlsx")
    view.presenter.read_file()
    view.file.look.click()
    tried: VisitFormScreen = world.now
    tried.presenter.answer("heater", "other")
    assert tried.presenter.state.fields["heater_other"].visible
    tried.presenter.submit()
    assert not tried.presenter.closed
    assert world.open("forms") is view
    assert view.at_file
    press(view.file.publish, Qt.Key.Key_Return)
    (line,) = list_forms(open_desk(office.replica, HEADQUARTERS)).lines
    assert (line.code, line.version) == ("winter-clothing", 1)
    assert view.table.current_row() == line
    assert not view.at_file


def test_who_does_not_publish_only_looks(seated: Callable[[uuid.UUID], World], office: Office) -> None:
    with_winter_survey(office)
    view: FormsView = seated(STAFF["officer"]).open("forms")
    assert view.states.state == "content"
    actions = {one.id: one.enabled() for one in view.screen_actions()}
    assert actions == {"forms.read": False, "forms.look": True, "forms.publish": False}


def test_a_questionnaire_is_filled_kept_submitted_and_read_again(
    seated: Callable[[uuid.UUID], World],
    office: Office,
) -> None:
    with_winter_survey(office)
    world = seated(STAFF["officer"])
    view: QuestionnairesView = world.open("questionnaires", household=str(office.household))
    press(view.table, Qt.Key.Key_Return)
    form: VisitFormScreen = world.now
    form.presenter.answer("asked_on", "2026-09-24")
    form.presenter.answer("heater", "gas")
    world.open("questionnaires", household=str(office.household))
    assert view.table.rows_model.rows[0].offered.draft is not None
    press(view.table, Qt.Key.Key_Return)
    form = world.now
    assert form.presenter.answers.get("heater") == "gas"
    form.presenter.submit()
    assert form.presenter.closed
    world.open("questionnaires", household=str(office.household))
    done = view.table.rows_model.rows[1].done
    assert done.title.en == "Winter clothing survey"
    view.presenter.choose(view.table.rows_model.rows[1])
    read: VisitFormScreen = world.now
    assert read.presenter.locked
    assert read.presenter.answers.get("heater") == "gas"
