"""Partners, their agreements, and referring people to them."""

import uuid

from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.casework.family_signals import reference_lists
from tarahum_desktop.casework.partners.agreements import change_agreement, list_agreements
from tarahum_desktop.casework.partners.choices import family_choices
from tarahum_desktop.casework.partners.consents import consent_to_share, withdraw_consent
from tarahum_desktop.casework.partners.lists import list_referrals
from tarahum_desktop.casework.partners.papers import print_letter, print_notice
from tarahum_desktop.casework.partners.referrals import answer_referral, preview_referral, refer_person
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.partners.ports import FAMILY, UNANSWERED, PartnersBoard, PartnersPorts
from tarahum_desktop.ui.partners.spec import spec
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The one screen; each call asks for the desk as it is then."""
    return [spec(partners_ports(place, kit))]


def partners_ports(place: Workplace, kit: Kit) -> PartnersPorts:
    """What the screen may ask of casework."""

    def board(household: uuid.UUID | None, which: str) -> PartnersBoard:
        desk = place.desk
        late = list_referrals(desk, unanswered=True)
        family = family_choices(desk, household) if household is not None else None
        listed = (
            late
            if which == UNANSWERED
            else list_referrals(desk, household_id=household if which == FAMILY else None)
        )
        return PartnersBoard(
            list_agreements(desk), listed, len(late), family, reference_lists(desk, kit.words.language),
            desk.may(Action.MANAGE_AGREEMENTS, NATIONAL),
        )  # fmt: skip

    return PartnersPorts(
        board=board,
        preview=lambda wanted: preview_referral(place.desk, wanted),
        refer=lambda wanted: refer_person(place.desk, wanted),
        consent=lambda given: consent_to_share(place.desk, given),
        answer=lambda referral, state, outcome: answer_referral(place.desk, referral, state, outcome),
        withdraw=lambda consent: withdraw_consent(place.desk, consent),
        change=lambda agreement, first, last, fields: change_agreement(
            place.desk, agreement, first_day=first, last_day=last, fields=fields
        ),
        letter=lambda referral: print_letter(place.desk, referral, kit.words, kit.formats),
        notice=lambda consent, referral: print_notice(place.desk, consent, referral, kit.words, kit.formats),
        save_file=lambda name, content: save_pdf(kit.words, name, content),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
    )
