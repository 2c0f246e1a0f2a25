"""Why a plan, a decision or a sitting was refused."""

from tarahum_desktop.casework.errors import CaseworkError


class PlanRefused(CaseworkError):
    """A proposal that cannot be kept.

    Codes: ``plan_service_unknown``, ``plan_person_not_member``, ``plan_fund_not_allowed``, ``plan_amount_missing``,
    ``plan_amount_not_taken``, ``plan_amount_wrong``, ``plan_quantity_wrong``, ``plan_already_open``,
    ``plan_justification_missing`` (fact ``count``), ``plan_item_settled``, ``plan_case_closed``.
    """

    code = "plan_refused"


class DecisionRefused(CaseworkError):
    """A decision that cannot be made.

    Codes: ``plan_item_decided``, ``plan_item_unchecked``, ``plan_amount_above_level`` (fact ``level``).
    """

    code = "plan_item_decided"


class MinuteRefused(CaseworkError):
    """A sitting that cannot go on.

    Codes: ``minute_signed``, ``minute_nothing_to_decide``, ``minute_undecided`` (fact ``count``), ``minute_day_missing``,
    ``minute_day_ahead``, ``minute_chair_missing``, ``minute_nobody_present``, ``minute_changed``,
    ``minute_too_many_members``, ``minute_open_already``.
    """

    code = "minute_refused"
