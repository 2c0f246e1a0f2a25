"""Each kind of exception in words: what is wrong, what to do, and where that is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tarahum_desktop.casework.exceptions.queue import ExceptionLine
from tarahum_desktop.domain.text import isolate
from tarahum_desktop.i18n.case_words import case_state_words
from tarahum_desktop.i18n.words import msgid
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.review.ports import Lists
from tarahum_desktop.ui.widgets.record_words import shown_value

_FAMILY: Final = msgid("Open the family's file")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of exception: its name, what to do, the button to the place, and the screen it opens."""

    title: str
    advice: str
    button: str = _FAMILY
    screen: str = "family"


TROUBLES: Final = MappingProxyType({
    "double_grant": Trouble(
        msgid("Granted twice"),
        msgid("Two offices granted {service} for the same days. Agree with the other office which of the two gives it, say why below, and keep that one."),
    ),
    "role_ended": Trouble(
        msgid("A step after the role had ended"),
        msgid("The case went to «{to}» on {on} by somebody whose role had ended. Open the file and take the step anew, or say why it stands."),
    ),
    "over_given": Trouble(
        msgid("More given than was approved"),
        msgid("{service}: {total} given, {limit} approved. If one hand-over was written down twice, take it back; else say why it stands."),
        msgid("Open deliveries and payments"), "giving",
    ),
    "plan_over_yearly_times": Trouble(
        msgid("Granted more often than the rules allow"),
        msgid("{service} was granted {total} times this year; the rules allow {limit}. Cancel what was not given yet, or say why it stands."),
    ),
    "plan_over_yearly_amount": Trouble(
        msgid("Granted more than the rules allow"),
        msgid("{service} was granted for {total} this year; the rules allow {limit}. Lower what was not given yet, or say why it stands."),
    ),
    "plan_over_fund": Trouble(
        msgid("More promised than the fund holds"),
        msgid("{fund}: {total} given and promised, {limit} received. Enter what the fund received since, or take back what is not given yet."),
        msgid("Open the plans"), "approvals",
    ),
    "approval_without_role": Trouble(
        msgid("Decided without the role"),
        msgid("{service} was decided on {on} by somebody whose role did not allow it that day. Have it decided again by who may, or say why it stands."),
    ),
    "case_state_not_reached": Trouble(
        msgid("The case stands where no step led it"),
        msgid("The case shows «{state}», but its last step led to «{to}»: two people moved it at once. Open the file and take the step that is right."),
    ),
    "case_step_not_allowed": Trouble(
        msgid("A step that is not allowed"),
        msgid("The case went from «{from}» to «{to}», which no rule allows. Open the file and take the step that is right."),
    ),
    "custody_release_before_entry": Trouble(
        msgid("Released before the entry"), msgid("The stay ends before it begins. Ask the prison desk for the right days and correct them.")),
    "custody_stays_overlap": Trouble(
        msgid("Two stays at one time"), msgid("Two stays in custody overlap. One was probably recorded twice: keep the right one and remove the other.")),
    "custody_open_twice": Trouble(
        msgid("In custody twice"), msgid("Two stays are still open. Record the release of the earlier one, or remove the one recorded by mistake.")),
    "custody_move_outside": Trouble(
        msgid("Moved outside the stay"), msgid("A move to another facility lies outside the stay. Correct its day.")),
    "custody_entry_in_future": Trouble(
        msgid("Entry in the future"), msgid("The day of entry has not come yet. Correct it with the prison desk.")),
    "custody_release_in_future": Trouble(
        msgid("Release in the future"), msgid("The release is recorded for a day that has not come. Enter it as the expected release.")),
    "kin_circle": Trouble(
        msgid("Parents of each other"), msgid("These people are recorded as each other's parents or ancestors. Open the family and correct who is whose parent.")),
    "kin_parent_younger": Trouble(
        msgid("A parent younger than the child"), msgid("{name} is recorded as a parent of {other}, and was born later. Correct a birth or the parent.")),
    "kin_parent_too_young": Trouble(
        msgid("A parent too young"), msgid("{name} is recorded as a parent of {other}, and would have been a child then. Correct a birth or the parent.")),
    "birth_in_future": Trouble(
        msgid("Birth in the future"), msgid("The date of birth {birth} has not come yet. Look at the card again and correct it.")),
    "birth_unreadable": Trouble(
        msgid("Impossible birth"), msgid("The date of birth {birth} is outside the calendar or longer ago than anybody lives. Look at the card again and correct it.")),
    "merge_ring": Trouble(
        msgid("Merged in both directions"),
        msgid("Two offices merged these two records, each into the other. One of them stands for both already; press the button to say so in the record."),
        msgid("Put it right"), "",
    ),
    "row_of_merged_person": Trouble(
        msgid("Entered for a merged record"),
        msgid("Something was entered for a record that had been merged away. Press the button to move it to the record that stands for the person."),
        msgid("Put it right"), "",
    ),
    "file_number_twice": Trouble(
        msgid("One file number, two families"), msgid("The file number {number} is on two families. Tell headquarters, and keep both files until the number is changed.")),
    "case_number_twice": Trouble(
        msgid("One case number, two cases"), msgid("The case number {number} is on two cases. Close the one opened by mistake.")),
    "row_of_nobody": Trouble(
        msgid("Names somebody who is not here"),
        msgid("A record names somebody or something that is not on this machine. Exchange first: it may still arrive. If it does not, tell headquarters."),
        msgid("Open the sync centre"), "sync",
    ),
})  # fmt: skip
_UNKNOWN: Final = Trouble(
    msgid("An exception of a newer program"), msgid("Update the program to see what this is.")
)


def trouble_of(kind: str) -> Trouble:
    """The words of a kind."""
    return TROUBLES.get(kind, _UNKNOWN)


def advice_words(kit: Kit, lists: Lists, services: Mapping[str, str], line: ExceptionLine) -> str:
    """What is wrong with this one and what to do, its facts filled in."""
    facts, formats = line.facts, kit.formats
    money = bool(facts.get("money", line.kind != "plan_over_yearly_times"))

    def amount(name: str) -> str:
        value = int(facts.get(name, 0))
        return formats.money(value) if money else formats.number(value)

    values = {
        "service": services.get(str(facts.get("service", "")), str(facts.get("service", ""))),
        "fund": lists.get("fund_source", {}).get(str(facts.get("fund", "")), str(facts.get("fund", ""))),
        "total": amount("total"), "limit": amount("limit"),
        "on": _day(kit, str(facts.get("on", ""))),
        "state": case_state_words(kit.words, str(facts.get("state", ""))),
        "from": case_state_words(kit.words, str(facts.get("from", ""))),
        "to": case_state_words(kit.words, str(facts.get("to", ""))),
        "birth": shown_value(kit, lists, "person", "birth", facts.get("birth")),
        "number": formats.code(str(facts.get("number", ""))),
        "name": isolate(line.about.name), "other": isolate(line.other.name),
    }  # fmt: skip
    return kit.words.t(trouble_of(line.kind).advice).format_map(values)


def _day(kit: Kit, text: str) -> str:
    return shown_value(kit, {}, "person", "birth", f"g{text}") if text else ""
