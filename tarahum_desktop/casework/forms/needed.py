"""Which questions of the social study the program reads by name: a later version may not drop them.

Columns of the record, reports, alerts and approvals are filled from these answers; without the question they would
stay empty in every office at once. A test holds this list to the code that reads.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tarahum_desktop.casework.form_facts import HEAD, HOME, MEMBER, STAY
from tarahum_desktop.casework.form_shelf import STUDY_FORM

_READ: Final = """
    started_at ended_at visit_type visit_date visit_place outcome outcome_reason team respondent gps gps_reason
    consent_case consent_health consent_criminal consent_credit consent_share consent_contact consent_mode
    signer_capacity share_partner deed_type deed_number id_number other_id_number short_address
    inmate_person inmate_relation inmate_stay sentence members members_left m_name m_relation m_resident m_income
    m_health m_disability left_name left_on left_reason inc_total inc_verified exp_total debts debt_remaining
    debts_total household_size needs need_service need_person need_priority proposed_plan plan_service plan_amount
    ssm risk_flags observations recommendation next_visit signature beneficiary_signature dwelling_photos
""".split()  # noqa: SIM905 - a word list reads better as words

_CHOICES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"outcome": frozenset({"done"}), "visit_type": frozenset({"service_follow_up"})}
)


def needed_by_program(form: str) -> Mapping[str, frozenset[str]]:
    """Codes of a form's questions that are read by name, each with the choices known by name."""
    if form != STUDY_FORM:
        return {}
    return {code: _CHOICES.get(code, frozenset()) for code in (*_READ, *HOME, *HEAD, *MEMBER, *STAY)}
