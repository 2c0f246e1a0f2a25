"""The screen opens each draft with the form version it was begun with."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tarahum_desktop.casework.errors import DraftMissing
from tarahum_desktop.demo.keys.form_in_memory import AtOnce, FormInMemory
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.visit.ports import Draft
from tarahum_desktop.ui.visit.screen import VisitFormScreen
from tests.domain.forms.study import FORM, study

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def newer() -> FormDocument:
    document = json.loads(FORM.read_bytes())
    document["version"] = 3
    document["sections"] = document["sections"][:3]
    document["gates"] = []
    return read_document(json.dumps(document).encode())


@pytest.fixture
def screen(kit: Kit, qapp: QApplication) -> Iterator[VisitFormScreen]:
    forms = {"old": study(), "new": newer()}
    ports = replace(
        FormInMemory(study(), date(2026, 11, 23)).ports(),
        form=lambda draft: forms[draft],
        load_draft=lambda draft: Draft(Answers(forms[draft].key), before_on=date(2026, 5, 1)),
        amend=lambda visit: {"v9": "old"}[visit],
    )
    context = ScreenContext(
        kit,
        AtOnce(),
        lambda *_where, **_params: None,
        lambda: None,
        lambda *_said, **_more: None,
        lambda _kinds: None,
    )
    made = VisitFormScreen(context, newer(), ports)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_draft_begun_with_the_old_form_opens_with_it(screen: VisitFormScreen) -> None:
    screen.open_with({"draft": "old"})
    assert (screen.presenter.document.version, len(screen.presenter.document.sections)) == (2, 15)
    screen.open_with({"draft": "new"})
    assert (screen.presenter.document.version, len(screen.presenter.document.sections)) == (3, 3)
    screen.open_with({"draft": "old"})
    assert screen.presenter.document.version == 2
    assert screen.view.page is not None


def test_coming_back_to_the_same_draft_finds_it_as_it_was_left(screen: VisitFormScreen) -> None:
    screen.open_with({"draft": "old"})
    screen.presenter.go("C")
    screen.open_with({"draft": "old"})
    assert screen.presenter.current.code == "C"
    screen.open_with({})
    assert screen.presenter.current.code == "C"


def test_a_submitted_visit_is_opened_to_be_corrected(screen: VisitFormScreen) -> None:
    screen.open_with({"amend": "v9"})
    assert screen.presenter.visit_id == "old"
    assert screen.presenter.document.version == 2


def test_the_keys_reach_the_form_that_is_open(screen: VisitFormScreen) -> None:
    screen.open_with({"draft": "old"})
    forward = next(one for one in screen.screen_actions() if one.id == "visit.next")
    screen.open_with({"draft": "new"})
    forward.run()
    assert screen.presenter.current.code == "B"


def test_a_draft_that_cannot_be_read_says_so_lets_one_go_and_can_be_asked_for_again(
    screen: VisitFormScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = screen._ports

    def gone(_draft: str) -> FormDocument:
        raise DraftMissing

    monkeypatch.setattr(screen, "_ports", replace(ports, form=gone))
    screen.open_with({"draft": "old"})
    assert screen.view.states.state == "error"
    assert screen.leave()
    screen.view.submit()
    monkeypatch.setattr(screen, "_ports", ports)
    screen.view.again.emit()
    assert screen.view.states.state == "content"
    assert screen.view.page is not None
