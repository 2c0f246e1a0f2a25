"""What is said about plans, decisions, sittings and the rules of services."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

PLANS: Mapping[str, str] = MappingProxyType({
    "eligibility_annual_amount": msgid("With this request the household receives more than {cap} of this service this year."),
    "eligibility_debt_cap": msgid("The debt of {debt} is above the limit of {cap} for debt settlement."),
    "eligibility_private_right": msgid("No private right is recorded in the case. Please record the type of right."),
    "eligibility_criminal_case": msgid("A criminal case is linked, or the type of right is not recorded."),
    "plan_refused": msgid("This proposal could not be kept. Please check it and try again."),
    "plan_service_unknown": msgid("This service is not in the catalogue of this machine. Please exchange with the centre first."),
    "plan_person_not_member": msgid("This person does not belong to the household today. Please choose a member."),
    "plan_fund_not_allowed": msgid("This service may not be paid from that fund. Please choose one of those offered."),
    "plan_amount_missing": msgid("This service needs an amount. Please write it."),
    "plan_amount_not_taken": msgid("This service has no amount. Please leave it empty."),
    "plan_amount_wrong": msgid("The amount is too large. Please check the number of digits."),
    "plan_quantity_wrong": msgid("The number of times is from 1 to {most}. Please check it."),
    "plan_already_open": msgid("This service already waits for the same person. Please open that proposal instead."),
    "plan_justification_missing": msgid("A rule is not met. Please write why it is proposed all the same; whoever decides will read it."),
    "plan_item_settled": msgid("This proposal was settled already. Please refresh the plan."),
    "plan_case_closed": msgid("The case is closed. Please have it re-opened before proposing services."),
    "plan_item_unchecked": msgid("The rules were not asked about this need yet. Please propose it from the family's plan first."),
    "plan_amount_above_level": msgid("This amount is above what level {level} may approve. Please lower it or return the case."),
    "minute_refused": msgid("The minute could not be kept. Please check it and try again."),
    "minute_signed": msgid("This minute is signed and does not change any more. Please open a new one."),
    "minute_nothing_to_decide": msgid("Nothing waits for a decision at this level now."),
    "minute_undecided": msgid("{count} cases have no decision yet. Please decide on each, or approve the rest together."),
    "minute_day_missing": msgid("Please write the date of the sitting."),
    "minute_day_ahead": msgid("The sitting cannot be later than today. Please check the date."),
    "minute_chair_missing": msgid("Please write who chaired the sitting."),
    "minute_nobody_present": msgid("Please write at least one member who was present."),
    "minute_too_many_members": msgid("A minute holds at most {most} members."),
    "minute_changed": msgid("Something on the agenda changed meanwhile. Please look at it again, then sign."),
    "document_not_readable": msgid("This file is not a signed minute, or it is damaged. Please ask for it again."),
    "rules_refused": msgid("These rules cannot be published. Please check them."),
    "rules_kind_unknown": msgid("An unknown kind of beneficiary was named. Please choose from the list."),
    "rules_kinds_empty": msgid("Please choose at least one kind of beneficiary."),
    "rules_level_unknown": msgid("An unknown approval level was named. Please choose from the list."),
    "rules_fund_unknown": msgid("An unknown fund was named. Please choose from the list."),
    "rules_funds_empty": msgid("Please choose at least one fund."),
    "rules_amount_kind_unknown": msgid("Please choose whether the service has an amount."),
    "rules_number_wrong": msgid("A number is negative or too large. Please check the numbers."),
    "rules_name_unknown": msgid("These rules name something this program does not know. Please update the program."),
    "rules_day_past": msgid("New rules hold from today or later, so that past decisions keep theirs. Please choose another day."),
    "rules_not_later": msgid("Newer rules of this service begin later already. Please choose a later day."),
})  # fmt: skip
