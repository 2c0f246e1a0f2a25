"""What is said when a step of a case, a task or an alert cannot be done as asked."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

CARE: Mapping[str, str] = MappingProxyType({
    "case_role_ended": msgid("The role that allowed this step has ended. Please ask a colleague who holds it now, or your office to renew it."),
    "closure_reason_missing": msgid("Please choose why the case is closed."),
    "alerts_open": msgid("An alert in this case has not been seen yet. Please acknowledge it first."),
    "task_done_by_work": msgid("This is settled by the work itself: open the family and complete it there."),
    "task_done_already": msgid("Somebody has recorded this contact already. The list has been read again."),
    "task_day_passed": msgid("This day has passed. Please choose today or a later day."),
    "task_day_too_far": msgid("This day is more than a year away. Please choose a nearer day."),
})  # fmt: skip
