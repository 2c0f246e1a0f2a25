"""One polite sentence for every error code: what is wrong in plain words, and what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.domain.errors import TarahumError
from tarahum_desktop.i18n.words import Words, msgid

SENTENCES: Mapping[str, str] = MappingProxyType({
    "unexpected": msgid("Something unexpected happened. Nothing saved was lost. Please try again."),
    "translations_missing": msgid("The language files are missing. Please install the program again."),
    "amount_invalid": msgid("Please write the amount in digits, such as 1,250.50."),
    "amount_ambiguous": msgid("This amount can be read in two ways. Please use a dot for halalas, such as 1,250.50."),
    "amount_negative": msgid("Please write the amount without a minus sign."),
    "amount_too_large": msgid("This amount is too large. Please check the number of digits."),
    "person_id_missing": msgid("Please write the identity number."),
    "person_id_characters": msgid("An identity number has digits only. Please check it."),
    "person_id_length": msgid("An identity number has 10 digits. Please check it."),
    "person_id_prefix": msgid("A national id starts with 1 and an iqama with 2. Please check the first digit."),
    "person_id_check_digit": msgid("The digits of this identity number do not agree. Please check it once more."),
    "person_id_too_long": msgid("This is too long for an identity number. Please check it."),
    "iban_missing": msgid("Please write the IBAN."),
    "iban_characters": msgid("An IBAN has Latin letters and digits only. Please check it."),
    "iban_not_saudi": msgid("A Saudi IBAN starts with SA. Please check it."),
    "iban_length": msgid("A Saudi IBAN has 24 characters. Please check it."),
    "iban_check_digits": msgid("The digits of this IBAN do not agree. Please check it once more."),
    "iban_too_long": msgid("This is too long for an IBAN. Please check it."),
    "mobile_missing": msgid("Please write the mobile number."),
    "mobile_form": msgid("A mobile number looks like 05XXXXXXXX. Please check it."),
    "mobile_is_landline": msgid("This is a landline. Please ask for a mobile number if there is one."),
    "mobile_too_long": msgid("This is too long for a mobile number. Please check it."),
    "short_address_missing": msgid("Please write the short address."),
    "short_address_form": msgid("A short address is four letters and four digits, such as RAAA2919. Please check it."),
    "short_address_too_long": msgid("This is too long for a short address. Please check it."),
    "building_form": msgid("A building number has 4 digits. Please check it."),
    "building_too_long": msgid("This is too long for a building number. Please check it."),
    "postcode_form": msgid("A postcode has 5 digits. Please check it."),
    "postcode_too_long": msgid("This is too long for a postcode. Please check it."),
    "additional_form": msgid("An additional number has 4 digits. Please check it."),
    "additional_too_long": msgid("This is too long for an additional number. Please check it."),
})  # fmt: skip

GENERAL = msgid("This could not be done. Please try again, and tell your office this code: {code}")


def code_sentence(words: Words, code: str, facts: Mapping[str, str | int] = MappingProxyType({})) -> str:
    """The sentence of a code in the reader's language, with its facts filled in where it names them."""
    message = SENTENCES.get(code)
    if message is None:
        return words.t(GENERAL).format(code=code)
    return words.t(message).format_map(_Facts(facts))


def error_sentence(words: Words, error: TarahumError) -> str:
    """The sentence a person reads for an error."""
    return code_sentence(words, error.code, error.facts)


class _Facts(dict[str, str | int]):
    """A fact that is not given leaves a dash: an error must never hide behind another one."""

    def __missing__(self, key: str) -> str:
        return "–"
