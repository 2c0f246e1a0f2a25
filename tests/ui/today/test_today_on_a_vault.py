"""The first screen on a real encrypted vault, through the real use cases."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tarahum_desktop.casework.drafts import begin_visit, save_field
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.models import CaseMove, FollowUp
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.today.view import TodayScreenView
from tests.casework.worlds import SCOPE, STAFF, TODAY, Office, new_office
from tests.ui.today.day_world import Asked, context_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "vault")
    with made.vault:
        yield made


def test_what_is_in_the_vault_waits_on_the_first_screen(qtbot: QtBot, kit: Kit, office: Office) -> None:
    desk = office.desk()
    late = TODAY - dt.timedelta(days=4)
    office.add(
        FollowUp(scope=SCOPE, case_id=office.case, officer_id=STAFF["officer"], kind="after_care", due_on=late),
        CaseMove(
            scope=SCOPE, case_id=office.case, from_state="plan_pending", to_state="returned",
            role="supervisor", reason="ينقص عقد الإيجار", moved_by=STAFF["supervisor"],
            moved_at=desk.now() - dt.timedelta(hours=3),
        ),
    )  # fmt: skip
    visit = begin_visit(desk, office.household)
    save_field(desk, visit, "head_first", "فاطمة")
    asked = Asked()
    view = TodayScreenView(context_of(kit, asked), TodayPorts(lambda: today_board(desk), desk.now, "نورة"))
    qtbot.addWidget(view)
    view.open_with({})
    lines = {card: [made.line for made in shown.buttons] for card, shown in view.lists.items()}
    (contact,) = lines["contacts"]
    assert (contact.when, contact.params) == ("متأخرة ١١٥ يومًا", {"household": str(office.household)})
    assert contact.detail.startswith("التهيئة قبل الإفراج، تواصل · ملف")
    assert [line.when for line in lines["releases"]] == ["بعد ٦٨ يومًا"]
    assert [line.detail for line in lines["back"]] == [
        "معادة للاستكمال · ينقص عقد الإيجار · بواسطة موظف supervisor"
    ]
    view.lists["drafts"].buttons[0].click()
    assert asked.opened == [("visit", {"draft": str(visit)})]
    assert sync_state(desk).kept_here > 0
    assert "لم تكتمل أي مزامنة على هذا الجهاز بعد" in view.sync.text.text()
