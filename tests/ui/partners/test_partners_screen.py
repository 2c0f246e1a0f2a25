"""Partners through real widgets: refer within consent, answer, withdraw, and change an agreement."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.partial_date import PartialDate
from tarahum_desktop.domain.sharing import Consent
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.settings import Preferences, kit_for
from tarahum_desktop.ui.theme import apply_look
from tests.ui.partners.partners_world import (
    ENDS,
    GIVEN,
    HOLDS,
    HOME,
    MOTHER,
    OVER,
    PARTNER,
    SILENT,
    SON,
    TODAY,
    Office,
    World,
    view_of,
)
from tests.ui.test_nothing_clipped import LOOKS, clipped
from tests.ui.typing_keys import press, type_text

FOR_MOTHER = {"household": str(HOME), "person": str(MOTHER)}
AGREED = Consent("share", True, "data_subject", True, PARTNER)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def a_world(qtbot: QtBot, kit: Kit, office: Office, params: dict[str, str] | None = None) -> World:
    made = World(kit, office, params)
    qtbot.addWidget(made.window)
    made.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return made


def shown_texts(parent: QWidget) -> str:
    QApplication.processEvents()  # a label made just now is shown with the next layout
    texts = (getattr(child, "text", None) for child in parent.findChildren(QWidget) if child.isVisible())
    return "\n".join(text() for text in texts if callable(text))


def test_a_person_is_referred_with_the_least_and_the_letter_is_saved(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(consents=[AGREED]), FOR_MOTHER)
    refer = world.view.refer
    type_text(focus(), "1")
    assert refer.chosen_agreement() == HOLDS
    assert refer.fields is not None
    assert refer.fields.value() == ("first_name", "family_name")
    assert not refer.card.go.isEnabled()
    assert refer.service is not None
    refer.service.setFocus(Qt.FocusReason.OtherFocusReason)
    type_text(focus(), "1")
    refer.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
    type_text(focus(), "دورة")
    refer.ask_preview()
    assert "فاطمة" in shown_texts(refer.card)
    assert "ثانوي" not in shown_texts(refer.card)
    world.act("partners.yes")
    (_what, wanted), *rest = world.office.done
    assert (wanted.person_id, wanted.service_code, wanted.purpose) == (MOTHER, "CD-03", "دورة")
    assert (rest, world.office.saved) == ([], [f"referral-{SILENT.id}.pdf"])
    assert refer.purpose.value() == ""


def test_what_was_typed_a_moment_ago_is_not_sent_before_it_was_shown(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(consents=[AGREED]), FOR_MOTHER)
    refer = world.view.refer
    type_text(focus(), "1")
    assert refer.service is not None
    refer.service.set_value("CD-03")
    refer.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
    type_text(focus(), "دورة")
    world.act("partners.yes")
    assert world.office.done == []


def test_a_missing_consent_is_recorded_in_place(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(), FOR_MOTHER)
    refer = world.view.refer
    type_text(focus(), "1")
    form = refer.consent_form
    assert form is not None
    assert form.isVisible()
    assert "لم يوافق" in shown_texts(refer.card)
    form.submit()
    assert "فضلًا اختر كيف" in form.banner.text.text()
    form.means.set_value("paper_signature")
    form.submit()
    assert world.office.done[0][1].party == PARTNER
    assert not form.isVisible()
    assert "لم يوافق" not in shown_texts(refer.card)


def test_a_minor_needs_a_guardian_with_a_deed(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(), {"household": str(HOME), "person": str(SON)})
    type_text(focus(), "1")
    form = world.view.refer.consent_form
    assert form is not None
    assert form.capacity.value() == "guardian"
    assert form.deed.isVisible()


def test_every_reason_against_is_said_and_nothing_can_be_sent(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(), FOR_MOTHER)
    type_text(focus(), "1")
    told = shown_texts(world.view.refer.card)
    for reason in ("لم يوافق", "اختر الخدمة", "سبب الإحالة"):
        assert reason in told
    world.act("partners.yes")
    assert world.office.done == []


def test_only_agreements_that_hold_here_are_offered(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(), FOR_MOTHER)
    assert world.view.refer.agreement is not None
    assert [one.code for one in world.view.refer.agreement.options] == [str(HOLDS.id), str(ENDS.id)]


def test_what_ended_stands_apart(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office())
    panel = world.view.agreements
    assert panel.ended.rows_model.rows == [OVER]
    assert OVER not in panel.standing.rows_model.rows
    panel.field.set_value("education")
    panel.field.finished.emit()
    assert panel.standing.rows_model.rows == [ENDS]


def test_an_answer_is_recorded_by_one_key(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office())
    world.act("partners.referrals")
    assert "لم ترد الجهة" in world.view.referrals.told.text()
    type_text(world.view.referrals.outcome.edit, "يبدأ غدًا")
    world.act("partners.accepted")
    assert world.office.done == [("answer", SILENT.id, "accepted", "يبدأ غدًا")]
    press(world.view.referrals.table, Qt.Key.Key_Down)
    steps = {state for state, made in world.view.referrals.steps.items() if made.isVisible()}
    assert steps == {"completed", "withdrawn"}


def test_a_document_that_was_changed_says_so_and_is_not_printed(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office())
    world.act("partners.referrals")
    for _ in range(2):
        press(world.view.referrals.table, Qt.Key.Key_Down)
    assert "فقد تغيّر" in world.view.referrals.told.text()
    assert not world.view.referrals.paper.isVisible()
    press(world.view.referrals.table, Qt.Key.Key_Return)
    assert world.office.saved == []


def test_withdrawing_asks_once_and_then_names_who_must_be_told(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(given=[GIVEN]), FOR_MOTHER | {"section": "consents"})
    panel = world.view.consents
    assert not panel.paper.isVisible()
    world.act("partners.withdraw")
    assert world.office.done == []
    assert "إحالة واحدة" in panel.asked.text.text()
    panel.asked.press_button()
    assert world.office.done == [("withdraw", GIVEN.id)]
    press(panel.holders, Qt.Key.Key_Return)
    assert world.office.saved == [f"withdrawal-{SILENT.id}.pdf"]


def test_an_agreement_is_changed_and_a_half_date_is_asked_for_again(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office())
    world.act("partners.edit")
    form = world.view.agreements.form
    form.last.set_value(None)
    type_text(form.last.edit, "2027")
    world.act("partners.yes")
    assert world.office.done == []
    end = TODAY + dt.timedelta(days=700)
    form.last.set_value(PartialDate.of_day(end))
    form.fields.set_value(["first_name"])
    world.act("partners.yes")
    assert world.office.done == [("change", ENDS.id, dt.date(2025, 1, 1), end, ("first_name",))]
    assert not form.isVisible()


def test_who_does_not_manage_agreements_finds_no_way_to_change_one(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(may_manage=False))
    world.view.agreements.edit()
    assert not world.view.agreements.form.isVisible()


def test_a_refusal_keeps_what_was_typed(qtbot: QtBot, kit: Kit) -> None:
    office = Office(refuses="agreement_ends_before_start")
    world = a_world(qtbot, kit, office)
    world.act("partners.edit")
    world.act("partners.yes")
    assert world.view.agreements.form.isVisible()
    assert "قبل أن تبدأ" in world.view.agreements.form.banner.text.text()


def test_without_a_family_nobody_can_be_referred(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office(referrals=()), {"household": "nonsense", "section": "refer"})
    assert world.view.section == "agreements"
    assert not world.view.tabs["refer"].isVisible()
    world.act("partners.referrals")
    assert world.view.referrals.states.state == "empty"


def test_a_section_is_built_when_it_is_first_shown_and_filled_at_once(qtbot: QtBot, kit: Kit) -> None:
    world = a_world(qtbot, kit, Office())
    assert list(world.view.panels) == ["agreements"]
    world.act("partners.referrals")
    assert list(world.view.panels) == ["agreements", "referrals"]
    assert world.view.referrals.table.rows_model.rows


def test_what_cannot_be_read_says_so_and_can_be_tried_again(qtbot: QtBot, kit: Kit) -> None:
    office = Office(fails="disk_full")
    world = a_world(qtbot, kit, office)
    assert world.view.states.state == "error"
    office.fails = ""
    world.act("partners.again")
    assert world.view.states.state == "content"


@pytest.mark.parametrize("section", ["agreements", "referrals", "refer", "consents"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_are_clipped(qtbot: QtBot, qapp: QApplication, look: Preferences, section: str) -> None:
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    view = view_of(kit, Office(given=[GIVEN]))
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.open_with(FOR_MOTHER | {"section": section})
    view.show()
    if view.refer.agreement is not None:
        view.refer.agreement.set_value(str(HOLDS.id))
        view.refer.agreement.finished.emit()
    for _round in range(3):
        qapp.processEvents()
    visible = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
    assert [getattr(widget, "text", str)() for widget in visible if clipped(widget)] == []
