"""Rules in the field's words."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tarahum_desktop.casework.plans.rules import RulesInForce
from tarahum_desktop.i18n.plan_words import fund_words, level_words
from tarahum_desktop.i18n.words import Words, msgid
from tarahum_desktop.ui.kit import Kit

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "prisoner": msgid("Prisoners"),
        "released": msgid("Released persons"),
        "family_member": msgid("Family members"),
    }
)
AMOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "yes": msgid("In money"),
        "in_kind_valued": msgid("In kind, with its value"),
        "optional": msgid("With or without an amount"),
        "no": msgid("Without an amount"),
    }
)
NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "repeat_guard_days": msgid("Days between two of it to a household"),
        "annual_cap": msgid("Times a year to a household"),
        "study_max_age_months": msgid("Oldest study, in months"),
        "custody_months": msgid("Least months in custody"),
    }
)
MONEY: Mapping[str, str] = MappingProxyType(
    {
        "yearly_amount_halalas": msgid("Most a year to a household"),
        "amount_cap_halalas": msgid("Most in one request"),
        "debt_cap_halalas": msgid("Highest debt settled"),
    }
)
FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "needs_study": msgid("Needs a recent study"),
        "once_in_life": msgid("Given once only"),
        "private_right": msgid("Needs an established private right"),
        "no_criminal_case": msgid("Not with a linked criminal case"),
    }
)


def kind_words(words: Words, code: str) -> str:
    """A kind of beneficiary."""
    return words.t(KINDS.get(code, code))


def service_name(kit: Kit, service: RulesInForce) -> str:
    """A service in the reader's language."""
    return (service.name_ar if kit.words.language == "ar" else service.name_en) or service.name_ar


def version_words(kit: Kit, one: RulesInForce) -> str:
    """Which version, since when."""
    number = kit.formats.number(one.version)
    if one.first_day is None:
        return kit.words.t("Version {number}, from the beginning").format(number=number)
    return kit.words.t("Version {number}, from {day}").format(
        number=number, day=kit.formats.date(one.first_day)
    )


def rule_lines(kit: Kit, one: RulesInForce) -> Iterator[str]:
    """Every rule of a version as one line."""
    words, formats, between = kit.words, kit.formats, kit.words.p("list separator", ", ")
    kinds = between.join(
        kind_words(words, code) for code in KINDS if code in {kind.value for kind in one.rules.kinds}
    )
    yield words.t("{name}: {value}").format(name=words.t("For"), value=kinds)
    yield words.t("{name}: {value}").format(
        name=words.t("Lowest level"), value=level_words(words, one.rules.level.value)
    )
    yield words.t("{name}: {value}").format(
        name=words.t("Amount"), value=words.t(AMOUNTS.get(one.amount_kind, one.amount_kind))
    )
    funds = between.join(fund_words(words, fund) for fund in one.funds)
    yield words.t("{name}: {value}").format(name=words.t("Paid from"), value=funds)
    for name, title in (*NUMBERS.items(), *MONEY.items()):
        value = one.document.get(name)
        if isinstance(value, int) and value > 0:
            shown = formats.money(value) if name in MONEY else formats.number(value)
            yield words.t("{name}: {value}").format(name=words.t(title), value=shown)
    yield from (words.t(title) for name, title in FLAGS.items() if one.document.get(name) is True)
