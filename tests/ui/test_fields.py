from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tarahum_desktop.domain.dates import parse_partial_date
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.check_field import CheckField
from tarahum_desktop.ui.widgets.checked_fields import IbanField, MobileField, PersonIdField
from tarahum_desktop.ui.widgets.choice_field import ChoiceField, Option
from tarahum_desktop.ui.widgets.field import Field
from tarahum_desktop.ui.widgets.field_row import FieldRow
from tarahum_desktop.ui.widgets.line_field import LineField
from tarahum_desktop.ui.widgets.matrix_grid import MatrixGrid
from tarahum_desktop.ui.widgets.money_field import MoneyField
from tarahum_desktop.ui.widgets.multi_choice_field import MultiChoiceField
from tarahum_desktop.ui.widgets.note_field import NoteField
from tarahum_desktop.ui.widgets.number_field import NumberField
from tarahum_desktop.ui.widgets.partial_date_field import PartialDateField
from tarahum_desktop.ui.widgets.signature_pad import SignaturePad
from tests.ui.gallery import DOMAINS, LEVELS
from tests.ui.typing_keys import press, type_text

THREE = [Option("wife", "زوجة"), Option("son", "ابن"), Option("mother", "أم")]


def give(field: LineField, text: str) -> None:
    """Type and leave."""
    type_text(field, text)
    press(field, Qt.Key.Key_Return)


def focus(qtbot: QtBot, field: Field) -> None:
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("typed", "halalas", "shown"),
    [
        ("12.5", 1250, "١٢٫٥٠"),
        ("12٫5", 1250, "١٢٫٥٠"),
        ("١٢٬٥٠٠", 1250000, "١٢٬٥٠٠"),
        ("12,500.75", 1250075, "١٢٬٥٠٠٫٧٥"),
        ("٤٥٦", 45600, "٤٥٦"),
    ],
)
def test_money_is_never_ten_times_too_much(
    qtbot: QtBot, kit: Kit, typed: str, halalas: int, shown: str
) -> None:
    field = MoneyField(kit)
    qtbot.addWidget(field)
    give(field, typed)
    assert field.value() == halalas
    assert field.edit.text() == shown
    assert field.acceptable


def test_an_amount_that_reads_two_ways_is_kept_as_typed_and_refused(qtbot: QtBot, kit: Kit) -> None:
    field = MoneyField(kit)
    qtbot.addWidget(field)
    give(field, "1.234,5")
    assert field.value() is None
    assert field.edit.text() == "1.234,5"
    assert not field.acceptable
    assert field.edit.property("wrong") == "true"


def test_nobody_is_told_off_in_the_middle_of_typing(qtbot: QtBot, kit: Kit) -> None:
    field = MoneyField(kit)
    qtbot.addWidget(field)
    give(field, "1.234,5")
    type_text(field, "0")
    assert field.note is None


def test_a_settled_value_is_told_once(qtbot: QtBot, kit: Kit) -> None:
    field, told = LineField(kit), list[str]()
    qtbot.addWidget(field)
    field.finished.connect(lambda: told.append(field.value()))
    give(field, "  محمد \u200f العتيبي ")
    press(field, Qt.Key.Key_Return)
    assert told == ["محمد العتيبي"]


def test_setting_a_value_tells_nobody(qtbot: QtBot, kit: Kit) -> None:
    fields = (
        LineField(kit),
        MoneyField(kit),
        NumberField(kit),
        ChoiceField(kit, THREE),
        CheckField(kit, "نعم"),
    )
    values = ("نص", 100, 5, "son", True)
    for field, value in zip(fields, values, strict=True):
        qtbot.addWidget(field)
        with qtbot.assertNotEmitted(field.changed), qtbot.assertNotEmitted(field.finished):
            field.set_value(value)
        assert field.value() == value


def test_a_number_takes_both_digit_sets_and_keeps_its_limits(qtbot: QtBot, kit: Kit) -> None:
    field = NumberField(kit, minimum=1, maximum=20)
    qtbot.addWidget(field)
    give(field, "١٢")
    assert field.value() == 12
    press(field, Qt.Key.Key_Up)
    assert field.value() == 13
    field.edit.selectAll()
    give(field, "99")
    assert field.value() is None
    assert field.note is not None
    assert "٢٠" in field.note.sentence


@pytest.mark.parametrize(
    ("typed", "code", "written"),
    [
        ("١٣/٦/١٤٤٨", "h1448-06-13", "١٤٤٨/٠٦/١٣"),
        ("2026-11-23", "g2026-11-23", "2026-11-23"),
        ("١٤١٠", "h1410", "١٤١٠"),
        ("رجب 1410", "h1410-07", "١٤١٠/٠٧"),
    ],
)
def test_a_date_field_takes_either_calendar(
    qtbot: QtBot, kit: Kit, typed: str, code: str, written: str
) -> None:
    field = PartialDateField(kit)
    qtbot.addWidget(field)
    give(field, typed)
    value = field.value()
    assert value is not None
    assert value.to_code() == code
    assert field.edit.text() == written
    assert field.edit.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_date_field_says_what_it_understood_in_both_calendars(qtbot: QtBot, kit: Kit) -> None:
    field = PartialDateField(kit)
    qtbot.addWidget(field)
    field.set_value(parse_partial_date("13/6/1448"))
    assert field.note is not None
    assert "جمادى الآخرة" in field.note.sentence
    assert "2026-11-23" in field.note.sentence


def test_a_date_to_come_is_refused_where_today_is_given(qtbot: QtBot, kit: Kit) -> None:
    field = PartialDateField(kit, lambda: date(2026, 11, 23))
    qtbot.addWidget(field)
    give(field, "2027-01-01")
    assert field.value() is None
    assert not field.acceptable


