import io

import pytest
import xlsxwriter

from tarahum_desktop.casework.errors import NotAllowed, ReasonMissing
from tarahum_desktop.casework.giving.confirmations import apply_confirmations, read_confirmations
from tarahum_desktop.casework.giving.deliver import NewDelivery, Proof, record_delivery, take_back
from tarahum_desktop.casework.giving.errors import GivingRefused
from tarahum_desktop.casework.giving.fund_book import NewEntry, enter_money, fund_lines, fund_rows
from tarahum_desktop.casework.giving.payees import PayableFilter, ProxyPayee, payable
from tarahum_desktop.casework.giving.sheet_rows import correct_iban, failed_payments
from tarahum_desktop.casework.giving.sheets import (
    NewSheet,
    make_sheet,
    mark_sent,
    sheet_file,
    sheets,
    withdraw_sheet,
)
from tarahum_desktop.domain.funds import EntryKind
from tarahum_desktop.domain.payee import PayeeKind
from tarahum_desktop.models import Delivery, Payment, PaymentSheet, Person, PlanItem
from tarahum_desktop.reports.payment_sheet.columns import COLUMNS, Field
from tarahum_desktop.reports.payment_sheet.returned import ConfirmationsRefused, Outcome
from tarahum_desktop.reports.sheets.read import read_sheet
from tests.casework.giving.giving_worlds import (
    GOOD_IBAN,
    OTHER_IBAN,
    approve,
    give_account,
    row_of,
    rows_of,
)
from tests.casework.worlds import SCOPE, TODAY, a_person

ZAKAT = PayableFilter(SCOPE, "zakat")
HEADINGS = {column.field: column.heading for column in COLUMNS}


def funded(giving, riyals=20_000):
    enter_money(giving.desk("office_admin"), NewEntry(SCOPE, "zakat", EntryKind.OPENING, riyals * 100))


def sent_sheet(giving, count=2, **values):
    give_account(giving)
    funded(giving)
    items = [approve(giving, "CA-01", amount_halalas=125_050, **values) for _ in range(count)]
    desk = giving.desk("office_admin")
    made = make_sheet(desk, NewSheet(SCOPE, "zakat", tuple(items)))
    file = sheet_file(desk, made.sheet_id)
    mark_sent(desk, made.sheet_id, file.sha256)
    return made, file, items


