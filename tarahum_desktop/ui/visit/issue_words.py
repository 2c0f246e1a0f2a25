"""A sentence for whatever the form engine says about an answer: the document's own, or one of the program's."""

from tarahum_desktop.domain.forms.checks import Issue
from tarahum_desktop.domain.forms.model import Field, FieldType, Text
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words


def shown(words: Words, text: Text | None) -> str:
    """The document's words in the reader's language; nothing for nothing."""
    return "" if text is None else text.in_language(words.language)


def issue_sentence(words: Words, formats: Formatter, issue: Issue) -> str:
    """The sentence a person reads for an issue."""
    if issue.words is not None:
        return shown(words, issue.words)
    sentence = _sentences(words).get(issue.code)
    if sentence is None:
        return code_sentence(words, issue.code)
    number = issue.number or 0
    shown_number = formats.money(number) if issue.code.startswith("amount") else formats.number(number)
    return sentence.format(number=shown_number)


def missing_sentence(words: Words, field: Field) -> str:
    """What to say under a question that must still be answered."""
    if field.type is FieldType.MATRIX:
        return words.t("Please rate every domain.")
    if field.type is FieldType.CHECKLIST:
        return words.t("Please say for each item whether it is there.")
    return words.t("Please answer this question.")


def _sentences(words: Words) -> dict[str, str]:
    return {
        "text_too_long": words.t("This is too long. Please keep it within {number} characters."),
        "text_too_short": words.t("This is too short. Please write at least {number} characters."),
        "not_arabic_letters": words.t("Please write this name in Arabic letters."),
        "name_needs_first_and_family": words.t("Please write at least the first name and the family name."),
        "not_a_number": words.t("Please write a whole number, using digits only."),
        "number_too_small": words.t("This number is too small. The least is {number}."),
        "number_too_large": words.t("This number is too large. The most is {number}."),
        "amount_too_small": words.t("This amount is too small. The least is {number}."),
        "amount_too_large": words.t("This amount is too large. The most is {number}."),
        "digits_expected": words.t("Please write exactly {number} digits."),
        "not_a_date": words.t("This date cannot be read. Please write it again."),
        "not_text": words.t("This answer cannot be read. Please write it again."),
        "unknown_choice": words.t("This answer is no longer offered. Please choose again."),
        "position_not_understood": words.t(
            "Please write latitude and longitude as numbers, such as 24.7136."
        ),
        "position_out_of_bounds": words.t("This position is not inside the Kingdom. Please check it."),
        "signature_missing": words.t("Please sign in the box."),
        "too_many_rows": words.t("No more than {number} rows can be kept."),
    }
