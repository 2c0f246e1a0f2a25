"""Writes docs/merge-policies.md from the table the program merges by: ``python -m dev.merge_policies_page``."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tarahum_desktop.domain.merge_policy import POLICIES, Policy

PAGE: Final = Path(__file__).parents[1] / "docs" / "merge-policies.md"

REASONS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "identity": (
        "Who somebody is",
        "A wrong name, number or birth sends aid to somebody else, or makes one person two.",
    ),
    "legal": (
        "Legal status, custody and release",
        "Rights, visits and after-care hang on them; the later note is often the less informed one.",
    ),
    "money": (
        "Money, accounts and what was given",
        "A sum or an account that changes unseen is paid wrongly, and cannot be called back.",
    ),
    "consent": (
        "Consent and what partners may see",
        "What a person refused must not be allowed by a later stamp.",
    ),
    "decision": (
        "States, approvals and their reasons",
        "A committee's or an officer's decision is not undone by a clock.",
    ),
    "whom": (
        "Whom and where a record belongs to",
        "A record that moves to another person or family takes its history with it.",
    ),
    "access": (
        "Who may do what",
        "Roles, devices, limits and rules protect everybody else's record.",
    ),
    "removal": (
        "Removal of a record",
        "Somebody still worked on what another removed: a person has to see both.",
    ),
})  # fmt: skip
"""Why the fields of a group are decided by a person: title and reason."""

_GROUPS: Final = MappingProxyType({
    "identity": "first_name father_name grandfather_name family_name gender nationality id_kind id_number birth birth_first birth_last",
    "legal": "status entry entry_day expected_release expected_release_day release release_day release_type sentence case_class "
             "right_type facility_code from_facility to_facility moved_on",
    "money": "iban payee_name payee_kind proxy_document amount_halalas total_halalas annual_rent_halalas claims_halalas limit_halalas "
             "fund quantity paid_on bank_reference failure file_hash justification delivered_on delivery_id confirmed_at "
             "confirmed_by",
    "consent": "given withdrawn_at deed shared_fields services agreement_id",
    "decision": "state verdict reason decision_reason decided_by decided_at decided_on settled_by settled_reason signed_by signed_at "
                "document_hash closed_on closure_reason minute_id level undone_by undone_at",
    "whom": "person_id household_id head_person_id merged_into",
    "access": "role scope_code first_day last_day active committee_code scopes write_scopes leaving revoked_at sealing_key restricted "
              "approval_level amount_kind kinds rules rules_version evidence",
    "removal": "removed_at",
})  # fmt: skip

_OPENING: Final = """# What happens when two people edit the same field

This page is written by `python -m dev.merge_policies_page` from the table the program merges by
(`tarahum_desktop/domain/merge_policy.py`); a test holds the two equal.

- **review**: the later edit is shown, the other stays beside it as an open conflict until a person decides. Whoever wrote
  the value set aside is told, and it can be put back.
- **merge**: the later edit stands. The earlier one is in the history of the field, from where it can be put back. These are
  facts that the next contact corrects, or that follow from other fields.
- **append**: lists are united; nothing is lost.
- **fixed**: written once, when the row is made, so two edits cannot meet.

Two edits that wrote the same value ask nobody, whatever the policy.

## Why a person decides
"""


def group_of(field: str) -> str:
    """The group of a reviewed field; KeyError when nobody gave a reason for it (a test forbids that)."""
    return next(group for group, names in _GROUPS.items() if field in names.split())


def page() -> str:
    """The page as it should be."""
    lines = [_OPENING]
    for group, (title, reason) in REASONS.items():
        fields = sorted(
            f"{entity}.{field}"
            for entity, table in POLICIES.items()
            for field, policy in table.items()
            if policy is Policy.REVIEW and group_of(field) == group and group != "removal"
        )
        listed = ", ".join(f"`{name}`" for name in fields) if fields else "`removed_at` of every record"
        lines += [f"### {title}", "", reason, "", listed, ""]
    lines += ["## Every field", ""]
    for entity in sorted(POLICIES):
        lines += [f"### {entity}", "", "| policy | fields |", "|---|---|"]
        for policy in Policy:
            names = sorted(name for name, one in POLICIES[entity].items() if one is policy)
            if names:
                lines.append(f"| {policy.value} | {', '.join(names)} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