def test_a_doubtful_identity_number_is_kept_with_a_warning(qtbot: QtBot, kit: Kit) -> None:
    field = PersonIdField(kit)
    qtbot.addWidget(field)
    give(field, "١٠٢٣٤٥٦٧٨٩")
    assert field.value() == "1023456789"
    assert field.acceptable
    assert field.note is not None
    assert field.note.tone == "attention"


def test_mobile_and_iban_are_normalised(qtbot: QtBot, kit: Kit) -> None:
    mobile, iban = MobileField(kit), IbanField(kit)
    qtbot.addWidget(mobile)
    qtbot.addWidget(iban)
    give(mobile, "٠٥٠ ١٢٣ ٤٥٦٧")
    give(iban, "sa0380000000608010167519")
    assert mobile.value() == "+966501234567"
    assert iban.edit.text() == "SA03 8000 0000 6080 1016 7519"
    assert iban.value() == "SA0380000000608010167519"


def test_a_choice_is_made_by_digits_and_walked_by_arrows_in_reading_order(qtbot: QtBot, kit: Kit) -> None:
    field = ChoiceField(kit, THREE)
    focus(qtbot, field)
    type_text(field, "٢")
    assert field.value() == "son"
    press(field, Qt.Key.Key_Left)  # onwards, where reading runs to the left
    assert field.value() == "mother"
    press(field, Qt.Key.Key_Right)
    assert field.value() == "son"
    press(field, Qt.Key.Key_Backspace)
    assert field.value() is None


def test_many_answers_become_a_list_that_the_wheel_cannot_change(qtbot: QtBot, kit: Kit) -> None:
    field = ChoiceField(kit, [Option(str(at), f"مدينة {at}") for at in range(9)])
    focus(qtbot, field)
    press(field, Qt.Key.Key_Down)
    assert field.value() == "0"
    press(field, Qt.Key.Key_Delete)
    assert field.value() is None


def test_an_answer_no_longer_offered_shows_as_none(qtbot: QtBot, kit: Kit) -> None:
    field = ChoiceField(kit, THREE)
    qtbot.addWidget(field)
    field.set_value("uncle")
    assert field.value() is None


def test_several_answers_are_ticked_by_digits(qtbot: QtBot, kit: Kit) -> None:
    field = MultiChoiceField(kit, THREE)
    focus(qtbot, field)
    type_text(field, "13")
    assert field.value() == ("wife", "mother")
    type_text(field, "١")
    assert field.value() == ("mother",)


def test_the_matrix_needs_one_key_a_domain_and_moves_on(qtbot: QtBot, kit: Kit) -> None:
    grid = MatrixGrid(kit, DOMAINS, LEVELS)
    focus(qtbot, grid)
    for key in "2٣1-54":
        line = next(line for line in grid.lines if line.hasFocus())
        type_text(line, key)
    assert list(grid.value().values()) == [2, 3, 1, 0, 5, 4]
    assert grid.left == 0


def test_a_domain_that_always_applies_does_not_take_the_dash(qtbot: QtBot, kit: Kit) -> None:
    grid = MatrixGrid(kit, DOMAINS, LEVELS)
    focus(qtbot, grid)
    type_text(grid.lines[0], "-")
    assert grid.value()["housing"] is None
    assert grid.lines[0].hasFocus()


def test_the_matrix_says_what_the_chosen_score_means(qtbot: QtBot, kit: Kit) -> None:
    grid = MatrixGrid(kit, DOMAINS, LEVELS)
    qtbot.addWidget(grid)
    grid.set_value({"housing": 1})
    assert "بلا مأوى" in grid.lines[0].accessibleDescription()


def test_a_signature_is_points_between_nought_and_one(qtbot: QtBot, kit: Kit) -> None:
    pad = SignaturePad(kit)
    focus(qtbot, pad)
    pad.resize(400, 220)
    with qtbot.waitSignal(pad.finished):
        QTest.mousePress(pad.paper, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        QTest.mouseMove(pad.paper, QPoint(90, 60))
        QTest.mouseMove(pad.paper, QPoint(9000, 60))
        QTest.mouseRelease(pad.paper, Qt.MouseButton.LeftButton, pos=QPoint(90, 60))
    (stroke,) = pad.value()
    assert len(stroke) >= 2
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in stroke)
    press(pad, Qt.Key.Key_Delete)
    assert pad.value() == ()


def test_a_note_is_settled_when_left(qtbot: QtBot, kit: Kit) -> None:
    field, other = NoteField(kit), LineField(kit)
    focus(qtbot, field)
    qtbot.addWidget(other)
    type_text(field, "سطر")
    assert field.value() == "سطر"
    with qtbot.waitSignal(field.finished):
        field.edit.clearFocus()


def test_the_row_shows_help_until_there_is_something_to_say(qtbot: QtBot, kit: Kit) -> None:
    field = MoneyField(kit)
    row = FieldRow(kit, "الإيجار", field, help_text="في الشهر")
    qtbot.addWidget(row)
    assert field.edit.accessibleName() == "الإيجار"
    assert row.line.text() == "في الشهر"
    give(field, "1,5")
    assert row.line.text() != "في الشهر"
    assert row.line.property("tone") == "danger"


def test_enter_goes_on_to_the_next_field(qtbot: QtBot, kit: Kit) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    box = QVBoxLayout(page)
    first, second = MoneyField(kit), ChoiceField(kit, THREE)
    box.addWidget(FieldRow(kit, "الدخل", first))
    box.addWidget(FieldRow(kit, "القرابة", second))
    page.show()
    first.edit.setFocus()
    type_text(first, "100")
    press(first.edit, Qt.Key.Key_Return)
    assert page.focusWidget() is second.focusProxy()
    assert first.value() == 10000
