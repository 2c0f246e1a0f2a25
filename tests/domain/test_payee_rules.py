import pytest

from tarahum_desktop.domain.payee import Payee, PayeeKind, blocks, payee_issues, shared_accounts

GOOD = "SA0380000000608010167519"
NAME = "فاطمة بنت سعد الغامدي"


def payee(**values) -> Payee:
    return Payee(**{"key": 1, "household": "a", "name": NAME, "beneficiary": NAME, "iban": GOOD, **values})


def test_a_good_account_in_the_beneficiary_s_name_has_no_issues():
    assert payee_issues(payee()) == ()


def test_the_same_name_in_another_spelling_is_the_same_payee():
    assert payee_issues(payee(name="فاطمه سعد الغامدى")) == ()


@pytest.mark.parametrize(
    ("iban", "code"),
    [
        ("", "iban_missing"),
        ("SA0380000000608010167518", "iban_check_digits"),
        ("GB0380000000608010167519", "iban_not_saudi"),
        ("SA03800000006080", "iban_length"),
        ("SA٠٣80000000608010167518", "iban_check_digits"),
    ],
)
def test_a_wrong_account_number_stops_the_payment(iban, code):
    assert payee_issues(payee(iban=iban)) == (code,)
    assert blocks(code)


def test_another_name_needs_a_proxy_with_a_document():
    assert payee_issues(payee(name="سالم بن علي القحطاني")) == ("payee_name_other",)
    assert payee_issues(payee(name="سالم بن علي القحطاني", kind=PayeeKind.PROXY)) == (
        "proxy_document_missing",
    )
    assert payee_issues(payee(name="سالم القحطاني", kind=PayeeKind.PROXY, proxy_document="وكالة 4412")) == ()


def test_one_account_for_two_households_is_a_warning_and_for_one_household_is_not():
    mother, child, stranger = payee(), payee(key=2), payee(key=3, household="b")
    assert shared_accounts([mother, child]) == frozenset()
    assert shared_accounts([mother, child, stranger]) == {1, 2, 3}
    assert shared_accounts([mother], {GOOD: {"c"}}) == {1}
    assert not blocks("iban_shared")
