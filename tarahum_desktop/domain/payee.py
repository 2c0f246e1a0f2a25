"""Whether money may go to an account: the number itself, whose name stands there, and whom else it serves.

The payee must be the beneficiary, or a proxy whose document (وكالة) is on record (domain rule on accounts; IBAN check
by ISO 13616).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tarahum_desktop.domain.identifiers import check_iban
from tarahum_desktop.domain.names import NameMatch, compare_names


class PayeeKind(StrEnum):
    """In which capacity somebody receives the money."""

    PERSON = "person"
    HEAD = "head"
    PROXY = "proxy"


WARNINGS: Final = frozenset({"iban_shared", "payee_name_review"})
"""Issues that a person may pass over with a justification; every other one stops the payment."""


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is to be paid: the name as it stands on the account, and whose money it is."""

    key: object
    household: object
    name: str
    beneficiary: str
    iban: str
    kind: PayeeKind = PayeeKind.PERSON
    proxy_document: str = ""


def payee_issues(payee: Payee) -> tuple[str, ...]:
    """Codes of what is wrong with one payee by itself, empty when all is well."""
    issues = []
    if (warning := check_iban(payee.iban).warning) is not None:
        issues.append(warning)
    if payee.kind is PayeeKind.PROXY:
        if not payee.name.strip():
            issues.append("payee_name_missing")
        if not payee.proxy_document.strip():
            issues.append("proxy_document_missing")
    else:
        match compare_names(payee.name, payee.beneficiary):
            case NameMatch.NO_MATCH:
                issues.append("payee_name_other")
            case NameMatch.REVIEW:
                issues.append("payee_name_review")
            case NameMatch.MATCH:
                pass
    return tuple(issues)


def shared_accounts(
    payees: Iterable[Payee], known: Mapping[str, Collection[object]] | None = None
) -> frozenset[object]:
    """Keys of payees whose account also serves another household, on this list or as ``known`` (account: households)."""
    homes: dict[str, set[object]] = {iban: set(found) for iban, found in (known or {}).items()}
    listed = [payee for payee in payees if payee.iban]
    for payee in listed:
        homes.setdefault(payee.iban, set()).add(payee.household)
    return frozenset(payee.key for payee in listed if len(homes[payee.iban] - {None}) > 1)


def blocks(issue: str) -> bool:
    """Whether an issue stops the payment until it is put right."""
    return issue not in WARNINGS
