"""Plans, approvals, minutes and the catalogue of rules."""

from tarahum_desktop.bootstrap.fetcher import Fetcher
from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.casework.plans.board import plan_of, returned_to
from tarahum_desktop.casework.plans.decide import decide_item
from tarahum_desktop.casework.plans.minute_paper import paper_of
from tarahum_desktop.casework.plans.minute_sign import sign_minute
from tarahum_desktop.casework.plans.minute_view import minute_file
from tarahum_desktop.casework.plans.minutes import (
    cancel_minute,
    describe_minute,
    keep_decisions,
    list_minutes,
    open_minute,
    refresh_agenda,
)
from tarahum_desktop.casework.plans.propose import check_proposal, propose, withdraw
from tarahum_desktop.casework.plans.publish import publish_rules, rules_catalogue
from tarahum_desktop.casework.plans.queue import approval_queue
from tarahum_desktop.casework.plans.status import request_status
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.ui.catalogue.ports import CataloguePorts
from tarahum_desktop.ui.catalogue.spec import spec as catalogue_spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.plans.ports import ApprovalsPorts, MinutePorts, PlanPorts
from tarahum_desktop.ui.plans.spec import approvals_spec, minute_spec, plan_spec
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit, files: Fetcher) -> list[ScreenSpec]:
    """The approvals in the navigation; a family's plan and a sitting, which are reached from others."""
    return [
        approvals_spec(_approvals(place)),
        plan_spec(_plan(place)),
        minute_spec(_minute(place, kit, files)),
    ]


def catalogue_screens(place: Workplace) -> list[ScreenSpec]:
    """The catalogue; it stands in the navigation of those who publish rules."""
    ports = CataloguePorts(
        load=lambda: rules_catalogue(place.desk),
        publish=lambda wanted: publish_rules(place.desk, wanted),
    )
    return [catalogue_spec(ports, in_navigation=place.desk.may(Action.MANAGE_CATALOGUE, NATIONAL))]


def _approvals(place: Workplace) -> ApprovalsPorts:
    return ApprovalsPorts(
        queue=lambda: approval_queue(place.desk),
        returned=lambda: returned_to(place.desk),
        minutes=lambda: list_minutes(place.desk),
        decide=lambda item, decision: decide_item(place.desk, item, decision),
        open_minute=lambda level: open_minute(place.desk, level),
        may_keep=lambda: place.desk.may(Action.KEEP_MINUTE, place.desk.user.committee_code or ""),
    )


def _plan(place: Workplace) -> PlanPorts:
    return PlanPorts(
        load=lambda household: plan_of(place.desk, household),
        check=lambda proposal: check_proposal(place.desk, proposal),
        propose=lambda proposal: propose(place.desk, proposal),
        withdraw=lambda item, reason: withdraw(place.desk, item, reason),
        status=lambda item: request_status(place.desk, item),
    )


def _minute(place: Workplace, kit: Kit, files: Fetcher) -> MinutePorts:
    return MinutePorts(
        load=lambda minute: minute_file(place.desk, minute),
        describe=lambda minute, head: describe_minute(place.desk, minute, head),
        keep=lambda minute, decisions: keep_decisions(place.desk, minute, decisions),
        refresh=lambda minute: refresh_agenda(place.desk, minute),
        cancel=lambda minute: cancel_minute(place.desk, minute),
        sign=lambda minute: sign_minute(place.desk, minute, kit.words, kit.formats),
        paper=lambda minute: paper_of(place.desk, minute),
        fetch=files.fetch,
        save_file=lambda name, content: save_pdf(kit.words, name, content),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
    )
