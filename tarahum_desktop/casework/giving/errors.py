"""Why something was not given, paid or entered."""

from typing import Final

from tarahum_desktop.casework.errors import CaseworkError


class GivingRefused(CaseworkError):
    """Nothing was given or paid.

    Codes of deliveries: ``delivery_not_approved``, ``delivery_in_future``, ``delivery_before_approval``,
    ``delivery_too_much`` (facts ``quantity``, ``riyals`` still to give), ``delivery_nothing``, ``delivery_evidence_missing``,
    ``delivery_receiver_missing``, ``proxy_document_missing``, ``fund_missing``, ``fund_not_allowed``,
    ``delivery_removed``, ``delivery_paid``, ``delivery_granted_elsewhere``.
    Codes of payments: ``payment_on_sheet``, ``payment_nothing_due``, ``payees_not_ready`` (fact ``count``),
    ``justification_missing``, ``sheet_state``, ``payment_other_fund``, ``payment_other_committee``,
    ``confirmations_not_recognised``, ``iban_*``.
    Codes of funds: ``fund_amount_missing``, ``fund_amount_negative``, ``fund_kind_unknown``, ``fund_unknown``.
    """

    code = "delivery_refused"


LONGEST_WORDS: Final = 500
LONGEST_NUMBER: Final = 60
"""Letters of a note, and of a number or name, that are kept."""
