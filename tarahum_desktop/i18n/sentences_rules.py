"""What is said when a rule of the work does not allow something, or explains itself."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

RULES: Mapping[str, str] = MappingProxyType({
    "case_move_unknown": msgid("A case cannot go from its present state to that one. Please refresh the file."),
    "case_move_role": msgid("This step belongs to another role. Please ask your supervisor."),
    "case_plan_author": msgid("Whoever wrote a plan cannot approve it. Please ask a colleague to decide."),
    "matrix_score_invalid": msgid("A score is from 1 to 5. Please choose one."),
    "matrix_always_applies": msgid("This domain applies to every family. Please choose a score."),
    "matrix_unrated": msgid("There are no two ratings to compare yet."),
    "matrix_baseline_not_in_need": msgid("The first rating does not show a need in income."),
    "matrix_not_sufficient_now": msgid("The latest rating does not reach sufficiency in every required domain."),
    "matrix_not_lasting": msgid("Sufficiency must show in two ratings at least 90 days apart."),
    "matrix_still_supported": msgid("The family received basic support in the last 90 days."),
    "matrix_change_too_small": msgid("The average change is less than half a point."),
    "matrix_fell_to_crisis": msgid("A domain fell into crisis."),
    "eligibility_kind": msgid("This service is not for this kind of beneficiary."),
    "eligibility_study_age": msgid("The social study is older than {months} months. Please visit the family first."),
    "eligibility_repeat": msgid("The household received this service less than {days} days ago."),
    "eligibility_annual_cap": msgid("With this request the yearly limit of the service is exceeded."),
    "eligibility_amount_cap": msgid("The amount is above the limit of one request for this service."),
    "eligibility_custody": msgid("This service needs at least {days} days in custody."),
    "match_same_id": msgid("Both records carry the same valid identity number."),
    "match_ids_differ": msgid("The records carry two different valid identity numbers."),
    "match_iqama_became_national_id": msgid("One record has an iqama and the other a national id."),
    "match_names_differ": msgid("The names differ."),
    "match_births_far_apart": msgid("The birth years are more than 3 years apart."),
    "match_name_close": msgid("The names are close, but a part is missing or written otherwise."),
    "match_name_four_parts": msgid("The four parts of the name are equal."),
    "match_name_three_parts": msgid("Three parts of the name are equal."),
    "match_birth_differs": msgid("The birth dates differ."),
    "match_birth_overlaps": msgid("The birth dates do not contradict each other."),
    "match_birth_first_rajab": msgid("Both were born on 1 Rajab, a common default that says little."),
    "match_birth_equal": msgid("The full birth dates are equal."),
    "match_mother_equal": msgid("The mother's name is the same."),
    "match_mobile_equal": msgid("The mobile number is the same."),
    "form_document_refused": msgid("This form cannot be shown, because its description has a fault. Please tell your office."),
    "form_answers_refused": msgid("An answer could not be taken. Please write it again."),
    "synthetic_margins_impossible": msgid("These totals cannot be met with whole numbers. Please choose another scale."),
    "synthetic_scale_out_of_range": msgid("The scale must be from 0.001 to 10. Please choose another."),
})  # fmt: skip
