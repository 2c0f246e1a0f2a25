"""The answers of all rules to one proposal: made from the record, kept with the item as they were."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from tarahum_desktop.casework.plans.facts import HouseholdFacts, PersonFacts
from tarahum_desktop.casework.plans.rules import RulesInForce, approval_limits
from tarahum_desktop.domain.approval import ApprovalLevel
from tarahum_desktop.domain.eligibility import RuleResult, check_eligibility


@dataclass(frozen=True, slots=True)
class RuleAnswers:
    """What the rules said, under which version, on which day; who asked, and why it is proposed all the same."""

    level: ApprovalLevel
    version: int
    results: tuple[RuleResult, ...]
    day: dt.date | None = None
    asked_by: uuid.UUID | None = None
    justification: str = ""

    @property
    def eligible(self) -> bool:
        """Whether every rule passed."""
        return all(result.passed for result in self.results)

    @property
    def against(self) -> tuple[RuleResult, ...]:
        """The rules that did not pass."""
        return tuple(result for result in self.results if not result.passed)

    def document(self) -> dict[str, Any]:
        """What is kept with the item."""
        return {
            "by": str(self.asked_by) if self.asked_by else "",
            "day": self.day.isoformat() if self.day else "",
            "justification": self.justification,
            "results": [
                {"code": one.code, "facts": dict(one.facts), "passed": one.passed} for one in self.results
            ],
        }


def ask_rules(
    connection: Connection,
    facts: HouseholdFacts,
    person: PersonFacts,
    service: RulesInForce,
    asked: tuple[int, int],
    but: uuid.UUID | None = None,
) -> RuleAnswers:
    """Ask every rule of a service about ``asked`` (halalas, quantity) for one member; see ``HouseholdFacts.request``."""
    request = facts.request(person, *asked, but)
    found = check_eligibility(service.rules, request, approval_limits(connection))
    return RuleAnswers(found.level, service.version, found.results, facts.day)


def kept_answers(level: str | None, version: int | None, document: object) -> RuleAnswers | None:
    """The answers kept with an item; none for a need nobody has proposed yet."""
    if level is None:
        return None
    kept = document if isinstance(document, Mapping) else {}
    results = kept.get("results")
    day, by = str(kept.get("day") or ""), str(kept.get("by") or "")
    return RuleAnswers(
        ApprovalLevel(level) if level in set(ApprovalLevel) else ApprovalLevel.L4,
        version or 1,
        tuple(
            RuleResult(str(one["code"]), one["passed"] is True, one.get("facts") or {})
            for one in (results if isinstance(results, list) else [])
        ),
        dt.date.fromisoformat(day) if day else None,
        uuid.UUID(by) if by else None,
        str(kept.get("justification") or ""),
    )
