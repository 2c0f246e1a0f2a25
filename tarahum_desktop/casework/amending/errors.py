"""Why a correction is not taken."""

from tarahum_desktop.casework.errors import CaseworkError


class AmendmentRefused(CaseworkError):
    """A correction that cannot be proposed or decided.

    The code says why: ``amendment_empty``, ``amendment_reason_missing``, ``amendment_own``, ``amendment_decided``,
    ``amendment_outdated`` or ``amendment_answer_unknown``.
    """

    code = "amendment_empty"
