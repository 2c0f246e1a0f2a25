"""The deliveries and payments screen over a real vault, its real use cases and its real wiring."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tarahum_desktop.bootstrap.wiring import giving as wiring
from tarahum_desktop.casework.giving.fund_book import NewEntry, enter_money
from tarahum_desktop.domain.funds import EntryKind
from tarahum_desktop.domain.money import SAR
from tarahum_desktop.models import Delivery, FundEntry, Payment, PaymentSheet
from tarahum_desktop.ui.giving.view import GivingView
from tarahum_desktop.ui.shell.screen import ScreenContext
from tarahum_desktop.ui.shell.settings import kit_for
from tarahum_desktop.ui.theme import apply_look
from tarahum_desktop.ui.worker import Immediate
from tests.casework.conftest import furnished, office  # noqa: F401 - fixtures are found by their names here
from tests.casework.giving.giving_worlds import GOOD_IBAN, approve, furnish, give_account, rows_of
from tests.casework.worlds import SCOPE, STAFF
from tests.ui.test_nothing_clipped import LOOKS, clipped
from tests.ui.typing_keys import press, type_text


class Screen:
    """The screen, what it said, and where a file would be saved."""

    def __init__(self, kit, at_office, role: str, folder) -> None:
        self.office, self.said, self.folder = at_office, [], folder
        desk = at_office.desk(role)
        desk = type(desk)(desk.replica, type(desk.user)(STAFF[role], role, committee_code=SCOPE), desk.grants)
        (spec,) = wiring.screens(SimpleNamespace(desk=desk), kit)
        self.went: list = []
        context = ScreenContext(
            kit, Immediate(), lambda screen, params=None: self.went.append((screen, params)), lambda: None,
            lambda sentence, *_rest: self.said.append(sentence), lambda _kinds: None,
        )  # fmt: skip
        view = spec.build(context)
        assert isinstance(view, GivingView)
        self.view = view
        self.view.resize(1150, 710)
        self.view.show()

    def open(self, **params: str) -> "Screen":
        self.view.open_with(params)
        QApplication.processEvents()
        return self


@pytest.fixture
def world(kit, office, tmp_path, monkeypatch, qtbot):  # noqa: F811 - the fixture above
    furnish(office)

    def make(role: str = "officer", dressed=kit, **params: str) -> Screen:
        screen = Screen(dressed, office, role, tmp_path)
        monkeypatch.setattr(
            wiring.QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "sheet.xlsx"), "")
        )
        qtbot.addWidget(screen.view)
        return screen.open(**params)

    make.office = office
    return make


def test_a_basket_is_handed_over_with_three_keys(world):
    approve(world.office)
    screen = world()
    table, form = screen.view.deliver.table, screen.view.deliver.form
    assert table.current_row().due_amount == 30_000
    press(table, Qt.Key.Key_Return)
    assert form.checks[0].box.hasFocus() or not screen.view.isActiveWindow()
    press(form.checks[0].box, Qt.Key.Key_Space)
    screen.view.deliver.submit()  # Ctrl+S
    (row,) = rows_of(world.office, Delivery)
    assert (row.quantity, row.amount_halalas) == (1, 30_000)
    assert screen.view.deliver.listing.state == "empty"
    assert len(screen.said) == 1


def test_a_hand_over_without_evidence_is_refused_in_words_and_nothing_typed_is_lost(world):
    approve(world.office)
    screen = world()
    screen.view.deliver.form.amount.set_value(10_000)
    screen.view.deliver.submit()
    assert rows_of(world.office, Delivery) == []
    assert screen.view.banner.isVisible()
    assert screen.view.deliver.form.amount.value() == 10_000


def test_a_proxy_is_asked_for_a_name_and_a_document(world):
    approve(world.office)
    screen = world()
    form = screen.view.deliver.form
    assert not form._document_row.isVisible()
    form.receiver.set_value("proxy")
    form._show_receiver()
    assert form._document_row.isVisible()
    form.name.set_value("سالم القحطاني")
    form.document.set_value("وكالة 4412")
    form.checks[0].set_value(True)
    screen.view.deliver.submit()
    (row,) = rows_of(world.office, Delivery)
    assert (row.receiver_kind, row.proxy_document) == ("proxy", "وكالة 4412")


def test_a_list_of_families_takes_one_key_each(world):
    for _ in range(6):
        approve(world.office)
    screen = world()
    table = screen.view.deliver.table
    for _ in range(5):
        press(table, Qt.Key.Key_Space)
    assert len(table.marked_rows()) == 5
    screen.view.deliver.form.checks[0].set_value(True)
    screen.view.deliver.submit()
    assert len(rows_of(world.office, Delivery)) == 5
    assert len(screen.view.deliver.table.rows_model.rows) == 1
    assert table.marked_rows() == []


def test_marks_of_different_services_are_not_recorded_together(world):
    approve(world.office)
    approve(world.office, "CA-01")
    screen = world()
    screen.view.deliver.table.mark_all()
    assert screen.view.deliver.form.banner.isVisible()
    screen.view.deliver.submit()
    assert rows_of(world.office, Delivery) == []


def test_a_sheet_is_made_saved_and_counted_as_sent(world):
    give_account(world.office)
    enter_money(world.office.desk("office_admin"), NewEntry(SCOPE, "zakat", EntryKind.OPENING, 9_000 * SAR))
    approve(world.office, "CA-01", amount_halalas=125_050)
    screen = world("office_admin", tab="pay")
    assert len(screen.view.pay.table.marked_rows()) == 1
    screen.view.pay.submit()
    (sheet,) = rows_of(world.office, PaymentSheet)
    assert sheet.state == "sent"
    assert (screen.folder / "sheet.xlsx").read_bytes()[:2] == b"PK"
    screen.open(tab="sheets")
    assert screen.view.sheets.table.current_row().number == sheet.number


def test_a_payee_without_an_account_cannot_be_marked_until_a_proxy_is_written(world):
    enter_money(world.office.desk("office_admin"), NewEntry(SCOPE, "zakat", EntryKind.OPENING, 9_000 * SAR))
    approve(world.office, "CA-01")
    screen = world("office_admin", tab="pay")
    pay = screen.view.pay
    pay.table.mark_all()
    assert pay.table.marked_rows() == []
    pay.use_proxy()
    assert pay.banner.isVisible()
    pay.proxy_name.set_value("سالم القحطاني")
    pay.proxy_iban.set_value(GOOD_IBAN)
    pay.proxy_document.set_value("4412")
    pay.use_proxy()
    pay.submit()
    (payment,) = rows_of(world.office, Payment)
    assert payment.payee_kind == "proxy"


def test_money_is_entered_and_the_balance_follows(world):
    screen = world("office_admin", tab="funds")
    funds = screen.view.funds
    funds.kind.set_value("opening")
    funds.amount.set_value(5_000)
    funds.submit()
    assert [row.amount_halalas for row in rows_of(world.office, FundEntry)] == [5_000]
    assert funds.table.current_row().money.balance == 5_000
    assert funds.rows.current_row().halalas == 5_000
    assert funds.amount.value() is None


def test_any_request_is_found_from_the_line_and_shows_its_steps(world):
    approve(world.office, quantity=2)
    screen = world()
    type_text(screen.view.line, "فاطمه")
    assert screen.view._stack.currentWidget() is screen.view.status
    assert len(screen.view.status.steps.rows_model.rows) == 2
    press(screen.view.status.table, Qt.Key.Key_Return)
    assert screen.went == [("family", {"household": str(world.office.household)})]
    screen.view.line.clear()
    screen.view.presenter.search("")
    assert screen.view._stack.currentWidget() is screen.view.deliver


def test_nobody_without_the_right_sees_what_can_be_paid(world):
    give_account(world.office)
    approve(world.office, "CA-01")
    screen = world("officer", tab="pay")
    assert screen.view.pay.listing.state == "error"


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("tab", ["deliver", "pay", "sheets", "failed", "funds"])
def test_words_fit_in_every_look(world, qapp, look, tab):
    give_account(world.office)
    approve(world.office, "CA-01")
    approve(world.office, quantity=12)
    kit = kit_for(look)
    apply_look(qapp, kit.look)
    screen = world("office_admin", kit, tab=tab)
    for _round in range(3):
        qapp.processEvents()
    view = screen.view
    found = [
        (type(one).__name__, getattr(one, "text", str)())
        for one in view.findChildren(QWidget)
        if one.isVisibleTo(view) and clipped(one)
    ]
    assert found == []
