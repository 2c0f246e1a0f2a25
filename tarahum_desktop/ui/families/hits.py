"""The list of families found, and how each column says what it knows."""

from tarahum_desktop.casework.search.find import FamilyHit, How, Why
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.tokens import Tone
from tarahum_desktop.ui.widgets.table import Column, DataTable


def hits_table(kit: Kit) -> DataTable:
    """A table whose rows are ``FamilyHit``."""
    words = kit.words
    columns = [
        Column[FamilyHit](words.p("a household", "Family"), lambda hit: family_words(kit, hit), 6, _tone),
        Column[FamilyHit](words.t("File number"), lambda hit: _code(kit, hit.file_number), 4),
        Column[FamilyHit](words.t("Place"), lambda hit: place_words(kit, hit), 4),
        Column[FamilyHit](words.t("Why it was found"), lambda hit: why_words(kit, hit), 8),
        Column[FamilyHit](
            words.t("Identity number"), lambda hit: _code(kit, hit.id_number or hit.temporary_key), 3
        ),
    ]
    return DataTable(kit, columns, words.t("Families found"))


def family_words(kit: Kit, hit: FamilyHit) -> str:
    """The head's name, or that the person found belongs to no family here."""
    if hit.household_id is None:
        return kit.words.t("{name}, in no family here").format(name=hit.person_name)
    return hit.head_name or kit.words.t("Head not recorded")


def place_words(kit: Kit, hit: FamilyHit) -> str:
    """Place and district."""
    place = hit.place_ar if kit.words.language == "ar" else hit.place_en
    return kit.words.p("list separator", ", ").join(part for part in (place, hit.district) if part)


def why_words(kit: Kit, hit: FamilyHit) -> str:
    """What fitted, whose it is when that is not the head, and how near it is when it is not the same."""
    words = kit.words
    if hit.how is How.SIMILAR:  # the name first: a narrow column would cut what the reader must compare
        whose = hit.person_name if hit.person_name != hit.head_name else ""
        return words.t("Similar name: {what}").format(what=whose) if whose else words.t("Similar name")
    found = _found_by(kit, hit)
    return words.t("Part of it: {what}").format(what=found) if hit.how is How.INSIDE and found else found


def _found_by(kit: Kit, hit: FamilyHit) -> str:
    words = kit.words
    if hit.why is Why.LISTED:
        return words.t("Mobile {number}").format(number=kit.formats.phone(hit.mobile)) if hit.mobile else ""
    if hit.why is Why.FILE_NUMBER:
        return words.t("File number")
    if hit.why is Why.PLACE:
        return words.t("Place")
    if hit.why is Why.MOBILE:
        return words.t("Mobile {number}").format(number=kit.formats.phone(hit.mobile))
    if hit.why is Why.CODE:
        key = kit.formats.code(hit.temporary_key) if hit.temporary_key else hit.person_name
        return words.t("Key or number of {who}").format(who=key)
    if hit.person_name != hit.head_name and hit.household_id is not None:
        whose = words.t("Member: {name}") if hit.why is Why.NAME else words.t("Identity of {name}")
        return whose.format(name=hit.person_name)
    if hit.why is Why.NAME:
        return words.t("Name of the head") if hit.household_id is not None else ""
    return words.t("Identity number")


def _code(kit: Kit, text: str) -> str:
    return kit.formats.code(text) if text else ""


def _tone(hit: FamilyHit) -> Tone:
    return "attention" if hit.household_id is None else "text"
