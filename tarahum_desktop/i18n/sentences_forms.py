"""What is said about forms: the faults of a document or a workbook, what a version changed, why nothing was published."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.digits import DigitSet, shown_digits
from tarahum_desktop.i18n.words import Words, msgid

FORMS: Mapping[str, str] = MappingProxyType({
    "form_not_published": msgid("The form was not published, because it has {count} faults. Please put them right and choose the file again."),
    "form_is_the_visit": msgid("This form is filled by a visit. Please begin a visit instead."),
    "questionnaire_not_ready": msgid("The questionnaire still lacks answers. Please open it and complete it."),
    "form_file_unreadable": msgid("The file could not be opened. Please choose it again."),
    "form_file_too_large": msgid("The file is larger than a form may be. Please check that it is the right one."),
})  # fmt: skip

PROBLEMS: Mapping[str, str] = MappingProxyType({
    "not_json": msgid("This is not a whole JSON document: it stops making sense here."),
    "not_utf8": msgid("The file is not saved as UTF-8 text. Please save it again as UTF-8."),
    "too_large": msgid("The document is larger than a form may be."),
    "too_deep": msgid("The document is nested too deeply."),
    "object_expected": msgid("A group of named values is expected here."),
    "list_expected": msgid("A list is expected here."),
    "code_expected": msgid("A code is expected here: Latin letters, digits, dash or underscore, beginning with a letter."),
    "yes_or_no_expected": msgid("Only true or false can stand here."),
    "whole_number_expected": msgid("A whole number is expected here."),
    "words_expected": msgid("The words are missing here; every text needs Arabic and English."),
    "too_many": msgid("There are more entries here than the {most} allowed."),
    "unknown_key": msgid("“{key}” is not a known name here. Please check its spelling."),
    "key_twice": msgid("“{key}” stands here twice; one of them would be lost."),
    "code_twice": msgid("This code is used twice: “{field}”."),
    "no_questions": msgid("The form has no question."),
    "version_and_title_expected": msgid("The form needs a version number from 1 and a title in Arabic and English."),
    "version_not_later": msgid("Version {version} is already published. Please give this one a higher number."),
    "needed_field_missing": msgid("The program fills the record from the question “{field}”, so it may not be removed or moved into another group."),
    "needed_field_type": msgid("The program reads the question “{field}” as “{type}”, so its type may not change."),
    "needed_option_missing": msgid("The program knows the choice “{option}” of the question “{field}”, so it may not be removed."),
    "unknown_field_type": msgid("The question type “{type}” is not known."),
    "not_inside_a_group": msgid("A question of the type “{type}” cannot stand inside a repeating group."),
    "part_missing": msgid("This question lacks a part its type needs: “{key}”."),
    "unknown_data_class": msgid("This data class is not known."),
    "unknown_script": msgid("Only “arabic” is known as a script."),
    "scores_out_of_order": msgid("The scores must stand in order, from 1 up."),
    "gate_not_understood": msgid("This consent gate is written twice or says no reason."),
    "rule_expected": msgid("A rule is expected here."),
    "rule_not_understood": msgid("This rule cannot be understood. Please check brackets, quotes and operators."),
    "rule_too_large": msgid("This rule is too long or nested too deeply."),
    "unknown_operator": msgid("The operator “{operator}” is not known."),
    "wrong_number_of_arguments": msgid("An operator or function here has too many or too few parts."),
    "unknown_field": msgid("The rule names the question “{field}”, which the form does not have."),
    "unknown_parameter": msgid("The rule names the number “{parameter}”, which the form does not set."),
    "unknown_option": msgid("The rule names the choice “{option}”, which its question does not offer."),
    "field_of_another_group": msgid("The rule looks into a repeating group where this question does not stand: “{field}”."),
    "not_a_group": msgid("A repeating group is expected here."),
    "looks_at_a_later_field": msgid("The rule looks at the question “{field}”, which is asked later or is this one."),
    "computed_in_a_circle": msgid("The total “{field}” is worked out from itself."),
    "no_survey": msgid("The workbook has no sheet named survey."),
    "form_id_missing": msgid("The settings sheet needs a form_id of Latin letters and digits."),
    "form_id_taken": msgid("“{name}” is the form of the visits. Please give the questionnaire another form_id."),
    "title_missing": msgid("The settings sheet needs a form_title."),
    "type_missing": msgid("This row has no type."),
    "unknown_type": msgid("The question type “{type}” is not supported."),
    "picture_of_what": msgid("Pictures may show only the home and its appliances: please write parameters kind=dwelling, and not inside a repeat."),
    "words_missing": msgid("“{name}” has no words in Arabic and English."),
    "words_missing_ar": msgid("“{name}” has no words in Arabic."),
    "words_missing_en": msgid("“{name}” has no words in English."),
    "words_with_answers": msgid("Answers inside words are not supported. Please write the words without ${{…}}."),
    "name_missing": msgid("This row has no name."),
    "name_not_usable": msgid("The name “{name}” cannot be used: Latin letters, digits, dash or underscore, beginning with a letter."),
    "name_twice": msgid("The name “{name}” is used twice."),
    "list_missing": msgid("Please write the name of the list of choices after the type."),
    "list_unknown": msgid("The choices sheet has no list named “{name}”."),
    "other_choice": msgid("or_other is not supported. Please add the choice and a text question."),
    "choice_without_name": msgid("This choice has no list or no name."),
    "choice_twice": msgid("The choice “{name}” stands twice in its list."),
    "group_not_closed": msgid("This group or repeat is never closed."),
    "end_without_begin": msgid("This end has no beginning before it."),
    "repeat_in_repeat": msgid("A repeat inside a repeat is not supported."),
    "repeat_without_questions": msgid("This repeat has no question."),
    "calculation_in_repeat": msgid("A calculation inside a repeat is not supported. Please add it up after the repeat."),
    "calculation_missing": msgid("This calculation is empty."),
    "calculation_not_a_number": msgid("Only calculations that give a number are supported."),
    "column_not_supported": msgid("The column {name} changes what is asked and is not supported."),
    "unknown_answer": msgid("This expression names a question that the survey does not have."),
    "not_an_answer": msgid("This expression looks at a note, which has no answer."),
    "answer_of_a_repeat": msgid("Outside its repeat an answer can only be counted or added up."),
    "unknown_function": msgid("This expression uses a function or operator that is not supported."),
    "repeat_expected": msgid("count and sum need a repeat or an answer inside one."),
    "numbers_expected": msgid("Only numbers can be reckoned with."),
    "too_many_digits": msgid("Numbers have at most two digits after the point."),
    "text_not_usable": msgid("A text in an expression may not begin with $ or @."),
    "not_comparable": msgid("These two kinds of answers cannot be compared."),
    "use_selected": msgid("Please ask several choices with selected()."),
    "unknown_choice": msgid("This expression names a choice that its question does not offer."),
    "choice_expected": msgid("selected() needs a question with choices."),
    "text_expected": msgid("string-length() needs a question answered in words."),
    "column_left_out": msgid("The column {name} was left out."),
    "kept_by_program": msgid("“{type}” was left out: the program keeps it by itself."),
    "inner_heading_left_out": msgid("The heading of a group inside a page was left out; its questions are there."),
    "calculation_without_words": msgid("The calculation “{name}” has no words and is shown under its name."),
    "default_left_out": msgid("This default answer was left out."),
    "title_in_one_language": msgid("The title is in one language only and is shown in both."),
})  # fmt: skip

CHANGES: Mapping[str, str] = MappingProxyType({
    "added": msgid("new"),
    "removed": msgid("taken out"),
    "moved": msgid("moved"),
    "words": msgid("its words"),
    "type": msgid("its type"),
    "required": msgid("whether it must be answered"),
    "choices": msgid("its choices"),
    "rules": msgid("its rules"),
    "limits": msgid("its limits"),
})  # fmt: skip


_UNKNOWN = msgid("This cannot be taken as it is ({code}).")


def problem_sentence(
    words: Words, code: str, facts: Mapping[str, str | int], digits: DigitSet = "latin"
) -> str:
    """One fault in the reader's language; its numbers in the reader's digits, its codes as they are."""
    message = words.t(PROBLEMS.get(code, _UNKNOWN))
    shown = {
        name: shown_digits(str(fact), digits) if isinstance(fact, int) else fact
        for name, fact in facts.items()
    }
    return message.format_map(_Facts({"code": code, **shown}))


def change_words(words: Words, code: str) -> str:
    """What about a question is new."""
    return words.t(CHANGES.get(code, code))


class _Facts(dict[str, str]):
    """A fact that is not given leaves a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
