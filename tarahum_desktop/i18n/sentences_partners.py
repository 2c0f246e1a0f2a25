"""What is said when a person cannot be referred as asked: each sentence says what would make it possible."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

PARTNERS: Mapping[str, str] = MappingProxyType({
    "sharing_refused": msgid("Nothing was shared: the agreement or the consent does not allow it. Please read the reasons beside the preview."),
    "referral_settled": msgid("This referral was answered or withdrawn already. Please refresh the list."),
    "referral_altered": msgid("What is kept of this referral was changed after it was sent, so it is not printed. Please tell your administrator."),
    "agreement_ends_before_start": msgid("The agreement would end before it begins. Please choose a later last day."),
    "consent_incomplete": msgid("Please choose how the consent was given and who gave it; whoever signs for another also names the deed."),
    "agreement_not_in_force": msgid("The agreement is not in force today. Please choose another one, or ask the headquarters to renew it."),
    "agreement_of_another_committee": msgid("This agreement is for another committee only. Please choose one that holds for yours."),
    "service_outside_agreement": msgid("The agreement does not cover this service. Please choose a service it names."),
    "field_outside_agreement": msgid("The agreement does not cover this. Please take it out of what is shared."),
    "field_not_shareable": msgid("This may not be shared with anybody. Please take it out."),
    "consent_of_kind_missing": msgid("This needs an explicit consent of its own, given in a visit. Please take it out, or ask for that consent first."),
    "consent_to_share_missing": msgid("The person has not agreed to sharing yet. Please record the consent to share with this partner."),
    "consent_to_share_refused": msgid("The person said no to sharing, or withdrew the consent. Only a new consent makes it possible."),
    "consent_names_another_party": msgid("The consent names another party. Please record one that names this partner."),
    "guardian_consent_missing": msgid("The person is a minor. Please record the consent of the guardian, with the deed."),
    "service_missing": msgid("Please choose the service the person is referred for."),
    "field_beyond_access": msgid("You may not see this yourself, so you cannot share it. Please take it out, or ask the case's officer."),
    "text_too_long": msgid("This text is too long. At most {count} letters are kept; please shorten it."),
    "justification_missing": msgid("Please write why this person is referred."),
    "nothing_to_share": msgid("Please choose at least one thing to share."),
    "restricted_needs_supervisor": msgid("The case is restricted. Please ask the supervisor to make the referral."),
})  # fmt: skip
