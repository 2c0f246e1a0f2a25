"""Why a family cannot be moved now; each code has its sentence."""

from tarahum_desktop.casework.errors import CaseworkError


class MoveRefused(CaseworkError):
    """The move is not possible as asked.

    Codes: ``move_unfit`` (no such way), ``offer_pending`` (one is under way), ``offer_closed`` (answered or taken back),
    ``household_shares_people`` (fact ``count``), ``case_not_open``, ``officer_without_access``, ``too_many_cases``,
    ``addendum_decided``, ``addendum_is_step``.
    """

    code = "move_unfit"
