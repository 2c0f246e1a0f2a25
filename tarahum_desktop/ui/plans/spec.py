"""The screens of plans as the window's list of screens knows them."""

from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.plans.approvals_view import ApprovalsView
from tarahum_desktop.ui.plans.minute_screen import MinuteView
from tarahum_desktop.ui.plans.plan_view import PlanView
from tarahum_desktop.ui.plans.ports import ApprovalsPorts, MinutePorts, PlanPorts
from tarahum_desktop.ui.shell.screen import ScreenSpec


def approvals_spec(ports: ApprovalsPorts) -> ScreenSpec:
    """The queue, in the navigation."""
    return ScreenSpec(
        "approvals",
        msgid("Plans, approvals"),
        "plan",
        lambda context: ApprovalsView(context, ports),
    )


def plan_spec(ports: PlanPorts) -> ScreenSpec:
    """One family's plan, reached from its file."""
    return ScreenSpec(
        "plan", msgid("Plan"), "plan", lambda context: PlanView(context, ports), in_navigation=False
    )


def minute_spec(ports: MinutePorts) -> ScreenSpec:
    """One sitting, reached from the approvals."""
    return ScreenSpec(
        "minute",
        msgid("Minute"),
        "signature",
        lambda context: MinuteView(context, ports),
        in_navigation=False,
    )