def answered(made, rows, headings=HEADINGS, extra=()):
    """The file as finance sends it back: ``rows`` of position, amount, outcome, reference, day, reason and IBAN."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(2, 0, list(headings.values()))
    places = {field: at for at, field in enumerate(headings)}
    for at, (position, amount, outcome, reference, day, reason, iban) in enumerate([*rows, *extra], start=3):
        values = {
            Field.SHEET: made.number, Field.POSITION: position, Field.AMOUNT: amount, Field.OUTCOME: outcome,
            Field.REFERENCE: reference, Field.PAID_ON: day, Field.REASON: reason, Field.IBAN: iban,
        }  # fmt: skip
        for field, value in values.items():
            sheet.write(at, places[field], value)
    book.close()
    return content.getvalue()


def paid_row(position, amount="1250.50", reference="FT1", day="2026-09-24", iban=GOOD_IBAN):
    return position, amount, "صرف", reference, day, "", iban


def failed_row(position, reason="الحساب مغلق"):
    return position, "1,250.50", "تعذر", "", "", reason, GOOD_IBAN


def problems(giving, content):
    return [row.problem for row in read_confirmations(giving.desk("office_admin"), content).rows]


def test_a_sheet_lists_checked_payees_once_and_leaves_as_a_right_to_left_workbook(giving):
    made, file, items = sent_sheet(giving)
    assert made.total_halalas == 250_100
    assert file == sheet_file(giving.desk("office_admin"), made.sheet_id)
    rows = read_sheet(file.content).rows
    head = next(row for row in rows if HEADINGS[Field.IBAN] in row.cells)
    at = {field: head.cells.index(title) for field, title in HEADINGS.items()}
    lines = [row for row in rows if row.number > head.number]
    assert [row.cells[at[Field.POSITION]] for row in lines[:2]] == ["1", "2"]
    assert lines[0].cells[at[Field.IBAN]] == GOOD_IBAN
    assert lines[0].cells[at[Field.SHEET]] == made.number
    assert lines[-1].cells[at[Field.AMOUNT]] == "2501"
    row = row_of(giving, PaymentSheet, made.sheet_id)
    assert (row.state, row.file_hash) == ("sent", file.sha256)
    assert payable(giving.desk("office_admin"), ZAKAT) == []
    with pytest.raises(GivingRefused, match="payment_nothing_due"):
        make_sheet(giving.desk("office_admin"), NewSheet(SCOPE, "zakat", tuple(items)))


def test_the_account_number_is_text_and_the_sheet_runs_right_to_left(giving):
    import zipfile

    _, file, _ = sent_sheet(giving, 1)
    with zipfile.ZipFile(io.BytesIO(file.content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'rightToLeft="1"' in sheet
    assert "<f>" not in sheet
    assert "mergeCell" not in sheet


def test_an_officer_makes_no_payments(giving):
    with pytest.raises(NotAllowed):
        payable(giving.desk(), ZAKAT)
    with pytest.raises(NotAllowed):
        make_sheet(giving.desk(), NewSheet(SCOPE, "zakat", ()))


def test_a_child_is_paid_to_the_account_of_the_head(giving):
    give_account(giving)
    approve(giving, "CA-01", person_id=giving.child)
    (line,) = payable(giving.desk("office_admin"), ZAKAT)
    assert (line.payee.kind, line.payee.iban, line.issues) == (PayeeKind.HEAD, GOOD_IBAN, ())


def test_a_payee_without_a_good_account_stops_the_sheet_and_a_proxy_with_a_document_lets_it_go(giving):
    funded(giving)
    item = approve(giving, "CA-01")
    desk = giving.desk("office_admin")
    (line,) = payable(desk, ZAKAT)
    assert (line.issues, line.ready) == (("iban_missing",), False)
    with pytest.raises(GivingRefused, match="payees_not_ready"):
        make_sheet(desk, NewSheet(SCOPE, "zakat", (item,)))
    proxy = ProxyPayee("سالم القحطاني", OTHER_IBAN, "")
    with pytest.raises(GivingRefused, match="payees_not_ready"):
        make_sheet(desk, NewSheet(SCOPE, "zakat", (item,), {item: proxy}))
    proxy = ProxyPayee("سالم القحطاني", GOOD_IBAN, "وكالة 4412")
    make_sheet(desk, NewSheet(SCOPE, "zakat", (item,), {item: proxy}))
    (payment,) = rows_of(giving, Payment)
    assert (payment.payee_kind, payment.proxy_document) == ("proxy", "وكالة 4412")


def test_an_account_of_another_household_and_a_short_fund_need_a_justification(giving):
    give_account(giving)
    funded(giving, 100)
    item = approve(giving, "CA-01", amount_halalas=30_000)
    desk = giving.desk("office_admin")
    with pytest.raises(GivingRefused, match="justification_missing"):
        make_sheet(desk, NewSheet(SCOPE, "zakat", (item,)))
    giving.add(a_person("نورة", "الشهري", iban=GOOD_IBAN))
    assert payable(desk, ZAKAT)[0].issues == ("iban_shared",)
    made = make_sheet(desk, NewSheet(SCOPE, "zakat", (item,), justification="بموافقة المدير"))
    assert row_of(giving, PaymentSheet, made.sheet_id).justification == "بموافقة المدير"


def test_money_on_a_sheet_is_not_handed_over_besides(giving):
    _, _, items = sent_sheet(giving, 1)
    with pytest.raises(GivingRefused, match="payment_on_sheet"):
        record_delivery(giving.desk(), NewDelivery(items[0], proofs=(Proof(0),)))


def test_what_was_paid_becomes_a_delivery_and_the_sheet_closes(giving):
    made, _, items = sent_sheet(giving)
    content = answered(made, [paid_row(1), failed_row(2)])
    preview = read_confirmations(giving.desk("office_admin"), content)
    assert (preview.problems, preview.news(Outcome.PAID), preview.news(Outcome.FAILED)) == (0, 1, 1)
    assert rows_of(giving, Delivery) == []
    done = apply_confirmations(giving.desk("office_admin"), content)
    assert (done.paid, done.failed) == (1, 1)
    (delivery,) = rows_of(giving, Delivery)
    assert (delivery.amount_halalas, delivery.quantity, delivery.fund) == (125_050, 1, "zakat")
    states = {row_of(giving, PlanItem, item).state for item in items}
    assert states == {"completed", "approved"}
    sheet = row_of(giving, PaymentSheet, made.sheet_id)
    assert (sheet.state, sheet.closed_on) == ("closed", TODAY)
    with pytest.raises(GivingRefused, match="delivery_paid"):
        take_back(giving.desk("office_admin"), delivery.id, "خطأ")


def test_the_same_file_again_changes_nothing(giving):
    made, _, _ = sent_sheet(giving)
    content = answered(made, [paid_row(1), failed_row(2)])
    apply_confirmations(giving.desk("office_admin"), content)
    again = apply_confirmations(giving.desk("office_admin"), content)
    assert (again.paid, again.failed, again.rows.problems) == (0, 0, 0)
    assert all(row.applied for row in again.rows.rows)
    assert again.summary.touched == {}
    assert len(rows_of(giving, Delivery)) == 1


@pytest.mark.parametrize("amount", ["1250.50", "1,250.50", "١٢٥٠٫٥٠", "١٬٢٥٠٫٥", 1250.5])
def test_amounts_are_read_with_both_separators_and_both_digits(giving, amount):
    made, _, _ = sent_sheet(giving, 1)
    assert problems(giving, answered(made, [paid_row("١", amount)])) == [""]


@pytest.mark.parametrize("day", ["2026-09-24", "24/9/2026", "٢٤/٩/٢٠٢٦", "13/4/1448"])
def test_days_are_read_in_both_calendars(giving, day):
    made, _, _ = sent_sheet(giving, 1)
    assert problems(giving, answered(made, [paid_row(1, day=day)])) == [""]


def test_each_wrong_row_is_told_and_none_is_applied(giving):
    made, _, _ = sent_sheet(giving, 9)
    rows = [
        paid_row(1, amount="1.250,50"), paid_row(2, amount="1250.51"), paid_row(3, iban=OTHER_IBAN),
        paid_row(4, reference=""), paid_row(5, day=""), paid_row(6, day="2027-01-01"),
        paid_row(77), (7, 1250.5, "ربما", "", "", "", GOOD_IBAN), failed_row(8, reason=""),
        paid_row(9), paid_row(9), paid_row(7, day="2026-09-01"),
    ]  # fmt: skip
    content = answered(made, rows)
    assert problems(giving, content) == [
        "amount_ambiguous", "confirmation_amount_changed", "confirmation_iban_changed",
        "confirmation_reference_missing", "confirmation_day_missing", "date_in_future",
        "confirmation_position_unknown", "confirmation_outcome_unknown", "confirmation_reason_missing",
        "", "confirmation_twice", "confirmation_twice",
    ]  # fmt: skip
    assert apply_confirmations(giving.desk("office_admin"), content).paid == 1
    assert len(rows_of(giving, Delivery)) == 1


def test_an_answer_that_contradicts_what_is_on_record_is_a_problem(giving):
    made, _, _ = sent_sheet(giving)
    desk = giving.desk("office_admin")
    apply_confirmations(desk, answered(made, [paid_row(1), failed_row(2)]))
    turned = answered(made, [failed_row(1), paid_row(2)])
    assert problems(giving, turned) == ["confirmation_already_paid", "confirmation_already_failed"]
    assert problems(giving, answered(made, [paid_row(1, reference="FT2")])) == [
        "confirmation_other_reference"
    ]
    assert len(rows_of(giving, Delivery)) == 1


def test_a_formula_in_place_of_an_amount_is_a_problem(giving):
    made, _, _ = sent_sheet(giving, 1)
    assert problems(giving, answered(made, [paid_row(1, amount="=1250.5")])) == ["confirmation_formula"]


def test_a_row_without_an_answer_waits(giving):
    made, file, _ = sent_sheet(giving)
    preview = read_confirmations(giving.desk("office_admin"), file.content)
    assert (len(preview.rows), preview.problems, preview.news(Outcome.PAID)) == (2, 0, 0)
    assert apply_confirmations(giving.desk("office_admin"), file.content).paid == 0
    assert row_of(giving, PaymentSheet, made.sheet_id).state == "sent"


def test_a_sheet_of_another_office_or_one_that_never_left_is_a_problem(giving):
    made, _, _ = sent_sheet(giving, 1)
    import dataclasses

    other = dataclasses.replace(made, number="JED-2026-P1-00001")
    assert problems(giving, answered(other, [paid_row(1)])) == ["confirmation_sheet_unknown"]
    approve(giving, "CA-01", amount_halalas=125_050)
    (line,) = payable(giving.desk("office_admin"), ZAKAT)
    fresh = make_sheet(giving.desk("office_admin"), NewSheet(SCOPE, "zakat", (line.line.item_id,)))
    assert problems(giving, answered(fresh, [paid_row(1)])) == ["confirmation_sheet_not_sent"]


def test_a_file_without_our_headings_is_refused_whole(giving):
    made, _, _ = sent_sheet(giving, 1)
    with pytest.raises(ConfirmationsRefused):
        read_confirmations(
            giving.desk("office_admin"), answered(made, [], {field: f"عمود {field}" for field in Field})
        )


def test_a_failed_payment_waits_for_a_correct_account_and_goes_on_the_next_sheet(giving):
    made, _, items = sent_sheet(giving, 1)
    desk = giving.desk("office_admin")
    apply_confirmations(desk, answered(made, [failed_row(1)]))
    (failed,) = failed_payments(desk)
    assert (failed.payment_id, failed.failure, failed.amount_halalas) == (
        rows_of(giving, Payment)[0].id, "الحساب مغلق", 125_050,
    )  # fmt: skip
    with pytest.raises(GivingRefused, match="iban_check_digits"):
        correct_iban(desk, failed.payee_id, GOOD_IBAN[:-1] + "8")
    correct_iban(desk, failed.payee_id, "sa03 8000 0000 6080 1016 7519")
    assert row_of(giving, Person, giving.head).iban == GOOD_IBAN
    (line,) = payable(desk, ZAKAT)
    assert line.failed_before == "الحساب مغلق"
    make_sheet(desk, NewSheet(SCOPE, "zakat", tuple(items)))
    assert failed_payments(desk) == []


def test_an_unpaid_sheet_is_taken_back_whole_and_never_deleted(giving):
    made, _, items = sent_sheet(giving)
    desk = giving.desk("office_admin")
    with pytest.raises(ReasonMissing):
        withdraw_sheet(desk, made.sheet_id, "")
    withdraw_sheet(desk, made.sheet_id, "خطأ في المصدر")
    assert {payment.state for payment in rows_of(giving, Payment)} == {"withdrawn"}
    assert {line.line.item_id for line in payable(desk, ZAKAT)} == set(items)
    assert problems(giving, answered(made, [paid_row(1)])) == ["confirmation_already_withdrawn"]
    assert [(line.number, line.state) for line in sheets(desk)] == [(made.number, "closed")]


def test_the_balance_of_a_fund_adds_up_to_the_halala_and_drills_to_its_rows(giving):
    made, _, _ = sent_sheet(giving, 2)
    desk = giving.desk("office_admin")
    enter_money(desk, NewEntry(SCOPE, "zakat", EntryKind.RECEIPT, 7, reference="سند 9"))
    enter_money(desk, NewEntry(SCOPE, "zakat", EntryKind.CORRECTION, -3, note="فرق جرد"))
    apply_confirmations(desk, answered(made, [paid_row(1)]))
    (zakat, charity) = fund_lines(desk)
    assert zakat.money.balance == 2_000_000 + 7 - 3 - 125_050
    assert (zakat.money.reserved, zakat.since) == (125_050, TODAY)
    assert zakat.money.free == zakat.money.balance - 125_050
    assert (charity.money.balance, charity.since) == (0, None)
    rows = fund_rows(desk, SCOPE, "zakat")
    assert sum(row.halalas for row in rows) == zakat.money.balance
    assert {row.kind for row in rows} == {"opening", "receipt", "correction", "delivery"}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (NewEntry(SCOPE, "zakat", EntryKind.RECEIPT, 0), "fund_amount_missing"),
        (NewEntry(SCOPE, "zakat", EntryKind.RECEIPT, -5), "fund_amount_negative"),
        (NewEntry(SCOPE, "zakat", EntryKind.CORRECTION, -5), "fund_note_missing"),
        (NewEntry(SCOPE, "gold", EntryKind.RECEIPT, 5), "fund_unknown"),
    ],
)
def test_a_wrong_entry_is_refused(giving, entry, code):
    with pytest.raises(GivingRefused, match=code):
        enter_money(giving.desk("office_admin"), entry)


def test_an_officer_keeps_no_funds(giving):
    with pytest.raises(NotAllowed):
        enter_money(giving.desk(), NewEntry(SCOPE, "zakat", EntryKind.RECEIPT, 5))
    assert fund_lines(giving.desk()) == []


def test_a_returned_file_with_merged_cells_is_refused_whole_with_their_place(giving):
    from tarahum_desktop.reports.sheets.limits import SheetRefused
    from tests.reports.sheets.bad_books import book

    merged = book(arrange=lambda _, sheet: sheet.merge_range("B2:D2", "صرف"))
    with pytest.raises(SheetRefused) as caught:
        apply_confirmations(giving.desk("office_admin"), merged)
    assert (caught.value.code, caught.value.facts["cells"]) == ("sheet_merged_cells", "B2:D2")


def test_two_halves_of_an_answer_in_two_files_close_the_sheet_once(giving):
    made, _, _ = sent_sheet(giving)
    desk = giving.desk("office_admin")
    apply_confirmations(desk, answered(made, [paid_row(1)]))
    assert row_of(giving, PaymentSheet, made.sheet_id).state == "sent"
    apply_confirmations(desk, answered(made, [paid_row(1), paid_row(2, reference="FT2")]))
    assert row_of(giving, PaymentSheet, made.sheet_id).state == "closed"
    assert len(rows_of(giving, Delivery)) == 2


def test_a_promise_in_instalments_is_paid_part_by_part_to_the_last_halala(giving):
    give_account(giving)
    funded(giving)
    item = approve(giving, "CA-01", amount_halalas=100_000, instalments=3)
    desk, paid = giving.desk("office_admin"), []
    for _ in range(3):
        (line,) = payable(desk, ZAKAT)
        made = make_sheet(desk, NewSheet(SCOPE, "zakat", (item,)))
        mark_sent(desk, made.sheet_id, b"x" * 32)
        paid.append(line.line.due_amount)
        apply_confirmations(desk, answered(made, [paid_row(1, amount=line.line.due_amount / 100)]))
    assert sum(paid) == 100_000
    assert max(paid) - min(paid) == 1
    assert row_of(giving, PlanItem, item).state == "completed"
    assert payable(desk, ZAKAT) == []


def test_a_long_queue_of_another_fund_or_of_listed_money_hides_nothing(giving):
    _, _, listed = sent_sheet(giving, 3)
    for _ in range(3):
        approve(giving, "CA-01", fund="charity")
    wanted = approve(giving, "CA-01", decided_on=TODAY)
    found = payable(giving.desk("office_admin"), ZAKAT, limit=2)
    assert [line.line.item_id for line in found] == [wanted]
    assert wanted not in listed
