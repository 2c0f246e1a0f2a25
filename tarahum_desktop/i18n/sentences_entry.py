"""What is said about a value as it was typed."""

from collections.abc import Mapping
from types import MappingProxyType

from tarahum_desktop.i18n.words import msgid

ENTRY: Mapping[str, str] = MappingProxyType({
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
    "date_missing": msgid("Please write the date, or only the year if that is what is known."),
    "date_form": msgid("This date could not be read. Please write it like 13/6/1448 or 23/11/2026."),
    "date_year_unclear": msgid("Please write the year with four digits, first or last."),
    "date_year_out_of_range": msgid("This year is too far away. Please check it."),
    "date_calendar_mismatch": msgid("The year belongs to one calendar and the month or mark to the other. Please check it."),
    "date_outside_table": msgid("The Umm al-Qura table does not reach this year. Please write the Gregorian date."),
    "date_month_invalid": msgid("The month must be from 1 to 12. Please check it."),
    "date_day_invalid": msgid("This month does not have that day. Please check it, or write only month and year."),
    "date_in_future": msgid("This date has not come yet. Please check it."),
    "date_code_invalid": msgid("A stored date is damaged. Please enter it again."),
})  # fmt: skip
